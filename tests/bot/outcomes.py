"""Answers held against what was expected, for tests of what is made of them."""

from datetime import date

from bot.answer import Answer, Citation
from bot.evaluate import Expected, Outcome
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question

BRIDGE = Article(
    "Bridge to open", "The Mill Bridge will open on 4 May. It cost £4 million.", "https://example.org/bridge"
)
FERRY = Article("Ferry sinks", "The ferry sank at dawn.", "https://example.org/ferry")


def outcome(
    *articles: Article,
    gold: str = "4 May",
    answerable: bool = True,
    confidence: float = 0.9,
    answered: bool = True,
    text: str = "When does the bridge open?",
    name: str = "q",
) -> Outcome:
    """Asked for the bridge; the first article is quoted whole, all are considered."""
    question = Question(text, date(2025, 3, 1))
    passages = tuple(ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles)
    citations = tuple(Citation(1, scored.passage, 0, scored.passage.end) for scored in passages[:1])
    answer = Answer(question, question.text, "answered", "", citations, passages, confidence=confidence)
    urls = (BRIDGE.url or "",) if answerable else ()
    return Outcome(Expected(name, question, (gold,) if answerable else (), urls, answerable), answer, answered, 12.0)
