"""The API described, at one place: OpenAPI, and a page to try it that loads nothing from elsewhere."""

from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from bot.portal.portal import Portal

OPENAPI, DOCS = "/api/v1/openapi.json", "/api/v1/docs"
DESCRIPTION = """Answers over an archive of news articles. Each sentence of an answer cites the words of an article that
it rests on; where the archive does not answer, the status of the answer is `abstained`.

Errors are problem details (RFC 9457). docs/portal.md describes who may do what."""
SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key, or a token of the identity provider."},
    "password": {"type": "http", "scheme": "basic", "description": "The shared password, with any user name."},
}


def add_docs(site: FastAPI, _: Portal) -> None:
    """Adds the description and its page."""
    folder = files("fastapi_offline") / "static"
    site.mount(f"{DOCS}/files", StaticFiles(directory=str(folder)), "files of the API's page")

    @site.get(OPENAPI, include_in_schema=False)
    def described(request: Request) -> dict[str, Any]:
        root = request.scope.get("root_path", "").rstrip("/")
        return {**site.openapi(), "servers": [{"url": root or "/"}]}

    @site.get(DOCS, include_in_schema=False)
    def page() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title="Byline: the API",
            swagger_js_url="docs/files/swagger-ui-bundle.js",
            swagger_css_url="docs/files/swagger-ui.css",
            swagger_favicon_url="docs/files/favicon.png",
        )

    def openapi() -> dict[str, Any]:
        if not site.openapi_schema:
            schema = get_openapi(
                title=site.title,
                version="1",
                description=DESCRIPTION,
                routes=site.routes,
                tags=[{"name": "ask"}, {"name": "archive"}],
            )
            schema.setdefault("components", {})["securitySchemes"] = SECURITY
            site.openapi_schema = {**schema, "security": [{}, *({name: []} for name in SECURITY)]}
        return site.openapi_schema

    vars(site)["openapi"] = openapi
