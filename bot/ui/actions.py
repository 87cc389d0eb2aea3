"""What can be done with a question and its reply: edit, copy, ask again. page's scripts carry it out."""

from bot.ui.conversation import Exchange
from bot.ui.language import Language
from bot.ui.paragraphs import literal

_THUMB = (
    '<path d="M7 11v9H4v-9zM7 11l4-8c1.7 0 2.6 1.2 2.3 2.8L12.7 9H19a1.8 1.8 0 0 1 1.8 2.2l-1.5 7'
    'A2.2 2.2 0 0 1 17.1 20H7"/>'
)
_ICONS = {
    "edit": '<path d="M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4"/>',
    "copy": '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M4 16V6a2 2 0 0 1 2-2h10"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1"/>'
    '<path d="M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>',
    "good": _THUMB,
    "bad": f'<g transform="rotate(180 12 12)">{_THUMB}</g>',
    "again": '<path d="M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5"/>',
}


def question_actions(exchange: Exchange, language: Language) -> str:
    """Under a question: edit it."""
    return f'<div class="actions" data-exchange="{exchange.id}">{_button("edit", language)}</div>'


def reply_actions(exchange: Exchange, language: Language) -> str:
    """Under a reply: copy it, rate it, ask again; nothing while it is still coming."""
    if exchange.open:
        return ""
    offered = ("copy", "link", "good", "bad", "again") if exchange.answer else ("again",)
    buttons = "".join(_button(action, language) for action in offered)
    return f'<div class="actions" data-exchange="{exchange.id}">{buttons}</div>'


def _button(action: str, language: Language) -> str:
    label = literal(language.say(f"actions.{action}"))
    icon = f'<svg viewBox="0 0 24 24" aria-hidden="true">{_ICONS[action]}</svg>'
    return f'<button type="button" data-action="{action}" title="{label}" aria-label="{label}">{icon}</button>'
