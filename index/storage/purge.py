"""Removes articles from an index for good: from every generation, and from the fetched pages.

Generations are immutable, so each one with a purged article is written anew, without copying any of its files, and
replaced in one step; then the old one is removed. The list of purged articles is written first: a purge that is
killed at any moment can be finished.
"""

import shlex
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from sqlite3 import DatabaseError
from typing import NoReturn

from corpus.article import url_id
from corpus.errors import BylineError, IndexDamaged, ReadError, SettingsError
from corpus.fetch import FILE as FETCHED
from corpus.fetch.fetched_pages import purge_fetched
from corpus.read.file import printable
from index.storage.articles import ArticleStore
from index.storage.durable import writing
from index.storage.generations import Generations, moment_of
from index.storage.incoming import Incoming
from index.storage.manifest import Manifest
from index.storage.opened import ARTICLES, OpenGeneration, seal
from index.storage.parts import Parts
from index.storage.purged import Purged
from index.storage.rows import Show
from index.storage.takedown import Takedown, located
from index.storage.vector_server import VectorServer


@dataclass(slots=True)
class Removal:
    """What a purge removed from an index.

    Attributes:
        takedown: The articles, and their copies.
        generations: The new ids of the rewritten generations, by their old ones; None if nothing was left.
        unreadable: Generations that could not be read, and were removed.
        fetched: The number of fetched pages removed.
        in_use: The generation in use now.
    """

    takedown: Takedown = field(default_factory=Takedown)
    generations: dict[str, str | None] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    fetched: int = 0
    in_use: str | None = None


def purge(
    index: Path, names: Sequence[str], show: Show, *, copies: bool = False, server: VectorServer | None = None
) -> Removal:
    """Removes articles from an index, and keeps them out.

    Args:
        index: The folder.
        names: Their addresses or ids; none to finish an interrupted purge.
        show: Called with the stage, how much is done, and of how much.
        copies: Whether to remove articles at other addresses with the same text too.
        server: Where vectors are, unless they are in the folder.

    Raises:
        IndexMissing: There is no index.
        IndexBusy: A rebuild is running.
        SettingsError: No article has such an address or id.
        IndexUnreachable: The server of the vectors does not answer.
        BylineError: The disk refuses, or the generation in use cannot be read.
    """
    generations = Generations(index, server)
    if not generations.kept() and not (index / FETCHED).exists():
        generations.current()  # raises if there is none
    again = shlex.join(["purge", *names, *(["--copies"] if copies else [])])
    with writing(index, again, "nothing was purged"), generations.locked():
        generations.sweep()
        listed = Purged.read(index)
        takedown = located(generations, names, copies=copies)
        unknown = [name for name, one in takedown.ids.items() if not (one & takedown.found or one & listed.ids)]
        if unknown:
            raise SettingsError(_unknown(unknown[0], takedown))
        listed = listed.with_more(takedown.taken, date.today())  # noqa: DTZ011
        if listed.ids:
            listed.write(index)
        with writing(index, "purge", "the purge is not finished"):
            return finish(generations, listed, show, takedown)


def finish(generations: Generations, listed: Purged, show: Show, takedown: Takedown | None = None) -> Removal:
    """Removes the articles of the list on disk, which is marked as unfinished, from everywhere. Needs the lock."""
    removal = Removal(takedown or Takedown())
    if listed.ids:
        _Purge(generations, listed.ids, show, removal).run()
        replace(listed, is_unfinished=False).write(generations.index)
    with suppress(BylineError):
        removal.in_use = generations.current()
    return removal


def allow(index: Path, names: Sequence[str]) -> list[str]:
    """Allows articles again, from the next rebuild on.

    Returns:
        Their ids.

    Raises:
        SettingsError: One was not purged.
    """
    generations = Generations(index)
    with writing(index, "purge --allow", "it is unchanged"), generations.locked():
        listed = Purged.read(index)
        ids = [{name, url_id(name)} & listed.ids for name in names]
        for name, found in zip(names, ids, strict=True):
            if not found:
                raise SettingsError(f"{printable(name)!r} is not among what was purged; byline status lists that by id")
        allowed = sorted(set().union(*ids))
        listed.without(allowed).write(index)
        return allowed


