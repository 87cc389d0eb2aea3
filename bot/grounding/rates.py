"""Rates: a number per week or per year is neither a number per month nor a total."""

from collections.abc import Iterator

from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.note import Note

_OFTEN = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
SPANS = frozenset({"hour", "day", "night", "week", "fortnight", "month", "quarter", "year"})
_EACH = frozenset({"a", "an", "per", "each", "every"})


def rates(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that rates match only with the same unit of time."""
    best = near.lines[near.best]
    own, theirs = list(_rated(line)), list(_rated(best))
    for span, figure in theirs:
        if figure and line.has(figure) and all(other != span for other, _ in own):
            return reason("each", figure=figure.raw, span=span)
    spans = {span for span, _ in theirs}
    for span, _ in own:
        if spans and span not in spans and span not in best.lows:
            return reason("not_each", span=span)
    return None


def _rated(line: Line) -> Iterator[tuple[str, Token | None]]:
    """Each unit of time with the number before it: "380 euros a year"."""
    for token in line.tokens:
        if token.low in _OFTEN:
            yield _OFTEN[token.low], None
        elif token.low in SPANS and token.place and line.tokens[token.place - 1].low in _EACH:
            before = [t for t in line.tokens[max(0, token.place - 4) : token.place - 1] if t.sort != "idle"]
            figures = [t for t in before if t.sort == "figure" and not t.dated]
            if figures or line.tokens[token.place - 1].low != "a":
                yield token.low, figures[-1] if figures else None
