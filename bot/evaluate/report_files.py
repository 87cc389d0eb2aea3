"""An evaluation as files: a Markdown report, the outcomes one per line, and the plot."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.answer.evidence import THRESHOLDS
from bot.evaluate.caution import Point, curve, points
from bot.evaluate.comparison import Comparison
from bot.evaluate.evaluation import Evaluation
from bot.evaluate.outcome import Marks
from bot.evaluate.plot import draw
from bot.evaluate.tables import Row, difference_rows, group_rows, kind_rows, latency_line, measure_rows, one_line
from corpus.errors import SettingsError

REPORT, OUTCOMES, PLOT = "report.md", "outcomes.jsonl", "coverage.svg"

LISTED = 20
"""Questions listed under each heading; the outcomes file has all of them."""

WENT_WRONG: tuple[tuple[str, Callable[[Marks], bool]], ...] = (
    ("Answered, but the answer is not in the sentences shown", lambda one: one.answered and one.contains is False),
    ("Declined, though the sentences would have answered", lambda one: not one.answered and bool(one.contains)),
    ("Answered, though the archive cannot answer", lambda one: one.answered and not one.answerable),
    ("The right article is not among those considered", lambda one: one.located and one.rank is None),
)


def report_folder(path: Path) -> Path:
    """The folder, created if missing.

    Raises:
        SettingsError: It cannot be created.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"the report folder {str(path)!r} cannot be made: {error.strerror}; name another"
        ) from error
    return path


def write_report(folder: Path, evaluation: Evaluation, comparison: Comparison | None = None) -> Path:
    """Writes the three files, replacing those of an earlier report.

    Returns:
        The path of the report.

    Raises:
        SettingsError: The folder cannot be written.
    """
    files = {
        OUTCOMES: "".join(json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in evaluation.marks),
        PLOT: draw(curve(evaluation.marks), _settings(evaluation), _chosen(evaluation)),
        REPORT: "\n".join(_markdown(evaluation, comparison)) + "\n",
    }
    for name, text in files.items():
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"the report {str(folder / name)!r} cannot be written: {error.strerror}") from error
    return folder / REPORT


def escaped(text: str) -> str:
    """Text of a file or an article as one line of Markdown without markup."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|&~$:])", r"\\\1", one_line(text))


def _markdown(evaluation: Evaluation, comparison: Comparison | None) -> Iterator[str]:
    yield "# Evaluation\n"
    yield f"{len(evaluation.marks):,} questions, put to the generation {evaluation.generation}. The intervals are of"
    yield "95%, by bootstrap over the questions. What the sentences say is measured as if nothing were declined.\n"
    yield from _table(measure_rows(evaluation.overall))
    yield f"\n{latency_line(evaluation).capitalize()}.\n\n## By kind of question\n"
    yield from _table(group_rows(evaluation.kinds))
    yield ""
    yield from _table(group_rows(evaluation.times))
    if table := evaluation.kind_table:
        yield "\n## By the kinds of the questions file\n"
        yield from _table([(escaped(name), *cells) for name, *cells in kind_rows(table)])
    yield f"\n## What caution costs and saves\n\n![Share answered against share correct]({PLOT})\n"
    yield from _table(_caution_rows(evaluation))
    if comparison:
        yield from _compared(comparison)
    for title, wrong in WENT_WRONG:
        yield from _listed(title, [one for one in evaluation.marks if wrong(one)])


def _compared(comparison: Comparison) -> Iterator[str]:
    yield f"\n## Since the earlier run\n\nOver the {len(comparison.pairs):,} questions of both, now less before.\n"
    yield from _table(difference_rows(comparison))
    yield from _listed("Was right and is wrong now", comparison.lost)
    yield from _listed("Was wrong and is right now", comparison.won)


def _settings(evaluation: Evaluation) -> dict[str, Point]:
    found = points(evaluation.marks, THRESHOLDS.values())
    return dict(zip(THRESHOLDS, found, strict=True)) if found else {}


def _chosen(evaluation: Evaluation) -> str | None:
    return next((name for name, threshold in THRESHOLDS.items() if threshold == evaluation.threshold), None)


def _caution_rows(evaluation: Evaluation) -> list[Row]:
    rows: list[Row] = [("BYLINE_CAUTION", "answered", "correct among answered", "unanswerable declined")]
    for name, point in _settings(evaluation).items():
        used = " (in use)" if name == _chosen(evaluation) else ""
        shares = (point.answered, point.correct, point.declined)
        rows.append((f"{name}{used}", *("-" if share is None else f"{share:.1%}" for share in shares)))
    return rows


def _table(rows: Sequence[Row]) -> Iterator[str]:
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    yield head
    yield "|" + " --- |" * len(rows[0])
    yield from body


def _listed(title: str, marks: Sequence[Marks]) -> Iterator[str]:
    if not marks:
        return
    yield f"\n## {title}: {len(marks):,}\n"
    for one in marks[:LISTED]:
        yield f"- {escaped(one.id)}: {escaped(one.question)}"
        if one.shown:
            yield f"  - “{escaped(one.shown[0])}” ({one.confidence:.2f})"
    if len(marks) > LISTED:
        yield f"\nand {len(marks) - LISTED:,} more in {OUTCOMES}"
