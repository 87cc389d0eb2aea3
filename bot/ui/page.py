"""The web page: a chat over the archive, each answer with its sources below it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage
from gradio.events import Dependency

from bot.bot import Bot
from bot.ui.archive_summary import Archive, Describe
from bot.ui.brand import Brand
from bot.ui.browser_state import kept_conversation, limits_row, suggestions, wishes
from bot.ui.chips import connect_chips
from bot.ui.desk import Desk
from bot.ui.exporting import connect_exports, share_menu
from bot.ui.fields import narrowing_fields, outlets_to_choose, question_box
from bot.ui.gradio_strings import language_for, page_words, word
from bot.ui.language import Language
from bot.ui.paragraphs import literal
from bot.ui.rating import connect_ratings
from bot.ui.scripts import page_script, when_ready
from bot.ui.visitor import visitor_groups
from bot.ui.wiring import Parts, connect
from corpus.errors import BylineError

THEME = gr.themes.Base(
    primary_hue="red",
    neutral_hue="stone",
    radius_size="sm",
    font=("ui-sans-serif", "system-ui", "sans-serif"),
    font_mono=("ui-monospace", "monospace"),
)
FOLDER = Path(__file__).parent
STYLES = ("palette.css", "style.css", "answer.css", "library.css", "adapt.css")
BRAND = Brand()
_UNDO = '<p class="undo" role="status" hidden><span></span> <button type="button" data-word="undo"></button></p>'
_LIST = f"""
<nav id="library" data-label="conversations">
  <input type="search" data-label="search">
  <ul></ul>
  <p class="none"></p>
  {_UNDO}
</nav>
"""
"""The visitor's conversations; `js/library.js` lists those that the browser keeps."""


def mount_page(
    app: FastAPI,
    bot: Bot,
    describe: Describe | None,
    examples: Sequence[str] | None,
    brand: Brand = BRAND,
    desk: Desk | None = None,
) -> None:
    """Put the page at the root of an application."""
    gr.mount_gradio_app(
        app,
        build_page(bot, describe, examples, brand, desk),
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
    bot: Bot,
    describe: Describe | None = None,
    examples: Sequence[str] | None = None,
    brand: Brand = BRAND,
    desk: Desk | None = None,
) -> gr.Blocks:
    """The page over a bot; a visitor's conversation is in their session and their browser, and nowhere else."""
    page = gr.Blocks(title=brand.name, fill_height=True, analytics_enabled=False)
    with page:
        library()
        with gr.Row(elem_id="masthead"):
            masthead = gr.HTML(title_html(brand), apply_default_css=False)
            share_menu()
            fresh = gr.Button(word("new_chat"), size="sm", scale=0, min_width=96, elem_id="fresh")
        gr.HTML("<p></p>", elem_id="state", apply_default_css=False)  # state.js fills it
        refresh = gr.Button("", elem_id="refresh", visible="hidden")  # and presses this
        conversation: gr.State = gr.State(())
        chat = _chat(examples or (), brand, rated=bool(desk and desk.ratings))
        gr.HTML(_UNDO, apply_default_css=False, elem_id="removed")  # actions.js shows it
        chips = limits_row()
        box = question_box()
        narrow, fields = narrowing_fields()
        parts = Parts(box, conversation, chat, kept_conversation(), wishes(), fields, fresh, suggestions())
        connect(bot, parts, desk or Desk())
        connect_chips(parts, desk or Desk(), chips)
        connect_ratings(parts, desk or Desk())
        connect_exports(parts, desk or Desk(), brand.name)
        if describe:
            events = [page.load, narrow.expand, refresh.click]
            _keep_fresh(describe, examples, brand, events, [masthead, chat, fields[3]])
    return page


def library() -> None:
    """The visitor's conversations in a panel beside the page, closed at first."""
    with gr.Sidebar(open=False, width=290, elem_id="conversations"):
        gr.HTML(_LIST, apply_default_css=False, js_on_load=when_ready("byline.list(element);"))


def title_html(brand: Brand) -> str:
    """The logo, where there is one, and the name."""
    logo = '<img src="logo" alt="">' if brand.logo else ""
    return f"<h1>{logo}<span>{literal(brand.name)}</span></h1>"


def masthead_html(brand: Brand, archive: Archive, language: Language) -> str:
    """The name, and below it how many articles of which days, with the way to them."""
    title = title_html(brand)
    if not archive.articles:
        return title
    articles = literal(language.say("archive.articles", n=archive.articles))
    listed = f'<a href="archive">{articles}</a>' if archive.browsable else articles
    if not (archive.first and archive.last):
        return f"{title}<p>{listed}</p>"
    days = language.say("page.days", first=language.day(archive.first), last=language.day(archive.last))
    return f"{title}<p>{listed}{literal(days)}</p>"


def _keep_fresh(
    describe: Describe,
    examples: Sequence[str] | None,
    brand: Brand,
    events: Sequence[Callable[..., Dependency]],
    shown: Sequence[Component],
) -> None:
    """Show the archive as it is: in the masthead, as questions to begin with, as outlets to choose from."""

    def look(chosen: list[str], request: gr.Request) -> tuple[Any, Any, Any]:
        try:
            archive = describe(visitor_groups())
        except BylineError:  # state.js says what it means
            archive = Archive(0)
        head = masthead_html(brand, archive, language_for(request))
        offered = archive.examples if examples is None else examples
        return head, gr.Chatbot(examples=_examples(offered)), outlets_to_choose(archive.outlets, chosen)

    gr.on(events, look, shown[-1], list(shown), api_visibility="private", queue=False, show_progress="hidden")


def _chat(examples: Sequence[str], brand: Brand, rated: bool) -> gr.Chatbot:
    return gr.Chatbot(
        elem_classes="rated" if rated else None,
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
