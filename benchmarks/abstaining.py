"""How well it is told whether the articles hold the answer, and what each threshold costs and saves.

    python -m benchmarks.abstaining INDEX QUESTIONS

The features are those of bot/answer/evidence.py. They are weighed by logistic regression, in 5 folds, so that no
question is judged by weights it took part in choosing; 20 shuffles are averaged.

The questions that cannot be answered are far from the articles, so a harder set is measured too, and never fitted on:
each answerable question again, with every article taken away that is among its URLs or holds its answer anywhere. Of
some of these an article still tells the answer in other words, so declining them all would be wrong.

The age of the articles is left out on purpose. Where the questions that cannot be answered are all of 2024 and the
articles of 2022, age alone tells them apart perfectly, with AUROC 1.0, and would prove nothing: an archive is asked of
its own time too, and does not hold all of it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import given
from bot.answer import evidence
from bot.answer.evidence import THRESHOLDS
from bot.archive import CONSIDERED, ArchiveBot
from bot.evaluate import Expected, holds
from corpus.article import Article
from index.search.retriever import Retrieval
from index.words import content_words

FOLDS, SHUFFLES = 5, 20
ROBBED_OF = 80
"""Passages that are retrieved so that enough are left when those of the articles with the answer are gone."""
LOOKED_AT = 5
"""Passages in which the question's words are looked for."""
PENALTY = 1.0
"""L2, on features of unit variance."""
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def features(bot: ArchiveBot, questions: Sequence[Expected]) -> Numbers:
    """(questions, 4) the nearest passage's cosine, the highest relevance, the best span, the words covered."""
    rows = []
    for expected in questions:
        text = expected.question.text
        found = bot.retriever.retrieve(expected.question, CONSIDERED)
        read = bot.answerer.read(text, found.passages)
        spans = [sentence.answer.score for sentence in read.sentences if sentence.answer]
        texts = [scored.passage.indexed_text for scored in found.passages[:LOOKED_AT]]
        vector, *vectors = bot.retriever.embedder.embed([text, *texts])
        nearest = max(float(vector @ other) for other in vectors)
        rows.append((nearest, read.relevance, max(spans), coverage(text, found)))
    return np.array(rows)


def robbed(bot: ArchiveBot, expected: Expected) -> float:
    """The highest relevance where no article found is right or holds the answer."""
    found = bot.retriever.retrieve(expected.question, ROBBED_OF).passages
    holding = {scored.passage.article.id for scored in found if is_right(scored.passage.article, expected)}
    left = [scored for scored in found if scored.passage.article.id not in holding]
    return bot.answerer.read(expected.question.text, left[:CONSIDERED]).relevance


def is_right(article: Article, expected: Expected) -> bool:
    """Whether the article is among the right ones, or has an answer in its headline or text."""
    return article.url in expected.urls or holds(f"{article.title}\n{article.text}", expected.answers)


def coverage(question: str, found: Retrieval) -> float:
    """The largest share of the question's content words that stand in one passage or its headline."""
    wanted = content_words(question)
    held = (content_words(scored.passage.indexed_text) for scored in found.passages[:LOOKED_AT])
    return max(len(wanted & words) / max(1, len(wanted)) for words in held)


def fitted(columns: Numbers, answerable: Flags) -> Numbers:
    """(features + 1,) the weights of a logistic regression, its bias last; by Newton's method."""
    middle, spread = columns.mean(0), columns.std(0)
    rows = np.column_stack([(columns - middle) / spread, np.ones(len(columns))])
    penalty = np.diag([*[PENALTY] * len(spread), 0.0])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (sure - answerable) + penalty @ weights
        weights -= np.linalg.solve((rows * (sure * (1 - sure))[:, None]).T @ rows + penalty, slope)
    raw = weights[:-1] / spread
    return np.append(raw, weights[-1] - raw @ middle)


def sureness(columns: Numbers, weights: Numbers) -> Numbers:
    """(questions,) between 0 and 1."""
    return 1 / (1 + np.exp(-(columns @ weights[:-1] + weights[-1])))


def crossed(columns: Numbers, answerable: Flags) -> Numbers:
    """(2,) what `told` says of weights fitted on other questions."""
    random = np.random.default_rng(0)
    shuffles = []
    for _ in range(SHUFFLES):
        fold = random.permutation(len(columns)) % FOLDS
        sure = np.empty(len(columns))
        for part in range(FOLDS):
            here = fold == part
            sure[here] = sureness(columns[here], fitted(columns[~here], answerable[~here]))
        shuffles.append(told(sure, answerable))
    return np.mean(shuffles, axis=0)


def told(sure: Numbers, answerable: Flags) -> tuple[float, float]:
    """How well a number tells what can be answered from what cannot.

    Returns:
        AUROC, and the share declined of what cannot be answered where 80% of the rest is answered.
    """
    gaps = np.subtract.outer(sure[answerable], sure[~answerable])
    declined = sure[~answerable] < np.quantile(sure[answerable], 0.2)
    return float(((gaps > 0) + (gaps == 0) / 2).mean()), float(declined.mean())


def main() -> None:
    """Fits, measures and prints."""
    bot, questions = given(__doc__)
    answerable = np.array([expected.answerable for expected in questions])
    cosine, relevance, span, covered = features(bot, questions).T
    print(f"{answerable.sum()} answerable, {(~answerable).sum()} not\n{'':27}{'AUROC':>8}{'declined at 80%':>18}")
    alone = {"cosine": cosine, "relevance": relevance, "span": span, "coverage": covered}
    for name, column in alone.items():
        print("{:27}{:8.3f}{:18.3f}".format(name, *told(column, answerable)))
    shipped = relevance[:, None]
    joined = {
        "cosine, coverage": np.column_stack([cosine, covered]),
        "all four": np.column_stack([cosine, relevance, span, covered]),
        "all but coverage": np.column_stack([cosine, relevance, span]),
        "cosine, relevance": np.column_stack([cosine, relevance]),
        "shipped: relevance": shipped,
    }
    for name, columns in joined.items():
        print("{:27}{:8.3f}{:18.3f}".format(name, *crossed(columns, answerable)))
    print("fitted:  RELEVANCE_WEIGHT {:.2f}, BIAS {:.2f}".format(*fitted(shipped, answerable)))
    without = np.array([robbed(bot, expected) for expected in questions if expected.answerable])
    both = np.append(relevance[answerable], without)
    print("{:27}{:8.3f}{:18.3f}".format("answers taken away", *told(both, np.arange(len(both)) < len(without))))
    curve(shipped, answerable, without)


def curve(columns: Numbers, answerable: Flags, without: Numbers) -> None:
    """What the shipped weights answer and decline at each threshold."""
    weights = np.array([evidence.RELEVANCE_WEIGHT, evidence.BIAS])
    sure, unsure = sureness(columns, weights), sureness(without[:, None], weights)
    print("shipped: RELEVANCE_WEIGHT {}, BIAS {}".format(*weights))
    cautions = {threshold: caution for caution, threshold in THRESHOLDS.items()}
    print("threshold answered declined  taken away, declined")
    for threshold in sorted({*cautions, *(tenth / 10 for tenth in range(1, 10))}):
        answered, declined = (sure[answerable] >= threshold).mean(), (sure[~answerable] < threshold).mean()
        robbed_declined = (unsure < threshold).mean()
        print(f"{threshold:9.2f}{answered:9.3f}{declined:9.3f}{robbed_declined:10.3f} {cautions.get(threshold, '')}")


if __name__ == "__main__":
    main()
