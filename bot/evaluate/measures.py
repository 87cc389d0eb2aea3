"""From marks to measures, each with a confidence interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evaluate.outcome import Marks, Outcome

Floats = NDArray[np.float64]

RESAMPLES, SEED = 1_000, 0
TAILS = (2.5, 97.5)
"""The percentiles of the interval's ends."""
RANKS = 10


def _within(rank: int) -> Callable[[Marks], float | None]:
    return lambda marks: float(marks.rank is not None and marks.rank <= rank) if marks.located else None


def _reciprocal(marks: Marks) -> float | None:
    if not marks.located:
        return None
    return 1 / marks.rank if marks.rank is not None and marks.rank <= RANKS else 0.0


MEANS: Mapping[str, Callable[[Marks], float | None]] = {
    "article_hit@1": _within(1),
    "article_hit@5": _within(5),
    f"article_hit@{RANKS}": _within(RANKS),
    f"mrr@{RANKS}": _reciprocal,
    "answer_recall@5": lambda marks: marks.recalled,
    "answer_contains": lambda marks: marks.contains,
    "answer_f1": lambda marks: marks.f1,
    "citation_hit": lambda marks: marks.cites_gold,
    "quote_verbatim": lambda marks: marks.verbatim / len(marks.shown) if marks.shown else None,
    "answered_rate": lambda marks: marks.answered if marks.answerable else None,
    "abstained_rate_unanswerable": lambda marks: None if marks.answerable else not marks.answered,
    "correct_when_answered": lambda marks: marks.contains if marks.answered else None,
}
"""The value that each measure is the mean of; None where a question does not count. Quotes count one by one."""
NAMES = (*MEANS, "auroc_answerable")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure over some questions.

    Attributes:
        value: From 0 to 1; None if no question counts.
        interval: Low and high end of the 95% interval; None with the value.
        over: How many questions count.
    """

    value: float | None
    interval: tuple[float, float] | None
    over: int


def measure(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The plain numbers among the measures of `byline evaluate --json`, without intervals."""
    marks = [outcome.marks for outcome in outcomes]
    return {
        "n": len(marks),
        **{name: one.value for name, one in measured(marks, resamples=0).items()},
        "latency_ms": latency(marks),
    }


def measured(marks: Sequence[Marks], resamples: int = RESAMPLES) -> dict[str, Measured]:
    """Each measure by its name; without resamples no intervals."""
    rows = statistics(marks, resampled(len(marks), resamples))
    over = [*(~np.isnan(_values(marks))).sum(0), 0 if np.isnan(rows[0, -1]) else len(marks)]
    return {
        name: Measured(rounded(column[0]), interval(column[1:]), int(count))
        for name, column, count in zip(NAMES, rows.T, over, strict=True)
    }


def resampled(size: int, resamples: int = RESAMPLES) -> Floats:
    """(1 + resamples, size) how often each question counts: once, then as drawn with replacement."""
    drawn = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / max(1, size)), resamples)
    return np.vstack([np.ones(size), drawn])


def statistics(marks: Sequence[Marks], counts: Floats) -> Floats:
    """(len(counts), len(NAMES)) every measure for every row of counts; NaN where no question counts."""
    values = _values(marks)
    weights = (~np.isnan(values)).astype(np.float64)
    weights[:, list(MEANS).index("quote_verbatim")] *= [len(one.shown) for one in marks]
    with np.errstate(invalid="ignore"):
        means = counts @ (np.nan_to_num(values) * weights) / (counts @ weights)
    return np.column_stack([means, _auroc(marks, counts)])


def interval(samples: Floats) -> tuple[float, float] | None:
    """The interval of 95% of the resampled values; None if there are none."""
    known = samples[~np.isnan(samples)]
    if not len(known):
        return None
    low, high = np.percentile(known, TAILS)
    return round(float(low), 4), round(float(high), 4)


def rounded(value: float) -> float | None:
    """To four places; None for NaN."""
    return None if np.isnan(value) else round(float(value), 4)


def latency(marks: Sequence[Marks]) -> dict[str, float]:
    """The median and the 95th percentile of the answers' milliseconds."""
    middle, slow = np.percentile([one.milliseconds for one in marks], [50, 95])
    return {"p50": round(float(middle), 1), "p95": round(float(slow), 1)}


def _values(marks: Sequence[Marks]) -> Floats:
    """(questions, len(MEANS)) each question's values; NaN where it does not count."""
    return np.array([[mean(one) for mean in MEANS.values()] for one in marks], np.float64).reshape(-1, len(MEANS))


def _auroc(marks: Sequence[Marks], counts: Floats) -> Floats:
    """(len(counts),) the chance that an answerable question has more confidence than another; ties count half."""
    confidences = np.array([one.confidence for one in marks])
    answerable = np.array([one.answerable for one in marks], bool)
    high, low = confidences[answerable][:, None], confidences[~answerable]
    wins = (high > low) + (high == low) / 2
    above, below = counts[:, answerable], counts[:, ~answerable]
    with np.errstate(invalid="ignore"):
        chances: Floats = ((above @ wins) * below).sum(1) / (above.sum(1) * below.sum(1))
    return chances
