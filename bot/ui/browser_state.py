"""Where page and browser meet: the conversation as the browser keeps it, and what a visitor does to it."""

import json
from typing import Any

import gradio as gr

from bot.ui.conversation import Conversation
from bot.ui.language import Language
from bot.ui.restored import Lookup, restore
from bot.ui.saved import to_saved
from bot.ui.scripts import when_ready

EVENTS = ("reopen", "edit", "again", "rate", "export", "arrive", "drop", "pin")
_KEEP = when_ready('watch("value", () => byline.keep(props.value));')
_SUGGEST = when_ready('watch("value", () => byline.suggest(props.value));')
_PINNED = when_ready('if (byline.pinned) { props.value = byline.pinned; trigger("restored"); }')
_TYPED = when_ready('byline.looked((typed) => { props.value = JSON.stringify(typed); trigger("look"); });')
LOOK = (
    "(text, asked, since, until, chosen, pin) =>"
    " window.byline?.look(text, { asked, since, until, sources: JSON.stringify(chosen || []) }, Boolean(pin))"
)
"""For an event without a handler: what is typed is looked at once typing rests, and limits are kept if pinned."""
TURN_PIN = "(pin) => (pin ? '' : 'pinned')"
"""For an event without a handler: limits are pinned, or not any more."""
_LISTEN = when_ready(f"""
const events = {list(EVENTS)!r};
byline.meet((event, data) => {{
  if (!events.includes(event)) return;
  props.value = JSON.stringify(data);
  trigger(event);
}});
""")


def kept_conversation() -> gr.HTML:
    """Hidden; its value is the conversation as it was last shown."""
    return gr.HTML("[]", html_template=" ", js_on_load=_KEEP, visible="hidden", elem_id="kept")


def suggestions() -> gr.HTML:
    """Hidden; its value are the questions to go on with after an answer."""
    return gr.HTML("", html_template=" ", js_on_load=_SUGGEST, visible="hidden", elem_id="suggestions")


def wishes() -> Any:
    """Hidden; its events are what visitors do, its value what comes with that. Any: events are made of their names."""
    return gr.HTML("", html_template=" ", js_on_load=_LISTEN, visible="hidden", elem_id="wishes")


def limits_row() -> gr.HTML:
    """The chips over the question."""
    return gr.HTML("", elem_id="chips", apply_default_css=False)


def typed_now() -> Any:
    """Hidden; `look`: typing rests, and its value is the question and the limits as typed, as a link has them."""
    return gr.HTML("", html_template=" ", js_on_load=_TYPED, visible="hidden", elem_id="typed")


def pinned_limits() -> Any:
    """Hidden; its value is empty unless limits are pinned. `restored`: it is the pinned ones that the browser kept."""
    return gr.HTML("", html_template=" ", js_on_load=_PINNED, visible="hidden", elem_id="pinned")


def to_keep(conversation: Conversation) -> str:
    """The component's value for a conversation."""
    return without_tags(to_saved(conversation))


def without_tags(value: Any) -> str:
    """JSON with no "<" in it: gradio warns of every value that looks like a script."""
    return json.dumps(value).replace("<", "\\u003c")


def resumed(conversation: Conversation, kept: str | None, lookup: Lookup | None, language: Language) -> Conversation:
    """The session's conversation; where the server has lost that, as the page still has it."""
    return conversation or restore(kept or "[]", lookup, language)


def wished(wish: str | None, name: str) -> str:
    """A text that came with an event; empty if none did."""
    try:
        data = json.loads(wish or "")
    except (ValueError, RecursionError):
        return ""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""
