"""/embed.js: the tag <byline-chat>."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, Request, Response

from bot.portal.portal import Portal
from bot.ui.language import languages

PATH = "/embed.js"
KEPT_SECONDS = 300
"""How long a browser takes the script as it is, before it asks whether there is a newer one."""

GROUP = "embed."
SHARED = (
    *("answer.source", "answer.sources", "answer.waiting", "article.read", "declined.nearest", "declined.no_mention"),
    *("declined.no_outlet", "declined.title", "notice.failed", "notice.stopped", "page.new_chat", "script.answered"),
    *("script.ask", "script.close", "script.conversation", "script.declined", "script.reading", "script.stop"),
    "sign_in.enter",
)
"""Strings of the page that the tag shows too."""


def add_embed(site: FastAPI, _: Portal) -> None:
    """Adds the script. It holds nothing of the archive, so anyone may load it."""

    @site.get(PATH, include_in_schema=False)
    def embed(request: Request) -> Response:
        """The script, or that it has not changed."""
        script, tag = _script()
        headers = {
            "Cache-Control": f"public, max-age={KEPT_SECONDS}",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "ETag": tag,
            "X-Content-Type-Options": "nosniff",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)


@cache
def _script() -> tuple[bytes, str]:
    """The script with its styles and strings, and its tag."""
    folder = Path(__file__).parent
    styles = json.dumps((folder / "byline-chat.css").read_text("utf-8"))
    code = (folder / "byline-chat.js").read_text("utf-8")
    script = (
        code.replace("__STYLES__", styles, 1)
        .replace("__STRINGS__", json.dumps(strings(), ensure_ascii=False), 1)
        .encode()
    )
    return script, f'"{sha256(script).hexdigest()[:16]}"'


def strings() -> dict[str, dict[str, object]]:
    """What the tag says in each language, with the direction of that."""
    return {
        code: {
            "direction": language.direction,
            "strings": {
                key: string for key, string in language.strings.items() if key in SHARED or key.startswith(GROUP)
            },
        }
        for code, language in languages().items()
    }
