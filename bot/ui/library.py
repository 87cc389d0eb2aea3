"""The visitor's conversations, beside the page; `js/library.js` lists those that the browser keeps."""

import gradio as gr

from bot.ui.scripts import when_ready

_LIST = """
<nav id="library" data-label="conversations">
  <input type="search" data-label="search">
  <ul></ul>
  <p class="none"></p>
  <p class="undo" role="status" hidden><span></span> <button type="button" data-word="undo"></button></p>
</nav>
"""


def library() -> None:
    """A panel, closed at first."""
    with gr.Sidebar(open=False, width=290, elem_id="conversations"):
        gr.HTML(_LIST, apply_default_css=False, js_on_load=when_ready("byline.list(element);"))
