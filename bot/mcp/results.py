"""The results of the tools: typed, and limited in size."""

from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from bot.answer import Answer, Citation
from corpus.article import Article
from index.passage import ScoredPassage, revised_to_json
from index.search.counting import ArticleCount

LISTED = 20
"""The most articles that a count lists."""
NAMED = 50
"""The most outlets, and the most months, that it breaks down by."""


class ArticleReference(BaseModel):
    """The article that something is from."""

    article_id: str = Field(description="For get_article.")
    title: str
    url: str | None = None
    source: str | None = Field(None, description="The outlet.")
    published: str | None = Field(None, description="The day of publication, or the moment where it is known.")
    updated: str | None = Field(None, description="The day of the last change, where it is another one.")

    @classmethod
    def of(cls, article: Article, **more: Any) -> Self:
        """The reference to an article, with what a subclass adds."""
        stated = {name: _clean(value) for name, value in revised_to_json(article).items()}
        return cls(**stated, **more)


class FoundPassage(ArticleReference):
    """A passage: `text[start:end]` of its article."""

    text: str
    start: int
    end: int
    score: float = Field(description="Higher is better; comparable only within one result.")

    @classmethod
    def found(cls, scored: ScoredPassage) -> Self:
        """A passage as retrieved."""
        passage = scored.passage
        place = {"start": passage.start, "end": passage.end, "score": round(scored.score, 3)}
        return cls.of(passage.article, text=_clean(passage.text), **place)


class SearchResult(BaseModel):
    """Passages that bear on a query, best first; empty if none does."""

    passages: list[FoundPassage]


class Quote(ArticleReference):
    """The exact words that a sentence of an answer rests on: `text[start:end]` of its article."""

    number: int = Field(description="Its mark in the answer's text: [number].")
    quote: str
    start: int
    end: int

    @classmethod
    def cited(cls, citation: Citation) -> Self:
        """A citation of an answer."""
        place = {"start": citation.start, "end": citation.end}
        return cls.of(citation.passage.article, number=citation.number, quote=_clean(citation.quote), **place)


class AskResult(BaseModel):
    """An answer whose every sentence is cited, or an abstention."""

    status: Literal["answered", "abstained"] = Field(description="abstained: the archive does not answer this.")
    text: str = Field(description="With marks such as [1] behind its sentences.")
    citations: list[Quote]
    confidence: float = Field(description="How likely it is, from 0 to 1, that the archive answers.")

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The result of a question."""
        return cls(
            status=answer.status,
            text=_clean(answer.text),
            citations=[Quote.cited(citation) for citation in answer.citations],
            confidence=round(answer.confidence, 3),
        )


class ArticleResult(ArticleReference):
    """An article, or part of a long one."""

    authors: list[str]
    text: str
    start: int = Field(description="Where this part starts in the article's text, in characters.")
    length: int = Field(description="Of the whole text, in characters.")
    next_start: int | None = Field(description="Where to go on reading; null at the end.")

    @classmethod
    def part(cls, article: Article, start: int, most: int) -> Self:
        """The part from an offset on, of at most so many characters."""
        end = start + most
        return cls.of(
            article,
            authors=[_clean(author) for author in article.authors[:LISTED]],
            text=_clean(article.text[start:end]),
            start=start,
            length=len(article.text),
            next_start=end if end < len(article.text) else None,
        )


class CountResult(BaseModel):
    """How many articles mention a topic; exact."""

    topic: str = Field(description="What was counted; empty for all articles.")
    total: int
    stories: int = Field(description="The same, copies of one story counted once.")
    since: str | None
    until: str | None
    sources: list[str]
    by_month: dict[str, int] = Field(description="The last months that have any, by year and month.")
    by_outlet: dict[str, int] = Field(description="The outlets with the most articles.")
    first: str | None = Field(description="The earliest day of publication.")
    last: str | None = Field(description="The latest.")
    articles: list[ArticleReference] = Field(description="The newest of them.")

    @classmethod
    def of(cls, count: ArticleCount) -> Self:
        """The result of a count."""
        fields = count.to_json()
        fields["by_month"] = dict(list(fields["by_month"].items())[-NAMED:])
        fields["by_outlet"] = {_clean(name): number for name, number in list(fields["by_outlet"].items())[:NAMED]}
        fields["articles"] = [ArticleReference.of(article) for article in count.articles[:LISTED]]
        return cls(**fields)


def _clean(text: Any) -> Any:
    """Without lone surrogates, which cannot be encoded."""
    return text.encode("utf-8", "replace").decode("utf-8") if isinstance(text, str) else text
