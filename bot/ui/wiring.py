"""What happens at the page: a question is put, put again, stopped; a conversation is begun or opened."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from bot.bot import Bot
from bot.threads import on_thread, on_threads
from bot.ui.browser_state import resumed, to_keep, wished, without_tags
from bot.ui.conversation import Conversation, ask, history, refuse, stop
from bot.ui.desk import Desk
from bot.ui.fields import Field
from bot.ui.form import read_form
from bot.ui.gradio_strings import language_for
from bot.ui.language import ENGLISH, Language
from bot.ui.link import Link, bot_for, fields_of, read_link
from bot.ui.messages import messages
from bot.ui.restored import restore
from bot.ui.states import shown_reason
from bot.ui.visitor import visitor_groups
from corpus.errors import SettingsError

Outputs = tuple[Any, Any, Any, Any]
"""For the question box, the conversation, the chat, and what the browser keeps."""
KEEP_EVERY = 2.0
"""Seconds after which the browser keeps an answer that is coming once more, as far as it is shown."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that the events are about.

    Attributes:
        box: Where the question is typed.
        conversation: The session's conversation.
        chat: Where it is shown.
        kept: Where the browser keeps it.
        wishes: What visitors do with the page's own buttons.
        fields: What narrows the search, in the order in which a form is read.
        fresh: The button for a new conversation.
        suggested: Questions to go on with, for page's scripts.
    """

    box: gr.Textbox
    conversation: gr.State
    chat: gr.Chatbot
    kept: gr.HTML
    wishes: Any
    fields: Sequence[Field]
    fresh: gr.Button
    suggested: gr.HTML


def connect(bot: Bot, parts: Parts, desk: Desk) -> None:
    """Wire the events. None is public API (that is POST /api/ask); no visitor waits for another's answer."""
    handlers = _Handlers(bot, desk)
    session = [parts.conversation, parts.kept]
    quiet: dict[str, Any] = {
        "outputs": [parts.box, parts.conversation, parts.chat, parts.kept],
        "api_visibility": "private",
        "show_progress": "hidden",
    }
    asking: list[Dependency] = []

    def ended(event: Callable[..., Dependency]) -> Dependency:
        # Cancel first, or one more delta may come after and undo what is shown then.
        return event(None, cancels=asking, api_visibility="private", trigger_mode="multiple")

    def begin(event: Callable[..., Dependency], put: Callable[..., Any], *given: Component) -> None:
        asked = event(put, [*given, *session, *parts.fields], concurrency_limit=None, **quiet)
        asking.append(asked)
        if desk.suggest:  # after the answer has been shown, and dropped when the visitor goes on
            later = {**quiet, "outputs": parts.suggested, "concurrency_limit": None, "trigger_mode": "multiple"}
            asking.append(asked.success(handlers.suggest, parts.conversation, **later))

    begin(parts.box.submit, handlers.put, parts.box)
    begin(parts.chat.example_select, handlers.put_example)
    for event in (parts.wishes.edit, parts.wishes.again):
        begin(ended(event).then, handlers.put_again, parts.wishes)
    filled = ended(parts.wishes.arrive).then(
        fields_of, parts.wishes, list(parts.fields), queue=False, api_visibility="private"
    )
    begin(filled.then, handlers.put_linked, parts.wishes)
    ended(parts.box.stop).then(handlers.stop, session, queue=False, **quiet)
    ended(parts.fresh.click).then(lambda: shown((), ENGLISH, ""), queue=False, **quiet)
    ended(parts.wishes.reopen).then(handlers.reopen, parts.wishes, queue=False, **quiet)


