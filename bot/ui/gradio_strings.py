"""The page's strings for gradio's components, which the browser shows in its own language."""

from functools import cache
from typing import Any

import gradio as gr

from bot.ui.language import Language, languages, spoken

GROUP = "page."


@cache
def page_words() -> gr.I18n:
    """The strings of the components, in all languages."""
    return gr.I18n(
        **{
            code: {
                _named(key): string
                for key, string in language.strings.items()
                if key.startswith(GROUP) and isinstance(string, str)
            }
            for code, language in languages().items()
        }
    )


def word(key: str) -> Any:
    """A string to be given to a component; `key` as in the catalogue, without its group."""
    return page_words()(_named(GROUP + key))


def language_for(request: gr.Request) -> Language:
    """The language of the visitor who sends an event."""
    return spoken(request.headers.get("accept-language"))


def _named(key: str) -> str:
    """Gradio takes a dot for a step down."""
    return key.replace(".", "_")
