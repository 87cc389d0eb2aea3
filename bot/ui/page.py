"""The web page: a chat over the archive, each answer with its sources below it."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import gradio as gr
from fastapi import FastAPI
from gradio.components import Component
from gradio.components.chatbot import ComponentMessage, ExampleMessage, Message
from gradio.events import Dependency

from bot.bot import Bot
from bot.threads import on_threads
from bot.ui.archive import Archive, Describe
from bot.ui.brand import Brand
from bot.ui.conversation import Conversation, ask, refuse, stop
from bot.ui.fields import Field, narrowing_fields, outlets_to_choose, question_box
from bot.ui.form import read_form
from bot.ui.language import spoken
from bot.ui.masthead import masthead_html, title_html
from bot.ui.paragraphs import literal
from bot.ui.scripts import page_script
from bot.ui.words import page_words, word
from corpus.errors import BylineError, SettingsError

THEME = gr.themes.Base(
    primary_hue="red",
    neutral_hue="stone",
    radius_size="sm",
    font=("ui-sans-serif", "system-ui", "sans-serif"),
    font_mono=("ui-monospace", "monospace"),
)
FOLDER = Path(__file__).parent
STYLES = ("palette.css", "style.css", "answer.css", "adapt.css")
BRAND = Brand()
Outputs = tuple[Any, Any, Any]
"""For the question box, the conversation and the chat, unless told otherwise."""


def mount_page(
    app: FastAPI, bot: Bot, describe: Describe | None, examples: Sequence[str] | None, brand: Brand = BRAND
) -> None:
    """Put the page at the root of an application."""
    gr.mount_gradio_app(
        app,
        build_page(bot, describe, examples, brand),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        theme=THEME,
        css="\n".join([*((FOLDER / name).read_text("utf-8") for name in STYLES), brand.css]),
        head=_head(),
        js=page_script(),
        i18n=page_words(),
    )


def _head() -> str:
    """The style of what is outside gradio's own container, which its stylesheets do not reach on narrow screens."""
    return f"<style>{(FOLDER / 'reader.css').read_text('utf-8')}</style>"


def build_page(
    bot: Bot, describe: Describe | None = None, examples: Sequence[str] | None = None, brand: Brand = BRAND
) -> gr.Blocks:
    """The page over a bot; a visitor's conversation lives in their session and nowhere else."""
    page = gr.Blocks(title=brand.name, fill_height=True, analytics_enabled=False)
    with page:
        with gr.Row(elem_id="masthead"):
            masthead = gr.HTML(title_html(brand), apply_default_css=False)
            fresh = gr.Button(word("new_chat"), size="sm", scale=0, min_width=96)
        gr.HTML("<p></p>", elem_id="state", apply_default_css=False)  # state.js fills it
        refresh = gr.Button("", elem_id="refresh", visible="hidden")  # and presses this
        conversation: gr.State = gr.State(())
        chat = _chat(examples or (), brand)
        box = question_box()
        narrow, fields = narrowing_fields()
        _connect(bot, box, conversation, chat, fields, fresh)
        if describe:
            events = [page.load, narrow.expand, refresh.click]
            _keep_fresh(describe, examples, brand, events, [masthead, chat, fields[-1]])
    return page


def _keep_fresh(
    describe: Describe,
    examples: Sequence[str] | None,
    brand: Brand,
    events: Sequence[Callable[..., Dependency]],
    shown: Sequence[Component],
) -> None:
    """Show the archive as it is: in the masthead, as questions to begin with, as outlets to choose from."""

    def look(chosen: list[str], request: gr.Request) -> Outputs:
        try:
            archive = describe()
        except BylineError:  # state.js says what it means
            archive = Archive(0)
        head = masthead_html(brand, archive, spoken(request.headers.get("accept-language")))
        offered = archive.examples if examples is None else examples
        return head, gr.Chatbot(examples=_examples(offered)), outlets_to_choose(archive.outlets, chosen)

    gr.on(events, look, shown[-1], list(shown), api_visibility="private", queue=False, show_progress="hidden")


def _chat(examples: Sequence[str], brand: Brand) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        height="100%",
        autoscroll=False,
        scale=1,
        show_label=False,
        container=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        placeholder=literal(brand.welcome) if brand.welcome else word("welcome"),
        examples=_examples(examples),
    )


