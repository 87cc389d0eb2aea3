"""What the HTTP API returns, described: the form of `to_json`, for OpenAPI and for programs that generate clients."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = Annotated[list[int], Field(min_length=2, max_length=2, description="[start, end), in characters")]


class Reply(BaseModel):
    """A JSON object of a reply."""

    model_config = ConfigDict(extra="forbid")


class ArticleReference(Reply):
    """Which article something is from."""

    article_id: str = Field(description="For /api/v1/articles/{article_id}.", examples=["3f0c5f0be8a1d2c4"])
    title: str = Field(examples=["Harbour bridge reopens after two years of repairs"])
    url: str | None = Field(examples=["https://example.org/harbour-bridge"])
    source: str | None = Field(description="The outlet.", examples=["The Harbour Post"])
    published: str | None = Field(
        description="A day, or a moment where the outlet states the time.", examples=["2022-05-16"]
    )


class Citation(ArticleReference):
    """The words that a sentence of the answer rests on: `text[start:end]` of the article is `quote`."""

    number: int = Field(ge=1, description="Its mark in the answer's text, [number].")
    updated: str | None = Field(description="The day of the article's last change, where it is another one.")
    quote: str
    start: int
    end: int
    answer: str | None = Field(description="The words of the quote that answer.")


class OtherOutlet(Reply):
    """A near-identical copy of an article."""

    title: str
    url: str | None
    source: str | None


class Passage(ArticleReference):
    """A passage that was considered."""

    updated: str | None
    text: str
    start: int
    end: int
    score: float = Field(description="Higher is better; comparable only within one reply.")
    also_in: list[OtherOutlet]


class NearestQuote(ArticleReference):
    """Words of an article: `text[start:end]` of it is `quote`."""

    updated: str | None
    quote: str
    start: int
    end: int


class Sentence(Reply):
    """A sentence that a language model wrote, and what became of it."""

    text: str
    start: int | None = Field(description="Where it starts in the answer's text; null if it was held back.")
    end: int | None
    numbers: list[int]
    supported: bool
    reason: str = Field(description="What the passages lack, if they do not support it.")
    nearest: NearestQuote | None = Field(
        description="The sentence of an article that comes nearest to an unsupported one."
    )


class Searched(Reply):
    """Where the answer was looked for."""

    since: str | None
    until: str | None
    sources: list[str]


class Count(Reply):
    """Articles, counted."""

    topic: str = Field(description="What they mention; empty for all articles.")
    total: int
    stories: int = Field(description="Copies of one story count once.")
    since: str | None
    until: str | None
    sources: list[str]
    by_month: dict[str, int] = Field(examples=[{"2022-05": 2}])
    by_outlet: dict[str, int] = Field(examples=[{"The Harbour Post": 1, "Northern Courier": 1}])
    first: str | None
    last: str | None
    without_date: int


class CountWithArticles(Count):
    """Articles, counted and listed."""

    articles: list[ArticleReference] = Field(description="Newest first, 200 at most.")


class ExplainedPassage(Reply):
    """A passage with what its score is the sum of."""

    article_id: str
    title: str
    source: str | None
    published: str | None
    start: int
    end: int
    score: float
    parts: dict[str, float]


class Message(Reply):
    """What a language model was given."""

    role: str
    text: str


class HeldBack(Reply):
    """A sentence that is not shown."""

    text: str
    reason: str
    nearest: NearestQuote | None = Field(description="The sentence of an article that comes nearest to it.")


class Tokens(Reply):
    """Tokens of a language model, counted as cl100k_base."""

    input: int = Field(alias="in")
    output: int = Field(alias="out")


class Explanation(Reply):
    """How the answer came about."""

    standalone_question: str
    searched: str
    confidence: float
    needed: float | None = Field(description="The confidence from which on it answers; null where nothing was weighed.")
    weighed: dict[str, float] = Field(
        description="What the confidence was computed from: the reader's best relevance, a logit, and 1 where the best"
        " sentence's article lacks a name or a number of the question; of an overview the share of its topic covered."
    )
    passages: list[ExplainedPassage]
    messages: list[Message]
    reply: str | None
    held_back: list[HeldBack]
    tokens: Tokens
    timings_ms: dict[str, float]


class Coverage(Reply):
    """How far the archive reaches."""

    articles: int
    first: str | None
    last: str | None


class Rewording(Searched):
    """A question near to the one that was asked, which the archive answers."""

    question: str


class Declined(Reply):
    """Why a question is not answered, and what may help."""

    lacking: list[str] = Field(description="Names and codes of the question that no article mentions.")
    outlet: str | None = Field(description="An outlet that it asks for and that has no article here.")
    kin: list[str] = Field(description="Codes like one that is lacking.")
    nearest: list[ArticleReference]
    coverage: Coverage | None
    rewording: Rewording | None


class AnswerReply(Reply):
    """An answer with its sources, or the statement that the archive does not answer."""

    question: str = Field(examples=["When did the harbour bridge reopen?"])
    standalone_question: str = Field(description="The question as it was searched for.")
    asked: str
    searched: Searched
    status: Literal["answered", "abstained"]
    text: str = Field(examples=["Engineers reopened the bridge to traffic on Monday morning. [1]"])
    emphasis: list[Span] = Field(description="Where in the text the words are that answer.")
    marks: list[Span] | None = Field(description="Where in the text its marks are; null if it holds nothing like one.")
    quotes: list[Span] = Field(description="Where in the text its quotes are.")
    notes: list[Span] = Field(description="Where in the text it speaks of the search and of its sources.")
    shape: Literal["fact", "timeline", "latest"]
    declined: Declined | None = Field(description="Why it abstains; null if it answers.")
    citations: list[Citation] = Field(description="What the marks refer to.")
    sentences: list[Sentence] = Field(description="What a language model wrote; empty where none is set.")
    passages: list[Passage] = Field(description="What was considered, best first.")
    confidence: float = Field(ge=0, le=1)
    answerer: Literal["extractive", "llm"]
    model: str | None
    generation: str | None = Field(description="The build of the index that was asked.")
    timings_ms: dict[str, float]
    count: CountWithArticles | None = Field(None, description="For a question about the archive itself.")
    explanation: Explanation | None = Field(None, description="Where it is asked for.")


class SearchReply(Reply):
    """Passages that bear on a query."""

    passages: list[Passage]
    next: str | None = Field(description="The address of the next page, relative to this one; null on the last.")


class ArticleReply(ArticleReference):
    """An article as it was indexed."""

    updated: str | None
    authors: list[str]
    text: str


class StatusReply(Reply):
    """What is served."""

    version: str = Field(description="Of Byline.")
    generation: str = Field(description="The build of the index in use.")
    created: str = Field(description="When that was built, in UTC.")
    age_seconds: int = Field(ge=0)
    articles: int
    passages: int
    first: str | None = Field(description="The first day of publication.")
    last: str | None
    answerer: Literal["extractive", "llm"]


class ProblemReply(BaseModel):
    """An error: RFC 9457 problem details."""

    type: str = Field("about:blank")
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(description="What is wrong and what to do.", examples=["question: Field required"])
    request_id: str | None = Field(None, description="For the people who run the server: it is in their log.")
