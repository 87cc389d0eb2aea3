"""What runs in the browser: page.js, and state.js with the strings it needs in every language."""

import json
from pathlib import Path

from bot.ui.language import languages

FOLDER = Path(__file__).parent
GROUP = "script."
"""The keys of strings that scripts show."""


def page_script() -> str:
    """One function that starts all of it, as gradio takes it."""
    words = {
        code: {key.removeprefix(GROUP): string for key, string in language.strings.items() if key.startswith(GROUP)}
        for code, language in languages().items()
    }
    page, state = ((FOLDER / name).read_text("utf-8").strip() for name in ("page.js", "state.js"))
    return f"() => {{ ({page})(); ({state})({json.dumps(words)}); }}"