@dataclass(frozen=True, slots=True)
class _Handlers:
    """What becomes of the conversation: of the session's, or where the server lost that, of the one the page has."""

    bot: Bot
    desk: Desk

    async def put(
        self, request: gr.Request, text: str, state: Conversation, kept: str, *typed: Any
    ) -> AsyncIterator[Outputs]:
        language = language_for(request)
        so_far = self._resumed(state, kept, language)
        async for outputs in on_threads(_put(self.bot, text, so_far, typed, visitor_groups(), language)):
            yield outputs

    async def put_example(
        self, event: gr.SelectData, request: gr.Request, state: Conversation, kept: str, *typed: Any
    ) -> AsyncIterator[Outputs]:
        async for outputs in self.put(request, event.value["text"], state, kept, *typed):
            yield outputs

    async def put_again(
        self, request: gr.Request, wish: str, state: Conversation, kept: str, *typed: Any
    ) -> AsyncIterator[Outputs]:
        """A question of the conversation once more, as it was or as edited; what came after it goes."""
        language = language_for(request)
        so_far = self._resumed(state, kept, language)
        name = wished(wish, "id")
        place = next((place for place, exchange in enumerate(so_far) if exchange.id == name), None)
        if place is None:
            yield shown(stop(so_far, language), language)
            return
        text = wished(wish, "text") or so_far[place].question.text
        plain = (*typed[-1], *so_far[place].question.plain)
        fields, groups = (*typed[:-1], plain), visitor_groups()
        async for outputs in on_threads(_put(self.bot, text, so_far[:place], fields, groups, language)):
            yield outputs

    async def put_linked(
        self, request: gr.Request, wish: str, state: Conversation, kept: str, *_: Any
    ) -> AsyncIterator[Outputs]:
        """A link's questions begin a conversation; they are asked of the link's generation while that is kept."""
        link, language = read_link(wish), language_for(request)
        bot, preface = bot_for(link, self.bot, self.desk, language)
        async for outputs in on_threads(_put_in_turn(bot, link, visitor_groups(), language, preface)):
            yield outputs

    async def suggest(self, state: Conversation) -> str:
        """Questions to go on with after the last answer, for suggest.js; empty where there are none."""
        last = state[-1] if state else None
        if not (self.desk.suggest and last and last.answer):
            return ""
        question, gone = replace(last.question, groups=visitor_groups()), Event()
        try:
            found = await on_thread(self.desk.suggest, question, last.answer, history(state), gone)
        finally:
            gone.set()
        return without_tags({"id": last.id, "questions": found}) if found else ""

    def stop(self, request: gr.Request, state: Conversation, kept: str) -> Outputs:
        language = language_for(request)
        return shown(stop(self._resumed(state, kept, language), language), language)

    def reopen(self, request: gr.Request, wish: str) -> Outputs:
        language = language_for(request)
        return shown(restore(wished(wish, "exchanges"), self.desk.lookup, language), language)

    def _resumed(self, state: Conversation, kept: str, language: Language) -> Conversation:
        return resumed(state, kept, self.desk.lookup, language)


def shown(conversation: Conversation, language: Language, text: str | None = None) -> Outputs:
    """The page at rest, ready for a question; `text` replaces what is in the box."""
    kept: dict[str, Any] = {} if text is None else {"value": text}
    box = gr.Textbox(submit_btn=True, stop_btn=False, **kept)
    return box, conversation, messages(conversation, language), to_keep(conversation)


def _put_in_turn(bot: Bot, link: Link, groups: tuple[str, ...], language: Language, preface: str) -> Iterator[Outputs]:
    """A link's questions, each after those before it."""
    so_far: Conversation = ()
    for text in link.questions:
        for outputs in _put(bot, text, so_far, link.typed, groups, language, preface):
            yield outputs
            so_far = outputs[1]
        preface = ""


def _put(
    bot: Bot,
    text: str,
    so_far: Conversation,
    typed: Sequence[Any],
    groups: tuple[str, ...],
    language: Language,
    preface: str = "",
) -> Iterator[Outputs]:
    """One question, from the box at rest to the last delta."""
    if not text.strip():
        yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return
    try:
        question = replace(read_form(text, *typed, language=language), groups=groups)
    except SettingsError as error:
        yield shown(refuse(so_far, text, shown_reason(error, language)), language, text)
        return
    # meet.js empties the box, as only the browser has what was typed after the question was sent.
    box, kept_at = gr.Textbox(submit_btn=False, stop_btn=True), -KEEP_EVERY
    grown = so_far
    for grown in ask(bot, stop(so_far, language), question, preface, language):
        keep = monotonic() - kept_at >= KEEP_EVERY
        yield box, grown, messages(grown, language), to_keep(grown) if keep else gr.skip()
        box, kept_at = gr.skip(), monotonic() if keep else kept_at
    yield shown(grown, language)
