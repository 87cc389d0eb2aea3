"""The unit that is embedded, retrieved and cited."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.article import Article, fingerprint


def article_to_json(article: Article) -> dict[str, str | None]:
    """The article's metadata, in the form the command line prints and the API returns."""
    return {
        "article_id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
    }


def revised_to_json(article: Article) -> dict[str, str | None]:
    """`article_to_json` and the date of the last change, if it is another one."""
    return article_to_json(article) | {"updated": article.revised.isoformat() if article.revised else None}


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article: `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The span's characters, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def indexed_text(self) -> str:
        """The text that is embedded and indexed by words: headline and date, then the span."""
        published = self.article.published
        day = f"{published:%B} {published.day}, {published.year}" if published else ""
        return "\n".join(part for part in (self.article.title, day, self.text) if part)

    @property
    def id(self) -> str:
        """Made from the indexed text, so an unchanged passage keeps its id, and its vector, over rebuilds."""
        return fingerprint(self.article.id, str(self.start), self.indexed_text)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage as retrieved.

    Attributes:
        passage: The span.
        score: Higher is better; comparable only within one retrieval.
        also_in: Near-identical copies of its article in other outlets.
        parts: The terms of the score: "words", "meaning", "day", "article" (of its other passages); empty if unknown.
    """

    passage: Passage
    score: float
    also_in: tuple[Article, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
