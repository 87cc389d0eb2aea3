"""A conversation as the chat's messages."""

from typing import Literal

import gradio as gr
from gradio.components.chatbot import ComponentMessage, Message

from bot.ui.actions import question_actions, reply_actions
from bot.ui.conversation import Conversation, Exchange
from bot.ui.language import ENGLISH, Language
from bot.ui.paragraphs import literal
from bot.ui.render import question_html


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


def _message(role: Literal["user", "assistant"], html: str) -> Message:
    return Message(role=role, content=[_BLANK.model_copy(update={"value": html})])


def _blank() -> ComponentMessage:
    """What gradio makes of an HTML component, made once: a conversation is sent anew with every delta."""
    blank = gr.HTML(apply_default_css=False, render=False)
    made = gr.Chatbot(render=False).postprocess([{"role": "assistant", "content": blank}]).root[0].content[0]
    assert isinstance(made, ComponentMessage)
    return made


_BLANK = _blank()
