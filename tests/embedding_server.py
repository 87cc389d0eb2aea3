"""A real server that embeds by OpenAI's protocol, on FastAPI, and misbehaves as a test asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from index.search.embed import Embedder
from tests.fakes import WordEmbedder
from tests.local_server import served

Reply = Callable[[list[str], dict[str, str]], Response | None]
"""What the server does with the texts and headers of a request; None to embed as it should."""


@dataclass
class EmbeddingServer:
    """What it was asked, and what it does: each reply once, then it embeds."""

    embedder: Embedder = field(default_factory=WordEmbedder)
    replies: list[Reply] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    def reply(self, body: dict[str, Any], headers: dict[str, str]) -> Response:
        texts = body["input"]
        self.batches.append(texts)
        self.models.append(body["model"])
        special = self.replies.pop(0) if self.replies else embeds
        return special(texts, headers) or vectors(self.embedder.embed(texts).tolist())


@contextmanager
def embedding(*replies: Reply, embedder: Embedder | None = None, port: int = 0) -> Iterator[EmbeddingServer]:
    """The server, at its `url`, until the block ends."""
    server = EmbeddingServer(embedder or WordEmbedder(), list(replies))
    site = FastAPI()

    @site.post("/v1/embeddings")
    async def embed(request: Request) -> Response:
        return server.reply(await request.json(), dict(request.headers))

    with served(site, port=port) as address:
        server.url = f"{address}/v1"
        yield server


def vectors(rows: list[list[float]], order: Callable[[int], int] = int) -> Response:
    """A reply with these vectors, under numbers in this order."""
    data = [{"object": "embedding", "index": order(place), "embedding": row} for place, row in enumerate(rows)]
    return JSONResponse({"object": "list", "data": data, "model": "words", "usage": {}})


def embeds(texts: list[str], headers: dict[str, str]) -> None:
    return None


def refuses(status: int, **headers: str) -> Reply:
    """An error that repeats the key, as some servers send it."""

    def reply(texts: list[str], sent: dict[str, str]) -> Response:
        message = f"no (you sent {sent.get('authorization')})"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return JSONResponse({"error": {"message": message}}, status, headers=named)

    return reply


def gives(row: list[float]) -> Reply:
    """The same vector for each text; it may hold what JSON does not allow."""

    def reply(texts: list[str], sent: dict[str, str]) -> Response:
        listed = ",".join(f'{{"index": {place}, "embedding": {row}}}' for place in range(len(texts)))
        return Response(f'{{"data": [{listed.replace("nan", "NaN")}]}}', media_type="application/json")

    return reply


def backwards(texts: list[str], sent: dict[str, str]) -> Response:
    """The right vectors, the last one first."""
    rows = WordEmbedder().embed(texts).tolist()[::-1]
    return vectors(rows, lambda place: len(texts) - 1 - place)


def wide(texts: list[str], sent: dict[str, str]) -> Response:
    """Vectors of another length."""
    return vectors(np.ones((len(texts), 65)).tolist())
