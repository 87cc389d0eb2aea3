"""The form in which a browser keeps a conversation, with the limits that hold for what comes back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.answer import Shape, Status
from bot.answer.declined import Coverage
from bot.question.limits import QUESTION_LIMIT

MOST_EXCHANGES = 50
"""Of a longer conversation the last are kept."""
MOST_COPIES = 20
LONGEST_LINE = 2_000
_Line = Annotated[str, Field(max_length=LONGEST_LINE)]
_Text = Annotated[str, Field(max_length=40_000)]
_Excerpt = Annotated[str, Field(max_length=400_000)]
_Place = Annotated[int, Field(ge=0, le=10_000_000)]
_Lines = Annotated[tuple[_Line, ...], Field(max_length=50)]
_Spans = Annotated[tuple[tuple[_Place, _Place], ...], Field(max_length=200)]
_Amount = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
_Amounts = Annotated[dict[Annotated[str, Field(max_length=40)], _Amount], Field(max_length=20)]
_Day = Annotated[date | datetime, Field(union_mode="left_to_right")]


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """The part of an article that a reply shows: its text from `place` on."""

    id: _Line
    title: _Line
    text: _Excerpt
    place: _Place
    url: _Line | None = None
    source: _Line | None = None
    published: _Day | None = None
    updated: _Day | None = None


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A citation; `article` is an id."""

    number: Annotated[int, Field(ge=1, le=999)]
    article: _Line
    start: _Place
    end: _Place
    answer_start: _Place | None = None
    answer_end: _Place | None = None


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage with its score and what that is the sum of, and the ids of its article and of the copies of that."""

    article: _Line
    start: _Place
    end: _Place
    also_in: Annotated[tuple[_Line, ...], Field(max_length=MOST_COPIES)] = ()
    score: _Amount = 0.0
    parts: _Amounts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as put or as searched for."""

    text: Annotated[str, Field(min_length=1, max_length=QUESTION_LIMIT)]
    asked: _Day
    since: date | None = None
    until: date | None = None
    sources: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=50)] = ()
    plain: _Lines = ()


@dataclass(frozen=True, slots=True)
class KeptDeclined:
    """Why there is no answer; `nearest` are ids of articles."""

    lacking: _Lines = ()
    outlet: _Line = ""
    kin: _Lines = ()
    nearest: _Lines = ()
    coverage: Coverage | None = None
    rewording: KeptQuestion | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What of an answer is shown."""

    standalone_question: _Text
    status: Status
    text: _Text
    searched: KeptQuestion | None
    generation: _Line | None
    marks: _Spans | None = None
    quotes: _Spans = ()
    notes: _Spans = ()
    shape: Shape = "fact"
    emphasis: _Spans = ()
    articles: Annotated[tuple[KeptArticle, ...], Field(max_length=100)] = ()
    citations: Annotated[tuple[KeptCitation, ...], Field(max_length=100)] = ()
    passages: Annotated[tuple[KeptPassage, ...], Field(max_length=100)] = ()
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    needed: Annotated[float, Field(ge=0, le=1)] | None = None
    answerer: _Line = "extractive"
    model: _Line | None = None
    widened: bool = False
    declined: KeptDeclined | None = None
    timings: _Amounts = field(default_factory=dict)
    said: _Text = ""


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A question and its reply; `link_day` is the day that a link to it carries, for page's scripts."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    question: KeptQuestion
    text: _Text = ""
    notice: _Line = ""
    preface: _Line = ""
    answer: KeptAnswer | None = None
    link_day: _Day | None = None


EXCHANGE = TypeAdapter(KeptExchange)
