"""Embedders that settings name, or that a program hands in."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit
from weakref import finalize

from bot.embedding.remote import Provider, RemoteEmbedder, Rows
from bot.llm.server import OPENAI, key_sent, proxy_of
from bot.settings import Settings
from index.search.embed import Embedder

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding
    from openai import OpenAI


def served(settings: Settings) -> RemoteEmbedder | None:
    """The model behind a server that the settings name; None if they name none."""
    model = settings.embed_model
    if not model:
        return None
    client, address = _client(settings), settings.embed_base_url or OPENAI
    before, ahead = settings.embed_passage_prefix, settings.embed_question_prefix
    provider = Provider(
        urlsplit(address).netloc,
        lambda texts: _vectors(client, model, [before + text for text in texts]),
        lambda text: _vectors(client, model, [ahead + text])[0],
        settings.embed_batch,
        settings.embed_at_once,
        proxy_of(address),
    )
    prefixes = f" ({before!r}, {ahead!r})" if before or ahead else ""
    embedder = RemoteEmbedder(f"server: {model}{prefixes}", provider)
    finalize(embedder, client.close)
    return embedder


def adapted(embedder: "Embedder | BaseEmbedding") -> Embedder:
    """An embedder that a program hands in, as ours; one of llama-index is known by its `get_query_embedding`."""
    if not hasattr(embedder, "get_query_embedding"):
        return embedder
    model = cast("BaseEmbedding", embedder)
    called = type(model).__name__
    provider = Provider(called, lambda texts: model.get_text_embedding_batch(list(texts)), model.get_query_embedding)
    return RemoteEmbedder(f"{called}: {model.model_name}", provider)


def _client(settings: Settings) -> "OpenAI":
    """A client that makes each request once: it is `RemoteEmbedder` that tries again."""
    from openai import OpenAI

    from bot.llm.wire import Client

    import_module("openai.resources.embeddings")
    return OpenAI(
        base_url=settings.embed_base_url or OPENAI,
        api_key=key_sent(settings.embed_api_key),
        max_retries=0,
        timeout=settings.embed_seconds,
        http_client=Client(),
    )


def _vectors(client: "OpenAI", model: str, texts: Sequence[str]) -> Rows:
    """The vectors of texts, in their order.

    Raises:
        ValueError: The reply does not say which vector is which text's.
    """
    reply = client.embeddings.create(model=model, input=list(texts), encoding_format="float")
    ordered = sorted(reply.data, key=lambda item: item.index)
    if [item.index for item in ordered] != list(range(len(texts))):
        raise ValueError("the vectors are not numbered as the texts are")
    return [item.embedding for item in ordered]
