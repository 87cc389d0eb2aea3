"""An evaluation as rows of text, for a terminal and for a report."""

from collections.abc import Iterator, Mapping, Sequence

from bot.commands.terminal import plain
from bot.evaluate.by_kind import KindRow
from bot.evaluate.comparison import Comparison
from bot.evaluate.evaluation import Evaluation
from bot.evaluate.measures import Measured, latency, measured
from bot.evaluate.outcome import Marks

Row = tuple[str, ...]

SHORT = ("article_hit@1", "answer_contains", "answered_rate", "correct_when_answered")
"""The measures shown for each kind of question."""
CHANGES = 20
"""Changed questions listed on a terminal."""


def evaluation_lines(evaluation: Evaluation, comparison: Comparison | None = None) -> Iterator[str]:
    """The whole evaluation for a terminal."""
    yield from aligned(measure_rows(evaluation.overall))
    for groups in (evaluation.kinds, evaluation.times):
        yield ""
        yield from aligned(group_rows(groups))
    if table := evaluation.kind_table:
        yield ""
        yield from aligned([tuple(map(one_line, row)) for row in kind_rows(table)])
    if comparison:
        yield ""
        yield f"compared with the earlier run, over {len(comparison.pairs):,} questions of both:"
        yield from aligned(difference_rows(comparison))
        yield from _changes("was right and is wrong now", comparison.lost)
        yield from _changes("was wrong and is right now", comparison.won)
    yield ""
    yield latency_line(evaluation)


def measure_rows(measures: Mapping[str, Measured]) -> list[Row]:
    """One row per measure."""
    head = ("measure", "value", "95% interval", "questions")
    return [head, *((name, _number(one.value), _interval(one), f"{one.over:,}") for name, one in measures.items())]


def group_rows(groups: Mapping[str, Sequence[Marks]]) -> list[Row]:
    """One row per group of questions."""
    rows: list[Row] = [("questions", "n", *SHORT)]
    for name, marks in groups.items():
        measures = measured(marks)
        cells = (f"{_number(measures[short].value)} {_interval(measures[short])}".strip() for short in SHORT)
        rows.append((name, f"{len(marks):,}", *cells))
    return rows


def kind_rows(table: Mapping[str, KindRow]) -> list[Row]:
    """One row per kind of the questions file, and the totals."""
    rows: list[Row] = [("kind", "n", "right", "first", "emphasised", "wrong", "declined", "sentences")]
    for name, one in table.items():
        shares = [_number(share) for share in (one.right, one.first, one.wrong, one.declined)]
        emphasised = f"{one.emphasised_right}/{one.emphasised}"
        rows.append((name, f"{one.n:,}", *shares[:2], emphasised, *shares[2:], _number(one.sentences, ".2f")))
    return rows


def difference_rows(comparison: Comparison) -> list[Row]:
    """One row per measure; marked where the interval excludes 0."""
    rows: list[Row] = [("measure", "difference", "95% interval", "")]
    for name, one in comparison.differences.items():
        clear = one.interval and (one.interval[0] > 0 or one.interval[1] < 0)
        rows.append((name, _number(one.value, "+.3f"), _interval(one, "+.3f"), "clear" if clear else ""))
    return rows


def latency_line(evaluation: Evaluation) -> str:
    """The latency of the answers in words."""
    timings = latency(evaluation.marks)
    return f"the median answer took {timings['p50']:,} ms, and 95 of 100 took less than {timings['p95']:,} ms"


def aligned(rows: Sequence[Row]) -> Iterator[str]:
    """The rows with aligned cells; numbers are left-aligned too, so that intervals line up."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _changes(heading: str, marks: Sequence[Marks]) -> Iterator[str]:
    if marks:
        yield f"{heading}: {len(marks):,}"
    for one in marks[:CHANGES]:
        yield f"  {one_line(one.id)}: {one_line(one.question)}"
    if len(marks) > CHANGES:
        yield f"  and {len(marks) - CHANGES:,} more; --json names them all"


def one_line(text: str) -> str:
    """Text of a file or an article on one line, harmless to a terminal."""
    return plain(" ".join(text.split()))


def _number(value: float | None, form: str = ".3f") -> str:
    return "-" if value is None else format(value, form)


def _interval(one: Measured, form: str = ".3f") -> str:
    return f"[{one.interval[0]:{form}}, {one.interval[1]:{form}}]" if one.interval else ""
