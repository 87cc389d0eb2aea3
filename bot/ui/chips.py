"""What the next question is limited to, as chips that can be taken off: by hand, and by the question's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from bot.answer.wording import day
from bot.ui.desk import Desk
from bot.ui.form import read_form
from bot.ui.kept import wished
from bot.ui.paragraphs import literal
from bot.ui.wiring import Parts
from corpus.errors import BylineError, SettingsError
from index.question import Question
from index.search.outlets import outlets_in
from index.time.period import Period, period_asked

AS_OF = "Answers as if asked on this day: nothing published later is found or cited."
PIN = "A new conversation keeps limits that are pinned."
READ = "Read from the words of the question."
Typed = tuple[str, str, str, list[str], tuple[str, ...]]
"""The form: as of, from, until, outlets, and the words that are to be plain ones."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit.

    Attributes:
        field: Which one: "asked", "since", "until", "source", or "plain" for words of the question.
        value: What taking it off takes off.
        label: What it says.
        why: What it means, where that is not plain; may be empty.
    """

    field: str
    value: str
    label: str
    why: str = ""


def chips_of(text: str, typed: Typed, outlets: Sequence[str]) -> list[Chip]:
    """The limits that were set by hand, then those that the words set."""
    try:
        question = read_form(text if text.strip() else "?", *typed)
    except SettingsError:
        return []
    chips = [Chip("asked", "", f"As of {day(question.asked)}", AS_OF)] if typed[0].strip() else []
    chips += [Chip("since", "", f"From {day(question.since)}")] if question.since else []
    chips += [Chip("until", "", f"Until {day(question.until)}")] if question.until else []
    chips += [Chip("source", source, source) for source in question.sources]
    return chips + (_read(question, outlets) if text.strip() else [])


def _read(question: Question, outlets: Sequence[str]) -> list[Chip]:
    period = period_asked(question)
    chips = [Chip("plain", period.words, _days(period), READ)] if period else []
    if not question.sources:
        named = outlets_in(question.text, outlets)
        chips += [Chip("plain", outlet, f"Only {outlet}", READ) for outlet in named if outlet not in question.plain]
    return chips


def _days(period: Period) -> str:
    """The days of a period: those alone, or those above all."""
    ends = [day(end) for end in (period.since, period.until) if end]
    if len(ends) == 2:
        said = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    else:
        said = f"{'from' if period.since else 'until'} {ends[0]}"
    return f"{'Only' if period.strict else 'Above all'} {said}"


def chips_html(chips: Sequence[Chip], pinned: bool) -> str:
    """The row of chips, with a pin for those set by hand; empty where there is none."""
    by_hand = any(chip.field != "plain" for chip in chips)
    pin = (
        f'<button type="button" class="pin" data-pin aria-pressed="{str(pinned).lower()}" title="{PIN}">'
        f"{'Pinned' if pinned else 'Pin'}</button>"
    )
    return "".join([*map(_chip_html, chips), pin if by_hand else ""])


def _chip_html(chip: Chip) -> str:
    why = f' title="{literal(chip.why)}"' if chip.why else ""
    return (
        f'<span class="chip {"read" if chip.field == "plain" else "set"}"{why}><bdi>{literal(chip.label)}</bdi>'
        f'<button type="button" data-drop="{chip.field}" data-value="{literal(chip.value)}" '
        f'aria-label="Remove: {literal(chip.label)}">×</button></span>'
    )


def without(typed: Typed, field: str, value: str) -> Typed:
    """The form with one limit taken off."""
    asked, since, until, sources, plain = typed
    if field == "plain":
        return asked, since, until, sources, (*plain, value)
    days = {"asked": asked, "since": since, "until": until} | ({field: ""} if field != "source" else {})
    kept = [source for source in sources if field != "source" or source != value]
    return days["asked"], days["since"], days["until"], kept, plain


def connect_chips(parts: Parts, desk: Desk, row: gr.HTML) -> None:
    """Keep the row as the form and the question are; take limits off; keep or empty the form for a new chat."""
    pinned: gr.State = gr.State(False)
    form = list(parts.fields)

    def look(text: str, pin: bool, *typed: Any) -> tuple[str, tuple[str, ...]]:
        plain = tuple(words for words in typed[4] if words in text)
        return chips_html(chips_of(text, (*typed[:4], plain), _outlets(desk)), pin), plain

    def drop(wish: str, *typed: Any) -> list[Any]:
        return list(without(typed, wished(wish, "field"), wished(wish, "value")))

    quiet: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
    shown: dict[str, Any] = {"fn": look, "inputs": [parts.box, pinned, *form], "outputs": [row, form[4]], **quiet}
    gr.on([parts.box.change, *(field.change for field in form[:4])], trigger_mode="always_last", **shown)
    emptied: list[Any] = ["", "", "", [], ()]
    # A state that changes without the queue triggers nothing: the row is looked at by name.
    parts.wishes.drop(drop, [parts.wishes, *form], form, **quiet).then(**shown)
    parts.wishes.pin(lambda pin: not pin, pinned, pinned, **quiet).then(**shown)
    begun = parts.fresh.click(lambda pin, *typed: [*typed[:4], ()] if pin else emptied, [pinned, *form], form, **quiet)
    begun.then(**shown)


def _outlets(desk: Desk) -> Sequence[str]:
    try:
        return desk.outlets() if desk.outlets else ()
    except BylineError:
        return ()
