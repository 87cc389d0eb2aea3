"""Rebuilding an index: what changed is read, cut, embedded and written beside the generation in use."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

from corpus.article import Article, Rejected
from corpus.errors import BylineError, IndexMissing, ReadError
from index.articles import ArticleStore
from index.embed import Embedder
from index.generations import Generations, generation_id
from index.incoming import Incoming
from index.manifest import REJECTED_KEPT, Manifest
from index.opened import OpenGeneration
from index.parts import Parts
from index.split import SPLITTER

INCOMING = "incoming.sqlite"


class Progress(Protocol):
    """Is told how far a rebuild has come."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """`done` of `total` in a stage; None where the total is not known."""


class Silence:
    """Shows nothing."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rebuild did, or on a dry run would do. Counts are of articles unless named otherwise.

    Attributes:
        generation: The generation now in use; None if there is none.
        published: Whether it is a new one.
        whole: Why nothing of the last generation could be used; None if it was, or there was none.
        articles: In the corpus as read.
        passages: In the index; None on a dry run that found changes.
        embedded: Passages whose vectors were computed; 0 on a dry run.
        added: New ones.
        changed: Those with the URL, or for want of one the place, of an article of the last generation.
        removed: Those no longer there.
        unchanged: The rest.
        duplicates: Exact copies met on the way.
        superseded: Versions left out for a newer one of the same URL.
        rejected: What could not be read.
        seconds: How long it took.
    """

    generation: str | None
    published: bool
    whole: str | None
    articles: int
    passages: int | None
    embedded: int
    added: int
    changed: int
    removed: int
    unchanged: int
    duplicates: int
    superseded: int
    rejected: tuple[Rejected, ...]
    seconds: float

    @property
    def nothing_changed(self) -> bool:
        """Whether the corpus is what the index holds already."""
        return not (self.added or self.changed or self.removed)


def rebuild(
    index: Path,
    articles: Iterable[Article | Rejected],
    embedder: Embedder,
    *,
    sources: Sequence[str] = (),
    full: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Makes the index hold these articles and no others, in a new generation that replaces the old one in one step.

    Args:
        index: The index's folder; made if need be.
        articles: The corpus, streamed; memory does not grow with its text.
        embedder: What is unchanged since the last generation keeps its vectors.
        sources: Where the articles come from, for the manifest.
        full: Use nothing of the last generation.
        strict: Publish nothing if anything is rejected.
        dry_run: Only say what would change.
        progress: Is told how far it has come.

    Raises:
        IndexBusy: Another rebuild is under way.
        ReadError: There is no article; the index is left as it was.
        BylineError: The index cannot be written; it is left as it was.
    """
    generations = Generations(index)
    job = _Rebuild(generations, embedder, tuple(sources), progress or Silence())
    if dry_run:
        return job.compare(articles, full=full)
    try:
        with generations.locked():
            return job.run(articles, full=full, strict=strict)
    except (OSError, sqlite3.Error) as error:
        raise BylineError(
            f"the index in {str(index)!r} cannot be written ({error}); it is left as it was. "
            "Free some space or mend the folder's rights, then run: byline rebuild"
        ) from error


@dataclass(frozen=True, slots=True)
class _Last:
    """The generation to build on, as far as it can be used."""

    open: OpenGeneration | None
    digests: dict[str, str]
    unusable: str | None


