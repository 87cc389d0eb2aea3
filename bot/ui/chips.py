"""What the next question is limited to, as chips that can be taken off: by hand, and by the question's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from bot.ui.browser_state import LOOK, TURN_PIN, pinned_limits, typed_now, wished
from bot.ui.desk import Desk
from bot.ui.form import read_form
from bot.ui.gradio_strings import language_for
from bot.ui.language import ENGLISH, Language
from bot.ui.link import fields_of
from bot.ui.narrowed import days
from bot.ui.paragraphs import literal
from bot.ui.wiring import Parts
from corpus.errors import BylineError, SettingsError
from index.question import Question
from index.search.outlets import outlets_in
from index.time.period import Period, period_asked

Typed = tuple[str, str, str, list[str], tuple[str, ...]]
"""The form: as of, from, until, outlets, and the words that are to be plain ones."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit.

    Attributes:
        field: Which one: "asked", "since", "until", "source", or "plain" for words of the question.
        value: What taking it off takes off; a day as the form has it.
        label: What it says.
        why: What it means, where that is not plain; may be empty.
    """

    field: str
    value: str
    label: str
    why: str = ""


def chips_of(text: str, typed: Typed, outlets: Sequence[str], language: Language = ENGLISH) -> list[Chip]:
    """The limits that were set by hand, then those that the words set; days that leave none to search are there too."""
    asked, since, until, sources, plain = typed
    try:
        question = read_form(text if text.strip() else "?", asked, since, "", sources, plain)
        last = read_form("?", until=until).until
    except SettingsError:
        return []
    dated = {"asked": question.asked if asked.strip() else None, "since": question.since, "until": last}
    chips = [_dated(field, day, language) for field, day in dated.items() if day]
    chips += [Chip("source", source, source) for source in question.sources]
    return chips + (_read(question, outlets, language) if text.strip() else [])


def _dated(field: str, day: date, language: Language) -> Chip:
    if field == "asked":
        label, why = language.say("chips.as_of", day=language.day(day)), language.say("chips.as_of_why")
        return Chip(field, day.isoformat(), label, why)
    return Chip(field, day.isoformat(), language.say(f"chips.{field}", day=language.day(day)))


def _read(question: Question, outlets: Sequence[str], language: Language) -> list[Chip]:
    period, why = period_asked(question), language.say("chips.read_why")
    chips = [Chip("plain", period.words, _days(period, language), why)] if period else []
    if not question.sources:
        named = outlets_in(question.text, outlets)
        named = tuple(outlet for outlet in named if outlet not in question.plain)
        chips += [Chip("plain", outlet, language.say("chips.only", limits=outlet), why) for outlet in named]
    return chips


def _days(period: Period, language: Language) -> str:
    """The days of a period: those alone, or those above all."""
    limits = days(period.since, period.until, language)
    return language.say("chips.only" if period.strict else "chips.above_all", limits=limits)


def chips_html(chips: Sequence[Chip], pinned: bool, language: Language = ENGLISH) -> str:
    """The row of chips, with a pin for those set by hand; empty where there is none."""
    by_hand = any(chip.field != "plain" for chip in chips)
    why, label = (literal(language.say(key)) for key in ("chips.pin_why", f"chips.{'pinned' if pinned else 'pin'}"))
    pressed = str(pinned).lower()
    pin = f'<button type="button" class="pin" data-pin aria-pressed="{pressed}" title="{why}">{label}</button>'
    return "".join([*(_chip_html(chip, language) for chip in chips), pin if by_hand else ""])


def _chip_html(chip: Chip, language: Language) -> str:
    why = f' title="{literal(chip.why)}"' if chip.why else ""
    return (
        f'<span class="chip {"read" if chip.field == "plain" else "set"}"{why}><bdi>{literal(chip.label)}</bdi>'
        f'<button type="button" data-drop="{chip.field}" data-value="{literal(chip.value)}" '
        f'aria-label="{literal(language.say("chips.remove", label=chip.label))}">×</button></span>'
    )


def without(typed: Typed, field: str, value: str) -> Typed:
    """The form with one limit taken off."""
    asked, since, until, sources, plain = typed
    if field == "plain":
        return asked, since, until, sources, (*plain, value)
    dated = {"asked": asked, "since": since, "until": until} | ({field: ""} if field != "source" else {})
    kept = [source for source in sources if field != "source" or source != value]
    return dated["asked"], dated["since"], dated["until"], kept, plain


def connect_chips(parts: Parts, desk: Desk, row: gr.HTML) -> None:
    """Keep the row as the form and the question are; take limits off; keep or empty the form for a new chat."""
    pinned, typing = pinned_limits(), typed_now()
    form = list(parts.fields)
    emptied: list[Any] = ["", "", "", [], ()]

    def look(request: gr.Request, now: str, pin: str, plain: tuple[str, ...]) -> tuple[str, Any]:
        language, text = language_for(request), wished(now, "text")
        asked, since, until, sources, _ = fields_of(now)
        chips = chips_of(text, (asked, since, until, sources, plain), _outlets(desk), language)
        # Forgotten with the question only: written at each look, they would undo what is taken off meanwhile.
        return chips_html(chips, bool(pin), language), gr.skip() if text.strip() else ()

    def drop(wish: str, *typed: Any) -> list[Any]:
        left = without(typed, wished(wish, "field"), wished(wish, "value"))
        # Only the limit that is taken off: what another press takes off meanwhile stays off.
        return [after if after != before else gr.skip() for before, after in zip(typed, left, strict=True)]

    def restore(kept: str) -> list[Any]:
        asked, since, until, sources, _ = fields_of(kept)
        known = _outlets(desk)
        typed = asked, since, until, [source for source in sources if source in known or not known], ()
        return [kept, *typed] if chips_of("", typed, ()) else ["", *emptied]

    quiet: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
    # Gradio puts back what is typed into an input of a handler that runs: only the script reads these fields.
    looking: dict[str, Any] = {"fn": None, "inputs": [parts.box, *form[:4], pinned], "js": LOOK, **quiet}
    # After an answer too: what a link set has been lost where the page was still being put together.
    gr.on([parts.box.change, *(field.change for field in form[:4]), parts.chat.change], **looking)
    typing.look(look, [typing, pinned, form[4]], [row, form[4]], trigger_mode="always_last", **quiet)
    # A state that changes without the queue triggers nothing: the row is looked at by name.
    parts.wishes.drop(drop, [parts.wishes, *form], form, trigger_mode="multiple", **quiet).then(**looking)
    # In the browser, so that a new chat at once after it begins with or without the limits, as the pin says.
    parts.wishes.pin(None, pinned, pinned, js=TURN_PIN, **quiet).then(**looking)
    pinned.restored(restore, pinned, [pinned, *form], **quiet).then(**looking)
    begun = parts.fresh.click(lambda pin, *typed: [*typed[:4], ()] if pin else emptied, [pinned, *form], form, **quiet)
    begun.then(**looking)


def _outlets(desk: Desk) -> Sequence[str]:
    try:
        return desk.outlets() if desk.outlets else ()
    except BylineError:
        return ()
