"""What a visitor fills in: the question, and what narrows the search."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from bot.ui.gradio_strings import word

Field = gr.Textbox | gr.Dropdown | gr.State


def question_box() -> gr.Textbox:
    """Where the question is put, with its button."""
    return gr.Textbox(
        elem_id="question",
        label=word("question"),
        show_label=False,
        container=False,
        placeholder=word("question"),
        submit_btn=True,
        autofocus=True,
        max_lines=6,
    )


def narrowing_fields() -> tuple[gr.Accordion, list[Field]]:
    """Three days, which page.js lets the browser pick, the outlets, and words that are to be plain ones."""
    with gr.Accordion(word("narrow"), open=False, elem_id="narrow") as narrow, gr.Row():
        days = [
            gr.Textbox("", label=word(key), max_lines=1, min_width=140, elem_classes="day")
            for key in ("asked", "since", "until")
        ]
        outlets = gr.Dropdown(
            [], value=[], multiselect=True, allow_custom_value=True, label=word("outlets"), min_width=220, scale=2
        )
    return narrow, [*days, outlets, gr.State(())]


def outlets_to_choose(known: Sequence[str], chosen: Sequence[str]) -> gr.Dropdown:
    """To choose from; where none is known, they are typed."""
    kept = [outlet for outlet in chosen if outlet in known or not known]
    # What is being chosen meanwhile is left alone.
    value: dict[str, Any] = {} if kept == list(chosen) else {"value": kept}
    return gr.Dropdown(choices=list(known), allow_custom_value=not known, **value)
