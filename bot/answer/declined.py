"""What a declined question gets instead of an answer: the reason, the archive's coverage, and next steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.article import Article
from index.passage import article_to_json
from index.question import Question


@dataclass(frozen=True, slots=True)
class Coverage:
    """The period and size of an archive.

    Attributes:
        articles: The number of articles.
        first: The date of the oldest article; None if none has a date.
        last: The date of the newest article.
    """

    articles: int
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, articles: int, days: Iterable[int]) -> "Coverage":
        """From the days of publication as proleptic ordinals, 0 where unknown."""
        known = {int(ordinal) for ordinal in set(days) if ordinal}
        if not known:
            return cls(articles)
        return cls(articles, date.fromordinal(min(known)), date.fromordinal(max(known)))

    def to_json(self) -> dict[str, Any]:
        """The coverage in the form the command line prints and the API returns."""
        return {
            "articles": self.articles,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is not answered, and what may help.

    Attributes:
        lacking: Names and codes of the question that occur in no article, as the question writes them.
        outlet: An outlet that the question asks for and that has no article here; empty if there is none.
        kin: Codes that share the letters of a lacking one, as the nearest articles write them: F-16 for F15.
        nearest: The nearest articles, best first; none where nothing is near.
        coverage: The archive's coverage; None if unknown.
        rewording: A similar question that the archive answers; None if none was found.
    """

    lacking: tuple[str, ...] = ()
    outlet: str = ""
    kin: tuple[str, ...] = ()
    nearest: tuple[Article, ...] = ()
    coverage: Coverage | None = None
    rewording: Question | None = None

    def to_json(self) -> dict[str, Any]:
        """The reasons in the form the command line prints and the API returns."""
        return {
            "lacking": list(self.lacking),
            "outlet": self.outlet or None,
            "kin": list(self.kin),
            "nearest": [article_to_json(article) for article in self.nearest],
            "coverage": self.coverage.to_json() if self.coverage else None,
            "rewording": _question_to_json(self.rewording) if self.rewording else None,
        }


def _question_to_json(question: Question) -> dict[str, Any]:
    return {
        "question": question.text,
        "since": question.since.isoformat() if question.since else None,
        "until": question.until.isoformat() if question.until else None,
        "sources": list(question.sources),
    }
