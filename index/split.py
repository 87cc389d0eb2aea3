"""From article to passages: exact spans on sentence borders, under a token budget."""

import re
from collections.abc import Iterator

from corpus.article import Article
from index.passage import Passage
from index.tokens import count_tokens

MAX_TOKENS = 220
"""The most tokens of a passage; with headline and date it usually fits the 256 word pieces that MiniLM reads."""

SPLITTER = f"sentences-{MAX_TOKENS}"

Span = tuple[int, int]


def sentences(text: str) -> list[Span]:
    """The text's sentences as spans without surrounding white space, in order; never across a blank line."""
    from sentencex import get_sentence_boundaries

    found = (
        _strip(text, boundary["start_index"], boundary["end_index"]) for boundary in get_sentence_boundaries("en", text)
    )
    return [span for span in found if span[0] < span[1]]


def split(article: Article) -> list[Passage]:
    """The passages of an article, in order.

    Returns:
        Spans that start and end on sentence borders and cover every character that is not white space; none
        over MAX_TOKENS. A single sentence over the budget is cut between words.
    """
    spans = _within_budget(article.text, sentences(article.text))
    return [Passage(article, start, end) for start, end in _join(article.text, spans)]


def _strip(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _within_budget(text: str, spans: list[Span]) -> list[Span]:
    """The spans, those over the budget cut between words, or inside a word that is itself too long."""
    longest = MAX_TOKENS // 4  # a character is at most four bytes, a token at least one

    def words(start: int, end: int) -> Iterator[Span]:
        for found in re.finditer(r"\S+", text[start:end]):
            stop = start + found.end()
            for place in range(start + found.start(), stop, longest):
                yield place, min(place + longest, stop)

    fitting: list[Span] = []
    for (start, end), count in zip(spans, count_tokens([text[a:b] for a, b in spans]), strict=True):
        fitting += [(start, end)] if count <= MAX_TOKENS else _join(text, list(words(start, end)))
    return fitting


def _join(text: str, spans: list[Span]) -> list[Span]:
    """Adjacent spans, joined while they fit the budget together."""
    # Each span is counted with the white space before it, so the counts of adjacent spans add up.
    starts = [0, *(end for _, end in spans)]
    counts = count_tokens([text[start:end] for start, (_, end) in zip(starts, spans, strict=False)])
    groups: list[list[Span]] = []
    held = 0
    for span, count in zip(spans, counts, strict=True):
        if groups and held + count <= MAX_TOKENS:
            groups[-1].append(span)
            held += count
        else:
            groups.append([span])
            held = count
    return [span for group in groups for span in _halved(text, group)]


def _halved(text: str, group: list[Span]) -> list[Span]:
    """The group as one span; halved if it is over the budget after all, as tokens may differ across a border."""
    start, end = group[0][0], group[-1][1]
    if len(group) == 1 or count_tokens([text[start:end]])[0] <= MAX_TOKENS:
        return [(start, end)]
    middle = len(group) // 2
    return _halved(text, group[:middle]) + _halved(text, group[middle:])