@dataclass(frozen=True, slots=True)
class _Purge:
    generations: Generations
    ids: frozenset[str]
    show: Show
    removal: Removal

    def run(self) -> None:
        current = None
        with suppress(BylineError):
            current = self.generations.current()
        for generation in sorted(self.generations.kept(), key=lambda one: (one != current, one)):
            if self._is_clean(generation, is_current=generation == current):
                continue
            fresh = self._rewritten(generation)
            self.removal.generations[generation] = fresh
            if generation == current and fresh:
                self.generations.switch(fresh)
            if generation != current or fresh:
                self.generations.discard(generation)
        if current and self.removal.generations.get(current, current) is None:  # it held nothing else
            others = [one for one in self.generations.kept() if one != current]
            self.generations.switch(others[-1] if others else None)
            self.generations.discard(current)
        self.removal.fetched = purge_fetched(self.generations.index / FETCHED, self.ids)
        self.generations.sweep()

    def _is_clean(self, generation: str, *, is_current: bool) -> bool:
        """Whether a generation has no purged article; an unreadable one might, and is removed."""
        folder = self.generations.folder(generation)
        try:
            manifest = Manifest.read(folder)
            with closing(ArticleStore.open(folder / ARTICLES)) as store:
                return self.ids.isdisjoint(store.digests()) and _cleaned(manifest, self.ids) == manifest
        except (BylineError, DatabaseError) as error:
            if is_current:
                raise IndexDamaged(
                    f"the generation in use cannot be read ({error}), so nothing can be removed from it; "
                    "run: byline rebuild --full, which leaves out what is purged, then: byline purge"
                ) from error
            self.generations.discard(generation)
            self.removal.unreadable.append(generation)
            return True

    def _rewritten(self, generation: str) -> str | None:
        """The id of the generation without the purged articles; None if nothing is left of it."""
        with closing(OpenGeneration(self.generations.folder(generation), self.generations.server)) as old:
            known = old.store.digests()
            kept = {name: digest for name, digest in known.items() if name not in self.ids}
            incoming = Incoming(known, None, digests=kept)
            fresh = f"{moment_of(generation)}-{incoming.content[:8]}"
            if not kept:
                return None
            if generation == fresh:  # only its manifest mentions purged articles
                fresh = f"{moment_of(generation)}-{incoming.content[8:16]}"
            if not self.generations.folder(fresh).exists():  # or an interrupted purge wrote it already
                with self.generations.building() as folder:
                    try:
                        parts = Parts(folder, old, self.show, whole=True, server=self.generations.server)
                        written = parts.write(incoming, _CarriedOver(old.manifest))
                    except ReadError:  # the remaining articles have no text
                        return None
                    manifest = replace(
                        _cleaned(old.manifest, self.ids),
                        generation=fresh,
                        articles=len(kept),
                        passages=written.passages,
                        content=incoming.content,
                        patched=0,
                    )
                    seal(folder, manifest, self.generations.server)
                    self.generations.place(folder, fresh)
        return fresh


def _cleaned(manifest: Manifest, ids: frozenset[str]) -> Manifest:
    """A manifest without the addresses of these articles."""
    return replace(
        manifest,
        sources=tuple(source for source in manifest.sources if url_id(source) not in ids),
        rejected=tuple(one for one in manifest.rejected if not one.mentions(ids)),
    )


@dataclass(frozen=True, slots=True)
class _CarriedOver:
    """An embedder that is never called."""

    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.embedder

    @property
    def dimensions(self) -> int:
        return self.manifest.dimensions

    def embed(self, texts: Sequence[str]) -> NoReturn:
        raise AssertionError("all vectors are carried over")

    def embed_question(self, text: str) -> NoReturn:
        raise AssertionError("nothing is searched for")


def _unknown(name: str, takedown: Takedown) -> str:
    near = f"; near it are: {', '.join(takedown.near[name])}" if takedown.near.get(name) else ""
    return f"no article, in any generation or among the fetched ones, has the address or id {printable(name)!r}{near}"
