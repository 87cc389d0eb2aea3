"""What a rebuild did, compared with the last generation."""

from collections import Counter
from dataclasses import dataclass

from corpus.article import Rejected
from index.storage.incoming import Incoming
from index.storage.last import Last


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rebuild did, or on a dry run would do. Numbers of articles unless stated otherwise.

    Attributes:
        generation: The generation now in use; None if there is none.
        published: Whether that is new.
        whole: Why nothing of the last generation could be used; None if it was, or there was none.
        articles: In the corpus.
        passages: In the index; None on a dry run that found changes.
        embedded: Texts whose vectors were computed, each once; 0 on a dry run.
        added: New articles.
        changed: Those with the URL, or without a URL the place, of an article of the last generation.
        removed: Those no longer in the corpus.
        unchanged: The rest.
        duplicates: Exact copies.
        superseded: Versions replaced by a newer one of the same URL.
        purged: Articles kept out because they were purged.
        rejected: The rejections.
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
    purged: int
    rejected: tuple[Rejected, ...]
    seconds: float

    @property
    def nothing_changed(self) -> bool:
        """Whether the corpus is what the index already holds."""
        return not (self.added or self.changed or self.removed)


def summarise(last: Last, incoming: Incoming, seconds: float) -> Summary:
    """Compares what was read with the last generation; nothing has been published yet."""
    added, removed = incoming.digests.keys() - last.digests, last.digests.keys() - incoming.digests
    same = sum(last.digests.get(name) == digest for name, digest in incoming.digests.items())
    moved = _moved(last, incoming, added, removed)
    return Summary(
        generation=last.generation,
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
        purged=incoming.purged,
        rejected=tuple(incoming.rejected),
        seconds=seconds,
    )


def unread(last: Last, digest: str, seconds: float) -> Summary | None:
    """The summary if the last generation was made of inputs with this digest, and all its rejections were kept."""
    made = last.open.manifest if last.open else None
    if not made or not made.inputs or made.inputs.digest != digest or made.rejected_count > len(made.rejected):
        return None
    return Summary(
        generation=last.generation,
        published=False,
        whole=None,
        articles=made.articles,
        passages=made.passages,
        embedded=0,
        added=0,
        changed=0,
        removed=0,
        unchanged=made.articles,
        duplicates=made.inputs.duplicates,
        superseded=made.inputs.superseded,
        purged=made.inputs.purged,
        rejected=made.rejected,
        seconds=seconds,
    )


def _moved(last: Last, incoming: Incoming, added: set[str], removed: set[str]) -> int:
    """Articles without URL that took another one's place; their ids depend on their text."""
    if not (last.open and incoming.store):
        return 0
    was, now = last.open.store.origins(removed), incoming.store.origins(added)
    return sum((Counter(was.values()) & Counter(now.values())).values())