@dataclass(frozen=True, slots=True)
class _Rebuild:
    generations: Generations
    embedder: Embedder
    sources: tuple[str, ...]
    progress: Progress

    def compare(self, articles: Iterable[Article | Rejected], *, full: bool) -> Summary:
        """What a rebuild would do."""
        started = monotonic()
        with ExitStack() as stack:
            last = self._last(stack, full=full)
            incoming = self._read(Incoming(last.digests, None), articles)
            return self._summary(last, incoming, started)

    def run(self, articles: Iterable[Article | Rejected], *, full: bool, strict: bool) -> Summary:
        """Rebuilds; the lock is held."""
        started, moment = monotonic(), datetime.now(UTC)
        with self.generations.building() as folder, ExitStack() as stack:
            last = self._last(stack, full=full)

            def fresh() -> ArticleStore:
                return stack.enter_context(closing(ArticleStore.create(folder / INCOMING)))

            incoming = self._read(Incoming(last.digests if last.open else {}, fresh), articles)
            summary = self._summary(last, incoming, started)
            if not incoming.digests:
                raise ReadError("no article was found; the index is left as it was")
            if (strict and incoming.rejected) or (summary.nothing_changed and self._stands(last)):
                return summary
            manifest, embedded = self._write(folder, moment, last.open, incoming)
            stack.close()
            (folder / INCOMING).unlink(missing_ok=True)
            manifest = replace(manifest, parent=summary.generation, seconds=round(monotonic() - started, 1))
            self._finish(folder, manifest)
        return replace(
            summary,
            generation=manifest.generation,
            published=True,
            passages=manifest.passages,
            embedded=embedded,
            seconds=monotonic() - started,
        )

    def _write(
        self, folder: Path, moment: datetime, last: OpenGeneration | None, incoming: Incoming
    ) -> tuple[Manifest, int]:
        """All parts but the manifest, which comes back with the number of passages embedded."""
        parts = Parts(folder, last, self.progress.show)
        passages = parts.write_articles(incoming)
        if not passages:
            raise ReadError("no article has any text; the index is left as it was")
        embedded, patched = parts.write_rankings(self.embedder)
        manifest = Manifest(
            generation=generation_id(moment, incoming.content),
            embedder=self.embedder.name,
            dimensions=self.embedder.dimensions,
            splitter=SPLITTER,
            articles=len(incoming.digests),
            passages=passages,
            content=incoming.content,
            created=moment.isoformat(timespec="seconds"),
            seconds=0.0,
            sources=self.sources,
            rejected=tuple(incoming.rejected[:REJECTED_KEPT]),
            rejected_count=len(incoming.rejected),
            patched=patched,
        )
        return manifest, embedded

    def _finish(self, folder: Path, manifest: Manifest) -> None:
        """Verifies, publishes, and removes what is no longer needed."""
        self.progress.show("verifying", 0, manifest.passages)
        manifest.write(folder)
        with closing(OpenGeneration(folder)) as generation:
            generation.probe()
        self.generations.publish(folder, manifest.generation)
        self.progress.show("verifying", manifest.passages, manifest.passages)
        self.generations.reclaim()

    def _last(self, stack: ExitStack, *, full: bool) -> _Last:
        """Opens the generation in use, or says why it cannot be built on."""
        try:
            folder = stack.enter_context(self.generations.held(self.generations.current()))
            generation = stack.enter_context(closing(OpenGeneration(folder)))
            digests = generation.store.digests()
        except IndexMissing:
            return _Last(None, {}, None)
        except BylineError as error:
            return _Last(None, {}, str(error))
        made = generation.manifest
        reasons = {
            "all of it was asked for": full,
            f"the embedder was {made.embedder!r}": made.embedder != self.embedder.name,
            f"the articles were cut by {made.splitter!r}": made.splitter != SPLITTER,
        }
        unusable = "; ".join(reason for reason, holds in reasons.items() if holds)
        return _Last(None, digests, unusable) if unusable else _Last(generation, digests, None)

    def _read(self, incoming: Incoming, articles: Iterable[Article | Rejected]) -> Incoming:
        incoming.read(articles, lambda count: self.progress.show("reading", count, None))
        return incoming

    def _stands(self, last: _Last) -> bool:
        """Whether the last generation need not be replaced, its articles being the same."""
        return last.open is not None and last.open.manifest.sources == self.sources

    def _summary(self, last: _Last, incoming: Incoming, started: float) -> Summary:
        """Of the reading; nothing has been written yet."""
        added, removed = incoming.digests.keys() - last.digests, last.digests.keys() - incoming.digests
        same = sum(last.digests.get(name) == digest for name, digest in incoming.digests.items())
        moved = _moved(incoming, last, added, removed)
        return Summary(
            generation=self._in_use(),
            published=False,
            whole=last.unusable,
            articles=len(incoming.digests),
            passages=last.open.manifest.passages if last.open and last.digests == incoming.digests else None,
            embedded=0,
            added=len(added) - moved,
            changed=len(incoming.digests) - same - len(added) + moved,
            removed=len(removed) - moved,
            unchanged=same,
            duplicates=incoming.duplicates,
            superseded=incoming.superseded,
            rejected=tuple(incoming.rejected),
            seconds=monotonic() - started,
        )

    def _in_use(self) -> str | None:
        try:
            return self.generations.current()
        except IndexMissing:
            return None


def _moved(incoming: Incoming, last: _Last, added: set[str], removed: set[str]) -> int:
    """Articles without URL that stand where another one stood; their ids hang on their text."""
    if not (last.open and incoming.store):
        return 0
    was, now = last.open.store.origins(removed), incoming.store.origins(added)
    return sum((Counter(was.values()) & Counter(now.values())).values())
