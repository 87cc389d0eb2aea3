"""Outlets that a search is to be narrowed to: a name that no article has finds nothing, and is told instead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from corpus.errors import SettingsError
from index.live import LiveIndex
from index.question import Question
from index.retriever import Retrieval, Retriever

LISTED = 3
"""Outlets named in the place of an unknown one."""
LIKENESS = 0.55
"""From 0 to 1: below it, two names are two outlets rather than two spellings."""
LONGEST = 80
"""Characters shown of a name."""


@dataclass(frozen=True, slots=True)
class CheckedRetriever:
    """Searches an index, but not for outlets that it does not have."""

    index: LiveIndex
    retriever: Retriever

    def retrieve(self, question: Question, top_k: int) -> Retrieval:
        """At most top_k passages, best first.

        Raises:
            SettingsError: No article is from an outlet that the question is narrowed to.
        """
        if question.sources:
            with self.index.snapshot() as snapshot:
                check_outlets(question.sources, snapshot.outlets)
        return self.retriever.retrieve(question, top_k)


def check_outlets(named: Sequence[str], outlets: Iterable[str | None]) -> None:
    """Finds each name among the outlets of an archive's articles.

    Raises:
        SettingsError: One is not there; tells those that are like it, or else the largest.
    """
    known: dict[str, str] = {}
    for outlet, _ in Counter(outlet for outlet in outlets if outlet).most_common():
        known.setdefault(_plain_name(outlet), outlet)
    unknown = next((name for name in named if _plain_name(name) not in known), None)
    if unknown is None:
        return
    told = f"No article is from {_cut(unknown)!r}"
    if near := _near(_plain_name(unknown), known):
        raise SettingsError(f"{told}. The nearest outlets: {', '.join(near)}.")
    largest = [_cut(outlet) for outlet in islice(known.values(), LISTED)]
    more = f" and {len(known) - LISTED:,} more" if len(known) > LISTED else ""
    raise SettingsError(f"{told}. Outlets here: {', '.join(largest)}{more}." if largest else f"{told}, or any outlet.")


def _near(name: str, known: dict[str, str]) -> list[str]:
    """Those that hold the name as words or are held by it, then those that are spelled alike."""
    words = set(name.split())
    shared = [plain for plain in known if words and (words <= set(plain.split()) or set(plain.split()) <= words)]
    alike = get_close_matches(name, known, LISTED, LIKENESS)
    return [_cut(known[plain]) for plain in dict.fromkeys([*shared, *alike])][:LISTED]


def _plain_name(outlet: str) -> str:
    """As a search compares names: without case, and without "The" before it."""
    return outlet.strip().casefold().removeprefix("the ")


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
