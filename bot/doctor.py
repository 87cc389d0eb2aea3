"""Checks whether everything that answers need is present and works, and what to do where it is not."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from bot.embedding import embedding_server as embedding
from bot.llm import Message
from bot.llm.llm_server import models, place, served
from bot.model_settings import Style
from bot.settings import Settings
from corpus.errors import BylineError, IndexDamaged, IndexMissing, LLMError
from index.search.embed import MiniLM
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.remote.follow import mirror
from index.storage.remote.place import Origin
from index.storage.report import report, verify
from index.storage.vector_server import VectorServer

PREFIX = "BYLINE_"
OTHERS = ("BYLINE_DEBUG",)
"""Variables that are read but are no settings of a bot."""
LISTED = 8
"""Models listed by name."""
HELLO = (Message("user", "Answer with one word: is the sky blue?"),)
STYLES: Mapping[Style, str] = {
    "prose": "prose: the model writes, and each sentence is checked before it is shown",
    "quotes": "quotes: the model chooses sentences of the articles, which are shown word for word",
}
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check.

    Attributes:
        name: Its subject.
        ok: Whether it passed.
        told: The finding.
        advice: What to do about it; empty if nothing.
    """

    name: str
    ok: bool
    told: str
    advice: str = ""


def examine(settings: Settings, environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Yields each check as it is done; those of the language model only where one is set."""
    yield _variables(environment)
    if isinstance(settings.place, Origin):
        yield _store(settings.place)
    yield _index(settings.folder, settings.vector_server)
    yield _embedder(settings)
    llm = served(settings)
    if llm is None:
        yield Check("model", True, "none is set: answers are in the articles' own words")
        return
    yield _key(settings)
    yield Check("style", True, STYLES[settings.llm_style])
    try:
        listed = models(settings)
    except LLMError as error:
        yield Check("server", False, str(error), error.advice)
        return
    named = ", ".join(listed[:LISTED]) + (f" and {len(listed) - LISTED} more" if len(listed) > LISTED else "")
    yield Check("server", True, f"{place(settings)} can be reached; it serves {named or 'what it does not list'}")
    yield _answering(settings, listed)


def _variables(environment: Mapping[str, str]) -> Check:
    """Variables that look like settings but are not: a misspelt one is silently ignored."""
    known = [*(PREFIX + name.upper() for name in Settings.model_fields), *OTHERS]
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    if not unknown:
        return Check("settings", True, "can be used")
    meant = [f"{near} for {name}" for name in unknown for near in get_close_matches(name, known, 1)]
    advice = f"perhaps you mean {', '.join(meant)}" if meant else f"known are {', '.join(known)}"
    return Check("settings", False, f"nothing reads {', '.join(unknown)}", advice)


def _store(origin: Origin) -> Check:
    try:
        mirror(origin)
    except BylineError as error:
        return Check("store", False, str(error))
    return Check("store", True, f"{origin.url} can be reached; this machine's copy is as it is, in {origin.copy}")


def _index(folder: Path, server: VectorServer | None) -> Check:
    try:
        found: dict[str, Any] = report(folder)
    except BylineError as error:
        return Check("index", False, str(error), "" if "run:" in str(error) else "run: byline rebuild")
    if damaged := verify(folder, server):
        return Check("index", False, "; ".join(damaged))
    if found["purge_unfinished"]:
        return Check("index", False, "a purge was interrupted: what should be gone may be there", "run: byline purge")
    out = f"; {len(found['purged']):,} purged and kept out" if found["purged"] else ""
    held = f"{found['articles']:,} articles in {found['passages']:,} passages"
    if server and found["collection"]:
        held += f", their vectors in {found['collection']} at {server.place}"
    return Check("index", True, f"{held}, made {found['created']}{out}")


def _embedder(settings: Settings) -> Check:
    """Whether what embeds questions answers, and is what the index was made with."""
    embedder, started = embedding.served(settings) or MiniLM(), perf_counter()
    try:
        finding = f"{embedder.name}, whose vectors have {embedder.dimensions} numbers"
        with suppress(IndexMissing, IndexDamaged):  # the check of the index names those
            generations = Generations(settings.folder)
            made = Manifest.read(generations.folder(generations.current()))
            made.check_embedder(embedder.name)
            made.check_dimensions(embedder.dimensions)
    except BylineError as error:
        return Check("embedder", False, str(error))
    took = f", answers in {perf_counter() - started:.1f} s" if settings.embed_model else ", which comes along"
    return Check("embedder", True, finding + took)


def _key(settings: Settings) -> Check:
    parts = urlsplit(settings.llm_base_url or "https://")
    if not settings.llm_api_key:
        return Check("key", True, "none is set; a server on your own machine mostly wants none")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        return Check("key", True, "is set, and can be read on its way", "use https if the network is not your own")
    return Check("key", True, "is set")


def _answering(settings: Settings, listed: list[str]) -> Check:
    """Whether the model answers."""
    llm, started = served(settings), perf_counter()
    assert llm
    try:
        first = next(llm.stream(HELLO), "")
    except LLMError as error:
        wanted = settings.llm_model
        unlisted = f"; {wanted!r} is not among the models it lists" if listed and wanted not in [None, *listed] else ""
        return Check("model", False, str(error) + unlisted, error.advice)
    if not first:
        return Check("model", False, f"{llm.model} said nothing", "try another model")
    chosen = "" if settings.llm_model else "; it is the first of those listed that writes text"
    seconds = perf_counter() - started
    return Check("model", True, f"{llm.model} answers, with its first words after {seconds:.1f} s{chosen}")
