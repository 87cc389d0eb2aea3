"""A conversation as the chat's messages, and the buttons under them; the page's scripts carry out what they say."""

from typing import Literal

import gradio as gr
from gradio.components.chatbot import ComponentMessage, Message

from bot.ui.conversation import Conversation, Exchange
from bot.ui.language import ENGLISH, Language
from bot.ui.paragraphs import literal
from bot.ui.render import question_html

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


def messages(conversation: Conversation, language: Language = ENGLISH) -> list[Message]:
    """HTML components, not text: gradio reads text as Markdown and LaTeX, and articles may hold either."""
    made = []
    for exchange in conversation:
        asked = question_html(exchange.question, language)
        made.append(_message("user", asked + question_actions(exchange, language)))
        made.append(_message("assistant", _preface(exchange) + exchange.reply_html + reply_actions(exchange, language)))
    return made


def _preface(exchange: Exchange) -> str:
    return f'<p class="note reading">{literal(exchange.preface)}</p>' if exchange.preface else ""


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


def _message(role: Literal["user", "assistant"], html: str) -> Message:
    return Message(role=role, content=[_BLANK.model_copy(update={"value": html})])


def _blank() -> ComponentMessage:
    """What gradio makes of an HTML component, made once: a conversation is sent anew with every delta."""
    blank = gr.HTML(apply_default_css=False, render=False)
    made = gr.Chatbot(render=False).postprocess([{"role": "assistant", "content": blank}]).root[0].content[0]
    assert isinstance(made, ComponentMessage)
    return made


_BLANK = _blank()
