"""Trains the probe of kinds: `python -m training.kinds BENCH OUT.npz` (bot/question/kinds.npz)."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.question.kind import UNUSUAL, features
from index.search.embed import MiniLM

OWN = Path(__file__).parent / "written"
BY_PASSAGE = 5_000  # questions written for passages that are added
BY_PASSAGE_WEIGHT, BY_KIND_WEIGHT = 0.4, 2.0
RARE = 4  # the least occurrences of a feature
VECTOR_SCALE, WORD_SCALE = 4.0, 0.7  # relative to each other, for one penalty
PENALTY = 0.3  # the inverse of its strength

Labelled = tuple[str, str, float]


def main(bench: Path, out: Path, test: Path | None = None) -> None:
    """Writes the weights; prints their accuracy on `--test`, a questions file of `byline evaluate`."""
    rows = list(_rows(bench))
    counted = Counter(feature for question, _, _ in rows for feature in features(question))
    words = sorted(feature for feature, count in counted.items() if count >= RARE)
    probe = LogisticRegression(C=PENALTY, max_iter=400)
    probe.fit(_matrix([row[0] for row in rows], words), [row[1] for row in rows], [row[2] for row in rows])
    size = MiniLM.dimensions
    np.savez_compressed(
        out,
        kinds=probe.classes_.astype(str),
        words=np.array(words),
        by_vector=(VECTOR_SCALE * probe.coef_[:, :size].T).astype(np.float16),
        by_word=(WORD_SCALE * probe.coef_[:, size:].T).astype(np.float16),
        bias=probe.intercept_.astype(np.float32),
    )
    print(f"{out}: {len(rows)} questions, {len(words)} features, {out.stat().st_size / 1e3:.0f} kB")
    if test:
        _test(probe, words, [json.loads(line) for line in test.open(encoding="utf-8")])


def _rows(bench: Path) -> Iterator[Labelled]:
    written = bench / "written"
    for path in (written / "kinds.jsonl", OWN / "kinds.jsonl"):
        yield from ((one["q"], one["kind"], BY_KIND_WEIGHT) for one in _lines(path))
    by_passage = [
        (one["q"], one["kind"], BY_PASSAGE_WEIGHT)
        for path in (written / "items.jsonl", *sorted(OWN.glob("*_items.jsonl")))
        for one in _lines(path)
        if "q" in one
    ]
    yield from Random(1).sample(by_passage, BY_PASSAGE)
    yield from ((one["q"], "chat", BY_PASSAGE_WEIGHT) for one in _lines(written / "followups.jsonl")
                if one["kind"] == "smalltalk")  # fmt: skip


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _matrix(questions: Sequence[str], words: Sequence[str]) -> csr_matrix:
    places = {word: place for place, word in enumerate(words)}
    found = [(row, places[word]) for row, one in enumerate(questions) for word in features(one) if word in places]
    rows, columns = zip(*found, strict=True)
    held = csr_matrix((np.full(len(found), WORD_SCALE), (rows, columns)), shape=(len(questions), len(words)))
    return hstack([csr_matrix(VECTOR_SCALE * MiniLM().embed(questions)), held]).tocsr()


def _test(probe: LogisticRegression, words: Sequence[str], asked: list[dict[str, str]]) -> None:
    """For questions with a kind: the accuracy of the kind, and of the fact or unusual kind."""
    kept = [one for one in asked if one["kind"] in probe.classes_]
    found: NDArray[np.str_] = probe.predict(_matrix([one["question"] for one in kept], words))
    exact = [one["kind"] == kind for one, kind in zip(kept, found, strict=True)]
    family = [
        one["kind"] == kind or (one["kind"] not in UNUSUAL and kind not in UNUSUAL)
        for one, kind in zip(kept, found, strict=True)
    ]
    print(f"{len(kept)} questions: the kind {np.mean(exact):.3f}, fact or which overview {np.mean(family):.3f}")


if __name__ == "__main__":
    typer.run(main)
