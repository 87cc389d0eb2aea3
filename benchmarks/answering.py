"""How often the best sentences contain an answer, and how well missing answers are detected; fits both sets of weights.

    python -m benchmarks.answering INDEX QUESTIONS [QUESTIONS ...]

The weights of bot/answer/choose.py are those of a softmax over a question's sentences (the likelihood of drawing one
with a gold answer), those of bot/answer/evidence.py of a logistic regression, answerable against unanswerable. The
results of each file use weights fitted on the others; with one file, on itself. Needs byline[training].
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.answer.asked import Asked
from bot.answer.candidates import EVIDENCE, FEATURES, Candidates
from bot.answer.choose import READ, WEIGHTS
from bot.answer.evidence import WEIGHTS as EVIDENCE_WEIGHTS
from bot.archive_bot import CONSIDERED
from bot.create import create_bot
from bot.evaluate import Expected, holds, read_questions
from bot.question.kind import UNUSUAL
from bot.settings import Settings
from training.auroc import auroc

PENALTY = 2e-3
USED = [FEATURES.index(name) for name, weight in WEIGHTS.items() if weight]
EVIDENCE_USED = [EVIDENCE.index(name) for name in EVIDENCE_WEIGHTS]
ANSWERED = (0.94, 0.88, 0.80)
"""Shares of the answerable questions to answer; thresholds are printed for each."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with its sentences.

    Attributes:
        answerable: Whether the archive answers it.
        read: Its sentences.
        right: (sentences,) which contain a gold answer.
    """

    answerable: bool
    read: Candidates
    right: NDArray[np.bool_]


def main() -> None:
    """Prints each file's shares, then the weights fitted on all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, metavar="INDEX")
    parser.add_argument("questions", type=Path, nargs="+", metavar="QUESTIONS")
    named = parser.parse_args()
    files = [_askings(named.index, read_questions(path)) for path in named.questions]
    for place, path in enumerate(named.questions):
        others = [one for other, askings in enumerate(files) if other != place for one in askings] or files[place]
        print(path.name, _judged(files[place], others))
    every = [one for askings in files for one in askings]
    weights = _fit(every)
    print("sentences:", {FEATURES[place]: round(float(weights[place]), 2) for place in USED})
    model, rows, answerable = _weighed(every, weights)
    print("evidence:", dict(zip(EVIDENCE_WEIGHTS, model.coef_[0].round(2), strict=True)), model.intercept_.round(2))
    sure = model.predict_proba(rows)[:, 1]
    for share in ANSWERED:
        threshold = np.quantile(sure[answerable], 1 - share)
        print(f"{share:.2f} answered at {threshold:.2f}: {(sure[~answerable] < threshold).mean():.2f} declined")


def _askings(index: Path, expected: Sequence[Expected]) -> list[Asking]:
    """The sentences of each question for a fact, conversations excluded."""
    bot = create_bot(Settings(index=index))
    askings = []
    for one in expected:
        analysis, *_ = bot.analyst.analyse(one.question)
        if one.history or analysis.kind in UNUSUAL or (one.answerable and not one.answers):
            continue
        found = bot.retriever.retrieve(analysis.question, CONSIDERED)
        asked = Asked.of(analysis.question.text, analysis.kind, found.terms)
        read = bot.answerer.read(asked, found.passages[:READ])
        right = np.array([holds(sentence.text, one.answers) for sentence in read.sentences], bool)
        if read.sentences:
            askings.append(Asking(one.answerable, read, right))
    return askings


def _fit(askings: Sequence[Asking]) -> Matrix:
    """(features,) the weights of the softmax; 0 for unused features."""
    groups = [(one.read.features[:, USED], one.right) for one in askings if one.right.any()]
    scale = np.vstack([features for features, _ in groups]).std(0) + 1e-9
    tensors = [(torch.tensor(features / scale), torch.tensor(right)) for features, right in groups]
    weights = torch.zeros(len(USED), dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=60)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        total = PENALTY * len(tensors) * (weights**2).sum()
        for features, right in tensors:
            scores = features @ weights
            total = total + torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)
        total.backward()
        return total

    optimizer.step(loss)
    fitted = np.zeros(len(FEATURES))
    fitted[USED] = weights.detach().numpy() / scale
    return fitted


def _evidence(asking: Asking, weights: Matrix) -> Matrix:
    """The inputs of the regression."""
    return np.array(asking.read.evidence(asking.read.features @ weights))[EVIDENCE_USED]


def _weighed(askings: Sequence[Asking], weights: Matrix) -> tuple[LogisticRegression, Matrix, NDArray[np.bool_]]:
    rows = np.array([_evidence(one, weights) for one in askings])
    answerable = np.array([one.answerable for one in askings])
    return LogisticRegression(class_weight="balanced").fit(rows, answerable), rows, answerable


def _judged(askings: Sequence[Asking], others: Sequence[Asking]) -> str:
    weights = _fit(others)
    ranked = [one.right[np.argsort(-(one.read.features @ weights))] for one in askings if one.answerable]
    shares = [np.mean([right[:count].any() for right in ranked]) for count in (1, 2, 3)]
    summary = "answer in the first 1, 2, 3: " + " ".join(f"{share:.3f}" for share in shares)
    if all(one.answerable for one in askings):
        return summary
    model, _, _ = _weighed(others, weights)
    sure = model.predict_proba(np.array([_evidence(one, weights) for one in askings]))[:, 1]
    answerable = np.array([one.answerable for one in askings])
    return f"{summary}; AUROC {auroc(sure[answerable], sure[~answerable]):.3f}"


if __name__ == "__main__":
    main()
