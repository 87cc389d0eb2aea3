"""The menu over a conversation: save it as a document, print it."""

from dataclasses import asdict
from uuid import uuid4

import gradio as gr

from bot.ui.browser_state import resumed, wished, without_tags
from bot.ui.conversation import Conversation
from bot.ui.desk import Desk
from bot.ui.export import export
from bot.ui.gradio_strings import language_for
from bot.ui.scripts import when_ready
from bot.ui.wiring import Parts

_SAVE = when_ready('watch("value", () => byline.save(props.value));')
_MENU = """
<details id="share" hidden>
  <summary data-label="share">⋯</summary>
  <div role="menu">
    <button type="button" role="menuitem" data-share="link" data-word="link"></button>
    <button type="button" role="menuitem" data-share="markdown" data-word="markdown"></button>
    <button type="button" role="menuitem" data-share="html" data-word="html"></button>
    <button type="button" role="menuitem" data-share="print" data-word="print"></button>
  </div>
</details>
"""


def share_menu() -> None:
    """Shown once there is a conversation; page.js fills in its words."""
    gr.HTML(_MENU, apply_default_css=False, elem_id="share-menu", min_width=44)


def connect_exports(parts: Parts, desk: Desk, name: str) -> None:
    """A document is made here and saved by the browser; `name` is the site's."""
    document = gr.HTML("", html_template=" ", js_on_load=_SAVE, visible="hidden", elem_id="document")

    def make(request: gr.Request, wish: str, state: Conversation, kept: str) -> str:
        language = language_for(request)
        made = export(resumed(state, kept, desk.lookup, language), wished(wish, "form"), language, name)
        return without_tags(asdict(made) | {"id": uuid4().hex}) if made else ""

    given = [parts.wishes, parts.conversation, parts.kept]
    parts.wishes.export(make, given, document, queue=False, api_visibility="private", show_progress="hidden")