def _examples(questions: Sequence[str]) -> list[ExampleMessage]:
    return [ExampleMessage(text=question) for question in questions]


def _connect(
    bot: Bot,
    box: gr.Textbox,
    conversation: gr.State,
    chat: gr.Chatbot,
    fields: Sequence[Field],
    fresh: gr.Button,
) -> None:
    """Wire the events. None is public API (that is POST /api/ask); no visitor waits for another's answer."""

    async def put(text: str, so_far: Conversation, *typed: Any) -> AsyncIterator[Outputs]:
        async for outputs in on_threads(_put(bot, text, so_far, typed)):
            yield outputs

    async def put_example(event: gr.SelectData, so_far: Conversation, *typed: Any) -> AsyncIterator[Outputs]:
        async for outputs in on_threads(_put(bot, event.value["text"], so_far, typed)):
            yield outputs

    async def put_again(so_far: Conversation, *typed: Any) -> AsyncIterator[Outputs]:
        async for outputs in on_threads(_put(bot, so_far[-1].question, so_far[:-1], typed)):
            yield outputs

    shown = [box, conversation, chat]
    quiet: dict[str, Any] = {"outputs": shown, "api_visibility": "private", "show_progress": "hidden"}
    asking = [
        box.submit(put, [box, conversation, *fields], concurrency_limit=None, **quiet),
        chat.example_select(put_example, [conversation, *fields], concurrency_limit=None, **quiet),
        chat.retry(put_again, [conversation, *fields], concurrency_limit=None, **quiet),
    ]

    def end(event: Callable[..., Dependency], ended: Callable[[Conversation], Outputs]) -> None:
        # Cancel first, or one more delta may come after and undo what is shown here.
        event(None, cancels=asking, api_visibility="private").then(ended, [conversation], queue=False, **quiet)

    end(box.stop, lambda so_far: _shown(stop(so_far)))
    end(chat.undo, lambda so_far: _shown(so_far[:-1], so_far[-1].question))
    end(chat.clear, lambda _: _shown((), ""))
    end(fresh.click, lambda _: _shown((), ""))
    emptying = [chat.clear, fresh.click]
    gr.on(emptying, lambda: ["", "", "", []], None, list(fields), queue=False, api_visibility="private")


def _put(bot: Bot, text: str, so_far: Conversation, typed: Sequence[Any]) -> Iterator[Outputs]:
    """One question, from the empty box to the last delta."""
    if not text.strip():
        yield gr.skip(), gr.skip(), gr.skip()
        return
    try:
        question = read_form(text, *typed)
    except SettingsError as error:
        yield _shown(refuse(so_far, text, str(error)), text)
        return
    box = gr.Textbox(value="", submit_btn=False, stop_btn=True)
    grown = so_far
    for grown in ask(bot, stop(so_far), question):
        yield box, grown, _messages(grown)
        box = gr.skip()
    yield _shown(grown)


def _shown(conversation: Conversation, text: str | None = None) -> Outputs:
    """The page at rest, ready for a question; `text` replaces what stands in the box."""
    kept: dict[str, Any] = {} if text is None else {"value": text}
    return gr.Textbox(submit_btn=True, stop_btn=False, **kept), conversation, _messages(conversation)


def _messages(conversation: Conversation) -> list[Message]:
    """HTML components, not text: gradio reads text as Markdown and LaTeX, and articles may hold either."""
    messages = []
    for exchange in conversation:
        messages.append(_message("user", exchange.asked_html))
        messages.append(_message("assistant", exchange.reply_html))
    return messages


def _message(role: Literal["user", "assistant"], html: str) -> Message:
    return Message(role=role, content=[_BLANK.model_copy(update={"value": html})])


def _blank() -> ComponentMessage:
    """What gradio makes of an HTML component, made once: a conversation is sent anew with every delta."""
    blank = gr.HTML(apply_default_css=False, render=False)
    made = gr.Chatbot(render=False).postprocess([{"role": "assistant", "content": blank}]).root[0].content[0]
    assert isinstance(made, ComponentMessage)
    return made


_BLANK = _blank()
