"""The page's HTML as it leaves: in the visitor's language, and without gradio's own name and picture."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.ui.language import spoken

_OPENING = re.compile(rb'<html\s+lang="en"')
_HEAD = b"<head>"
_ICON = b'<link rel="icon" href="favicon.ico">'
"""Relative: below a path, browsers would take the host's icon."""
_ADVERTISED = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*/>\s*')


class Front:
    """Sets language, direction and icon of HTML pages that say they are English."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on; what gradio sends as the page is changed on its way."""
        if scope["type"] != "http" or not scope["path"].endswith("/"):
            await self.app(scope, receive, send)
            return
        language = spoken(Headers(scope=scope).get("accept-language"))
        opening = f'<html lang="{language.code}" dir="{language.direction}"'.encode()
        held: Message | None = None
        body = b""

        async def change(message: Message) -> None:
            nonlocal held, body
            if message["type"] == "http.response.start":
                if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                    held = message
                    return
            elif held:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                changed = _OPENING.sub(opening, _ADVERTISED.sub(b"", body), count=1).replace(_HEAD, _HEAD + _ICON, 1)
                headers = MutableHeaders(raw=held["headers"])
                headers["content-length"] = str(len(changed))
                headers.append("vary", "Accept-Language")
                await send(held)
                message = {**message, "body": changed}
                held = None
            await send(message)

        await self.app(scope, receive, change)
