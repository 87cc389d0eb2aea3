"""Rebuilds an index: what changed is read, split, embedded and written to a new generation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from corpus.article import Article, Rejected, fingerprint
from corpus.errors import IndexDamaged, ReadError
from corpus.read.cache import ReadCache
from index.search.embed import Embedder
from index.split import SPLITTER
from index.storage.articles import ArticleStore
from index.storage.durable import writing
from index.storage.generations import Generations, generation_id
from index.storage.incoming import Incoming
from index.storage.last import Last, last_generation
from index.storage.manifest import REJECTED_KEPT, Inputs, Manifest
from index.storage.opened import OpenGeneration, seal
from index.storage.parts import Parts
from index.storage.purge import finish
from index.storage.purged import Purged
from index.storage.rebuild_progress import NullProgress, Progress, recorded
from index.storage.summary import Summary, summarise, unread
from index.storage.vector_server import VectorServer

INCOMING = "incoming.sqlite"


def rebuild(
    index: Path,
    articles: Iterable[Article | Rejected],
    embedder: Embedder,
    *,
    sources: Sequence[str] = (),
    options: Mapping[str, Sequence[str]] | None = None,
    full: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    server: VectorServer | None = None,
    inputs: Callable[[], str | None] = lambda: None,
    cache: ReadCache | None = None,
) -> Summary:
    """Makes the index hold exactly these articles, in a new generation that replaces the old one in one step.

    Args:
        index: The index's folder; created if missing.
        articles: The corpus, streamed; memory does not grow with its text.
        embedder: Embeds what is new; unchanged passages keep their vectors.
        sources: The articles' paths and addresses, for the manifest.
        options: How they were read, for the manifest.
        full: Whether to rebuild everything from scratch.
        strict: Whether to publish nothing if anything is rejected.
        dry_run: Whether only to report what would change.
        progress: Reports progress.
        server: Where the vectors go, unless into the index's folder.
        inputs: A digest of all that the articles are read from. If the last generation's is equal, none is read.
        cache: What the articles are read with; it finds those of the last generation.

    Raises:
        IndexBusy: Another rebuild is running.
        ReadError: There is no article; the index is unchanged.
        IndexUnreachable: The server of the vectors does not answer; the index is left as it was.
        BylineError: The index cannot be written; it is unchanged.
    """
    generations = Generations(index, server)
    progress = progress or NullProgress()
    job = _Rebuild(generations, embedder, tuple(sources), _listed(options or {}), inputs, progress, cache)
    if dry_run:
        return job.compare(articles, full=full)
    with writing(index, "rebuild"), generations.locked(), recorded(index, progress) as shown:
        job = replace(job, progress=shown)
        purged = Purged.read(index)
        if purged.is_unfinished:
            with suppress(IndexDamaged):  # of the generation in use: nothing of it is carried over, so it can go
                finish(generations, purged, job.progress.show)
        summary = job.run(articles, full=full, strict=strict)
        if Purged.read(index).is_unfinished:
            finish(generations, purged, job.progress.show)
        return summary


@dataclass(frozen=True, slots=True)
class _Rebuild:
    generations: Generations
    embedder: Embedder
    sources: tuple[str, ...]
    options: dict[str, list[str]]
    inputs: Callable[[], str | None]
    progress: Progress
    cache: ReadCache | None = None

    @property
    def barred(self) -> frozenset[str]:
        """The ids of articles that are kept out."""
        return Purged.read(self.generations.index).ids

    def compare(self, articles: Iterable[Article | Rejected], *, full: bool) -> Summary:
        """Reports what a rebuild would do."""
        started = monotonic()
        with last_generation(self.generations, self.embedder.name, full=full) as last:
            if summary := self._unread(last, self._digest(), started):
                return summary
            incoming = self._read(Incoming(last.digests, None, self.barred), articles, last)
            return summarise(last, incoming, monotonic() - started)

    def run(self, articles: Iterable[Article | Rejected], *, full: bool, strict: bool) -> Summary:
        """Rebuilds; needs the lock."""
        started, moment = monotonic(), datetime.now(UTC)
        with self.generations.building() as folder, ExitStack() as stack:
            last = stack.enter_context(last_generation(self.generations, self.embedder.name, full=full))
            digest = self._digest()
            if unchanged := self._unread(last, digest, started):
                return unchanged

            def fresh() -> ArticleStore:
                return stack.enter_context(closing(ArticleStore.create(folder / INCOMING)))

            incoming = self._read(Incoming(last.digests if last.open else {}, fresh, self.barred), articles, last)
            summary = summarise(last, incoming, monotonic() - started)
            if (strict and incoming.rejected) or (summary.nothing_changed and self._may_stay(last)):
                return summary
            manifest, embedded = self._write(folder, moment, last.open, incoming)
            stack.close()
            (folder / INCOMING).unlink(missing_ok=True)
            if digest and digest == self._digest():  # nothing was edited meanwhile
                left_out = incoming.duplicates, incoming.superseded, incoming.purged
                manifest = replace(manifest, inputs=Inputs(digest, *left_out))
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
        """Writes all parts but the manifest, which is returned with the number of texts embedded."""
        leaves_no_trace = bool(last and not incoming.barred.isdisjoint(last.store.digests()))
        written = Parts(folder, last, self.progress.show, leaves_no_trace, self.generations.server).write(
            incoming, self.embedder
        )
        manifest = Manifest(
            generation=generation_id(moment, incoming.content),
            embedder=self.embedder.name,
            dimensions=last.manifest.dimensions if last else self.embedder.dimensions,
            splitter=SPLITTER,
            articles=len(incoming.digests),
            passages=written.passages,
            content=incoming.content,
            created=moment.isoformat(timespec="seconds"),
            seconds=0.0,
            sources=self.sources,
            options=self.options,
            rejected=tuple(incoming.rejected[:REJECTED_KEPT]),
            rejected_count=len(incoming.rejected),
            patched=written.patched,
        )
        return manifest, written.embedded

    def _finish(self, folder: Path, manifest: Manifest) -> None:
        """Verifies, publishes, and removes what is no longer needed."""
        self.progress.show("verifying", 0, manifest.passages)
        seal(folder, manifest, self.generations.server)
        self.generations.publish(folder, manifest.generation)
        self.progress.show("verifying", manifest.passages, manifest.passages)
        self.generations.reclaim()

    def _read(self, incoming: Incoming, articles: Iterable[Article | Rejected], last: Last) -> Incoming:
        find = last.open.store.find_by_key if last.open and last.open.store.has_keys else None
        with self.cache.finding(find) if self.cache else nullcontext():
            incoming.read(articles, lambda count: self.progress.show("reading", count, None))
        if not incoming.digests:
            raise ReadError("no article was found; the index is left as it was")
        return incoming

    def _digest(self) -> str | None:
        """A digest of what is read and what of it is kept out; None if unknown."""
        digest = self.inputs()
        return digest and fingerprint(digest, *sorted(self.barred))

    def _unread(self, last: Last, digest: str | None, started: float) -> Summary | None:
        """The summary if nothing has to be read, as the last generation was made of the same."""
        return unread(last, digest, monotonic() - started) if digest and self._may_stay(last) else None

    def _may_stay(self, last: Last) -> bool:
        """Whether the last generation can stay in use, as its articles are the same."""
        if last.open is None:
            return False
        made = last.open.manifest
        return (made.sources, made.options) == (self.sources, self.options)


def _listed(options: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """In the form in which a manifest returns them."""
    return {name: list(values) for name, values in options.items()}
