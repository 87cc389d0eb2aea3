"""Any server with OpenAI's protocol: OpenAI, Azure, Ollama, vLLM, llama.cpp and the like."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pydantic import SecretStr

from bot.llm import LLM
from bot.llm.failures import failure, status_of
from bot.llm.llama_llm import LlamaLLM
from bot.llm.paced import Limits
from bot.settings import Settings
from corpus.errors import LLMError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM as LlamaIndexLLM
    from openai import OpenAI

log = logging.getLogger(__name__)

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent where no key is set: otherwise the client would send OPENAI_API_KEY to any server."""
THOUGHT = 4_000
"""More tokens for OpenAI's reasoning models, whose thoughts count too."""
UNLISTED = {404, 405, 501}
"""The statuses of a server without a list of models."""
_OTHER_WORK = re.compile(
    r"embed|rerank|encoder|minilm|mpnet|colbert|splade|paraphrase|sentence-|similarity|whisper|wav2vec|parakeet|transcri"
    r"|speech|kokoro|moderation|guard|diffusion|dall-?e|music"
    r"|(?<![a-z0-9])(bge|gte|e5|sbert|labse|clip|siglip|x?tts|stt|asr|ocr|audio|voice|realtime|bark|piper|image|video|flux"
    r"|sdxl|sd(?=[\d-])|sora|veo|reward|babbage|davinci)(?![a-z])",
    re.IGNORECASE,
)
"""In the names of models that write no text: for embedding, ranking, audio, images or moderation."""


def served(settings: Settings) -> LlamaLLM | None:
    """The model of the settings; None if they name neither an address nor a model.

    Imports the client, which takes seconds that would otherwise count as the model's.
    """
    if not settings.llm_base_url and not settings.llm_model:
        return None
    for module in ("bot.llm.wire", "llama_index.llms.openai_like", "openai.resources.chat", "httpcore"):
        import_module(module)
    name = cache(lambda: settings.llm_model or _first_model(settings))
    proxy = proxy_of(settings.llm_base_url or OPENAI)
    return LlamaLLM(
        place(settings), name, lambda: _connected(settings, name()), limits(settings), options(settings), proxy
    )


def adapted(llm: "LLM | LlamaIndexLLM", settings: Settings) -> LLM:
    """Adapts a model given as an object; a llama-index LLM is recognised by its `stream_chat`."""
    if not hasattr(llm, "stream_chat"):
        return llm
    model = cast("LlamaIndexLLM", llm)
    return LlamaLLM(model.class_name(), lambda: model.metadata.model_name, lambda: nullcontext(model), limits(settings))


def place(settings: Settings) -> str:
    """The model's host and port."""
    return urlsplit(settings.llm_base_url or OPENAI).netloc


def limits(settings: Settings) -> Limits:
    """The time limits of a reply."""
    return Limits(settings.llm_first_seconds, settings.llm_next_seconds)


@contextmanager
def _connected(settings: Settings, model: str) -> "Iterator[LlamaIndexLLM]":
    """The llama-index LLM with a client of its own: otherwise a broken stream stays open until garbage collection."""
    from llama_index.llms.openai_like import OpenAILike

    from bot.llm.wire import Client

    with Client() as client:
        yield OpenAILike(
            model=model,
            api_base=settings.llm_base_url or OPENAI,
            api_key=key_sent(settings.llm_api_key),
            is_chat_model=True,
            max_retries=0,
            timeout=max(settings.llm_first_seconds, settings.llm_next_seconds),
            http_client=client,
        )


def models(settings: Settings) -> list[str]:
    """The models that the server lists; empty if it has no list.

    Raises:
        LLMError: It cannot be reached, or refuses.
    """
    address = settings.llm_base_url or OPENAI
    try:
        with client_of(address, settings.llm_api_key, settings.llm_first_seconds) as client:
            return [model.id for model in client.models.list()]
    except Exception as error:  # noqa: BLE001  # whatever the client raises
        if status_of(error) in UNLISTED:
            return []
        raise failure(error, place(settings), proxy_of(address)) from None


def client_of(address: str, key: SecretStr | None, seconds: float) -> "OpenAI":
    """A client that makes each request once, with a limit of time."""
    from openai import OpenAI

    from bot.llm.wire import Client

    return OpenAI(base_url=address, api_key=key_sent(key), max_retries=0, timeout=seconds, http_client=Client())


def options(settings: Settings) -> tuple[Mapping[str, float], ...]:
    """Sets of options: for nearly all servers, and for OpenAI's reasoning models."""
    return (
        {"max_tokens": settings.llm_reply, "temperature": 0.0},
        {"max_completion_tokens": max(THOUGHT, settings.llm_reply), "temperature": 1.0},
    )


def _first_model(settings: Settings) -> str:
    """The first listed model that writes text."""
    listed = models(settings)
    chosen = next((name for name in listed if not _OTHER_WORK.search(name)), None)
    if not chosen:
        named = f"none of its models writes text: {', '.join(listed)}" if listed else "it names no model"
        raise LLMError(f"The language model at {place(settings)} did not answer ({named})", "set BYLINE_LLM_MODEL")
    log.info("using %s, the first of the models at %s that writes text", chosen, place(settings))
    return chosen


def proxy_of(address: str) -> str:
    """The proxy for an address, with the variable that names it; empty for none."""
    parts, proxies = urlsplit(address), getproxies()
    kind = next((kind for kind in (parts.scheme, "all") if proxies.get(kind)), "")
    if not kind or proxy_bypass(parts.hostname or "") or proxy_bypass(parts.netloc):
        return ""
    proxy = urlsplit(proxies[kind] if "://" in proxies[kind] else f"//{proxies[kind]}")
    return f"{proxy.netloc.rpartition('@')[2]} ({kind.upper()}_PROXY)"


def key_sent(key: SecretStr | None) -> str:
    """What the client is given as a key."""
    return key.get_secret_value() if key else NO_KEY
