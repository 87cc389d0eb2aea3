"""What runs in the browser: the scripts of js/, with the strings that they need in every language."""

import json
from collections.abc import Sequence
from pathlib import Path

from bot.ui.language import DEFAULT, languages

SCRIPTS = ("meet", "page", "reader", "library", "actions", "share", "suggest", "state")
"""In `js/`, each a function of the strings in the page's language, called in this order when the page is there."""
READER = ("meet", "reader")
"""Those that open an article in the panel: on plain pages these alone."""
FOLDER = Path(__file__).parent / "js"
GROUP = "script."
"""The keys of strings that scripts show."""


def page_script(names: Sequence[str] = SCRIPTS) -> str:
    """One function that starts all of them, as gradio takes it; what waits for that hears of its end."""
    words = {
        code: {key.removeprefix(GROUP): string for key, string in language.strings.items() if key.startswith(GROUP)}
        for code, language in languages().items()
    }
    calls = [f"({(FOLDER / f'{name}.js').read_text('utf-8').strip()})(words);" for name in names]
    spoken = f"const spoken = {json.dumps(words)}, words = spoken[document.documentElement.lang] || spoken.{DEFAULT};"
    ended = 'dispatchEvent(new Event("byline"));'
    return "\n".join(["() => {", spoken, *calls, ended, "}"])


def when_ready(script: str) -> str:
    """A component's own script, held back until the page's are there: gradio promises no order."""
    return f"""
const ready = () => {{ const byline = window.byline; {script} }};
if (window.byline) ready(); else addEventListener("byline", ready, {{ once: true }});
"""
