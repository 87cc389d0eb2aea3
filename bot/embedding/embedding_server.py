"""Embedders that settings name, or that a program hands in."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit
from weakref import finalize

from bot.embedding.remote import Provider, RemoteEmbedder, Rows
from bot.llm.llm_server import OPENAI, client_of, proxy_of
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
    address = settings.embed_base_url or OPENAI
    import_module("openai.resources.embeddings")  # takes a second that would otherwise count as the server's
    client = client_of(address, settings.embed_api_key, settings.embed_seconds)  # `RemoteEmbedder` tries again
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
