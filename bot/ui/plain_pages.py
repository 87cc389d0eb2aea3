"""Pages beside the chat: plain HTML made on the server, in the visitor's language. All of it works without a script."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.ui.brand import Brand, Logo
from bot.ui.language import spoken
from bot.ui.links import web_address
from bot.ui.scripts import READER, page_script
from bot.ui.states import Lookout, State

FOLDER = Path(__file__).parent
STYLES = ("palette.css", "plain.css", "reader.css")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'"
)
"""Whatever an article holds: nothing of it runs, and nothing is loaded from elsewhere."""


def add_style(site: FastAPI, brand: Brand) -> None:
    """Add style and script of the plain pages, the logo, and the icon in the browser's tab: the logo too, or ours."""

    @site.get("/plain.css", include_in_schema=False)
    def plain_css() -> Response:
        return Response(_style(brand), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @site.get("/reader.js", include_in_schema=False)
    def reader_js() -> Response:
        return Response(_script(), media_type="text/javascript", headers={"Cache-Control": "max-age=3600"})

    icon = brand.logo or Logo((FOLDER / "icon.svg").read_bytes(), "image/svg+xml")

    @site.get("/favicon.ico", include_in_schema=False)
    def show_icon() -> Response:
        return _image(icon)

    if logo := brand.logo:

        @site.get("/logo", include_in_schema=False)
        def show_logo() -> Response:
            return _image(logo)


def _image(image: Logo) -> Response:
    guarded = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    quiet = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=3600"}
    return Response(image.content, media_type=image.kind, headers=guarded | quiet)


def add_state(site: FastAPI, lookout: Lookout | None) -> None:
    """Add the state, which the page polls; without a lookout it is always "ready"."""

    @site.get("/state", include_in_schema=False)
    def state(request: Request) -> Response:
        seen = lookout.state() if lookout else State()
        stated = seen.to_json(spoken(request.headers.get("accept-language")))
        return JSONResponse(stated, headers={"Cache-Control": "no-store"})


def plain_page(request: Request, brand: Brand, template: str, status: int = 200, **values: Any) -> Response:
    """A page made from a template, with what every page shows."""
    language = spoken(request.headers.get("accept-language"))
    html = (
        _templates()
        .get_template(template)
        .render(language=language, say=language.say, brand=brand, version=_version(brand), **values)
    )
    return Response(
        html.encode("utf-8", "replace"),
        status,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": POLICY, "Vary": "Accept-Language", "Cache-Control": "no-store"},
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["web_address"] = web_address
    return made


@cache
def _style(brand: Brand) -> str:
    return "\n".join([*((FOLDER / name).read_text("utf-8") for name in STYLES), brand.css])


@cache
def _script() -> str:
    return f"({page_script(READER)})();"


@cache
def _version(brand: Brand) -> str:
    """Changes with the style and the script, so that a browser takes the new ones."""
    return sha256((_style(brand) + _script()).encode()).hexdigest()[:12]
