"""What a question about the archive itself asks to count, and how."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby, pairwise
from typing import Literal

from bot.question.phrases import carries_meaning, phrases
from index.question import Question
from index.search.outlets import COMMON, outlets_called, outlets_in, plain_name
from index.search.topic import Topic
from index.split import Span
from index.time.period import period_of_articles

Asks = Literal["count", "outlets", "list", "first", "last", "months"]

_ARTICLE = (
    r"(?:articles?|stor(?:y|ies)|reports?|pieces?|items?|texts?|documents?|posts?|headlines?|coverage|reporting"
    r"|editorials?|op-eds?|opinion|columns?|interviews?|hits|results|links)"
)
_OUTLET = r"(?:outlets?|sources?|(?:news)?papers?|media|magazines?|publications?|publishers?|sites?|broadcasters?)"
_TELLS = (
    r"(?:mention(?:s|ed|ing)?|cover(?:s|ed|ing)?|cit(?:es?|ed|ing)|quot(?:es?|ed|ing)|contain(?:s|ed|ing)?"
    r"|discuss(?:es|ed|ing)?|featur(?:es?|ed|ing)|nam(?:es|ed|ing)|tagged"
    r"|(?:refer(?:s|red|ring)?|allud(?:es?|ed|ing)) to"
    r"|deal(?:s|t|ing)? with)"
)
_WRITES = r"(?:writ(?:es?|ing|ten)|wrote|report(?:s|ed)?|publish(?:es|ed)?|r[au]n|appear(?:s|ed)?)"

_OF_IT = (
    rf"{_ARTICLE}|{_OUTLET}|{_TELLS}|{_WRITES}|press|journalists?|reporters?|authors?"
    r"|archives?|index|database|corpus|collection|frequency"
)
"""Words that a question about an archive has, and others seldom."""

_QUOTED = re.compile(r"\b([A-Z]{1,3}&[A-Z]{1,3})\b|\"([^\"]+)\"|“([^”]+)”|‘([^’]+)’(?!\w)|(?<!\w)'([^']+)'(?!\w)")
_CUE = re.compile(
    rf"\b(?:{_TELLS}|about|on|regarding|concerning|hits for"
    rf"|(?:number|count|frequency|mentions?|all|{_ARTICLE}) of|when it comes to)\b",
    re.IGNORECASE,
)
"""The topic of the articles follows it."""
_ASIDE = re.compile(
    r"\b(?:(?:in|from|of|within|across|here) (?:the|your|our|this|its|my) (?:\w+ )?"
    r"(?:archives?|index|database|corpus|collection|library)"
    rf"|(?:by|per|for each|each|every) (?:month|week|year|day|{_OUTLET})"
    r"|(?:month|week|year|day) by (?:month|week|year|day)|over time"
    r"|(?:is|are|was|were) there|(?:comes?|coming|came) up|how far back|a lot|at all|in total|so far|in (?:here|there)"
    r"|(?:do|does|did|have|has|can|could|would|will) (?:you|we|they|i|the archive)\b"
    rf"(?: please)?(?: (?:have|got|give|show|tell|list|find|first|last|{_WRITES}|{_TELLS}))*"
    r"|most (?:often )?(?:common|mentioned|quoted|covered|used) \w+"
    r"|(?:which|what) (?:topics?|subjects?|themes?)"
    r"|(?:look|search)(?:ing)? for"
    r"|the (?:words?|names?|terms?|phrases?)(?= \S))\b",
    re.IGNORECASE,
)
"""Words around the request that are not part of the topic."""
_IDLE = re.compile(
    rf"{_OF_IT}|everything|anything|something|number|nubmer|counts?|total"
    r"|times?|dates?|often|mny|first|last|earliest|latest|oldest|newest|recent|most|least|months?|monthly|years?|weeks?"
    r"|days?|lot|lists?|show|find|give|open|search|display|look|want|need|like|see|get|got|have|belong|far|back|said|read"
    r"|different|trend|wrote|used|each|per|piece",
    re.IGNORECASE,
)
"""Words of the request; the rest of a question is its topic."""
_CLOSING = re.compile(
    rf"{_TELLS}|(?!reports?\Z){_WRITES}|most|least|often|first|last|lately|recently|times|dates?|lot|yet|overall|altogether|each|got"
    r"|monthly|earliest|latest|oldest|newest|recent",
    re.IGNORECASE,
)
"""Those that may follow a topic."""
_VERB = re.compile(
    rf"{_TELLS}|written|published|wrote|appeared|since|until|till|during|between|either|both", re.IGNORECASE
)
"""Those that are never part of a topic."""
_RANKING = re.compile(
    r"\bmost (?:often )?(?:common|mentioned|quoted|covered|used)\b|\b(?:topics?|subjects?|themes?|words|people) "
    r"|\bwho (?:is|was|are|were) (?:mentioned|quoted)",
    re.IGNORECASE,
)
"""Asks for the topic that is mentioned, instead of giving one."""
_END = re.compile(r"[.?!;]\s|,?\s+and\s+(?:how|when|which|what|who)\b|,\s+how\b", re.IGNORECASE)
"""The end of what follows such a word."""
_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OR = re.compile(r"\b(?:or|and/or)\b|,", re.IGNORECASE)
"""Separates topics any of which may be mentioned, where one of these is "or"."""
_OPERATOR = re.compile(r"(?<=[\w\"”] )(?:OR|AND|NOT)(?= [\w\"“])")
"""Between two topics, as a search engine has it; a place's "Portland, OR" is none."""
_TOGETHER = re.compile(r"(?:['’]s?)?[\s\-]+(?:(?:of|the|an?)\s+)*")
"""What may be between the parts of one such topic."""
_WITHOUT = re.compile(
    r"(?:\b(?:and|but)|,) not\b(?! only\b)|\bnot (?:by|from)\b"
    r"|\bbut without\b|\bwithout(?= +(?:any |the )?(?:mention|word)|  | [A-Z])"
    r"|\b(?:nor|neither|except|excluding|other than|no mention)\b"
    rf"|\b(?:do|does|did)(?: not|n['’]t)(?= {_TELLS}\b)"
)
"""Leaves articles out. "Ukraine is not in NATO" is a topic."""
MOST_ALTERNATIVES = 8
"""The most topics joined by "or": each is looked for in the archive."""
_MORE = re.compile(r"\b(?:more|less|fewer)\b(?! than\b)", re.IGNORECASE)
"""Compares topics."""

_MONTHS = re.compile(
    rf"\b(?:(?:by|per|each|every|{_ARTICLE} an?) (?:month|week|year|day)|monthly"
    r"|(?:month|week|year|day) by|over time|trend)\b",
    re.IGNORECASE,
)
_OUTLETS = re.compile(
    rf"\b(?:(?:which|what|whose|how many|list|by|per|each)(?: \w+)? {_OUTLET}\b(?! (?:is|was) that)"
    rf"|(?:who|where) (?:{_WRITES}|{_TELLS}|has written|has reported)\b.*\bmost\b)",
    re.IGNORECASE,
)
_ALONE = r"(?= ones?\b| (?:do |have )?(?:you|we)\b| (?:in|of|on|about|from|that|which|by)\b|\W*\Z)"
"""After an adjective without a noun: "which article is the oldest", "the newest one"."""
_FIRST = re.compile(
    rf"\b(?:first (?:\w+ )?(?:{_ARTICLE}|{_TELLS}|{_WRITES}|mention|time)|(?:{_WRITES}|{_TELLS})\b.*\bfirst\W*\Z"
    rf"|first\W*\Z|(?:oldest|earliest)(?: (?:\w+ )?{_ARTICLE}|{_ALONE})|since when|how far back|from when)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"\b(?:(?:last|newest|latest|most recent) (?:\w+ )?(?:{_ARTICLE}|{_TELLS}|{_WRITES}|mention|time)"
    rf"|(?:newest|most recent){_ALONE}|(?:(?<!at )last|(?<!at the )latest)\W*\Z)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:how (?:many|much|often|mny|frequently)|(?:number|nubmer|count|frequency|total|amount) |article count"
    r"|(?<!what )have (?:we|you|they))\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"\b(?:lists?|show|find|give|open|search|display|links|all|every|any(?:thing)?|everything"
    rf"|(?:which|what)(?: of (?:the|our|your))? {_ARTICLE}|what (?:have|has|do|does|did)"
    rf"|{_ARTICLE} (?:about|on|from))\b",
    re.IGNORECASE,
)

_OUTRIGHT = re.compile(
    r"\W*(?:have (?:you|we) (?:got )?any(?:thing| articles?) (?:on|about)\b"
    r"|(?:are|were) there any articles? (?:on|about)\b"
    rf"|how many {_OUTLET} are (?:there\W*\Z|in (?:the|this|your) archive\b))",
    re.IGNORECASE,
)
_ANEW = re.compile(
    rf"\W*(?:(?:and|but|ok(?:ay)?)\W+)*(?:(?:by|per|for each|each) (?:month|week|year|day|{_OUTLET})"
    rf"|(?:from |in |by )?(?:which|what) {_OUTLET}|(?:list|show)(?: me)? (?:them|these|those)(?: {_ARTICLE})?)\W*",
    re.IGNORECASE,
)
"""Asks for something else of the articles just counted."""
_THAT = re.compile(rf"\b(?:that|which)(?= (?:{_TELLS}|{_WRITES}|are|were|is|was|have|had|has)\b)", re.IGNORECASE)
"""Begins a clause about the articles asked for, whose time is theirs: "articles that mention Halden in May"."""
_OF_ARCHIVE = re.compile(
    rf"\b(?:{_OF_IT}|library|topics?|words?|comes? up|how often|(?:do|have|can) (?:we|you)|you (?:have|got))\b",
    re.IGNORECASE,
)
"""A question about the archive has one of these; without them the probe of kinds is wrong, as on misspelt words."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question.

    Attributes:
        text: Without "'s".
        start: Its place, in characters.
        name: The number of the name that it belongs to; 0 if none.
    """

    text: str
    start: int
    name: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a topic.

    Attributes:
        text: The words.
        start: Their place, in characters.
        end: Its end, exclusive.
        is_phrase: Whether it is a name or a quoted phrase.
    """

    text: str
    start: int
    end: int
    is_phrase: bool


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """What to count.

    Attributes:
        topic: What the articles must mention; empty for all articles.
        asks: What the answer shows besides the number.
        since: The first day, from the question's options or words.
        until: The last day.
        sources: The outlets to count.
        is_unsupported: Whether it combines the words in a way that is not counted: articles without a word, say.
    """

    topic: Topic
    asks: Asks
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    is_unsupported: bool = False


def speaks_of_archive(text: str) -> bool:
    """Whether a question has any word that a question about the archive itself has."""
    return bool(_OF_ARCHIVE.search(text))


def asks_outright(text: str) -> bool:
    """Whether a question is surely about the archive: "have you anything on otters?", "how many outlets are there?"."""
    return bool(_OUTRIGHT.match(text))


def asks_anew(text: str) -> bool:
    """Whether a follow-up asks for something else of the articles just counted: "and by month?", "which outlets?"."""
    return bool(_ANEW.fullmatch(text))


def archive_request(
    question: Question, outlets: Iterable[str | None] = (), varies: Sequence[str] = ()
) -> ArchiveRequest | None:
    """Parses a question that is known to be about the archive.

    Every period in the question is a limit here: articles are counted by their own day.

    Args:
        question: Options that are set are kept.
        outlets: Those of the archive, to recognise the ones that the question names.
        varies: Earlier questions that this one varies, oldest first; it keeps what it does not replace.

    Returns:
        None if the question asks for the most mentioned topic or person: that is not counted.
    """
    known = list(dict.fromkeys(outlet for outlet in outlets if outlet))
    requests = [_request(replace(question, text=text), known) for text in (*varies, question.text)]
    first, *others = requests
    return reduce(lambda before, request: before and request and _completed(before, request, known), others, first)


def _request(question: Question, known: Sequence[str]) -> ArchiveRequest | None:
    text = _OPERATOR.sub(lambda word: word[0].lower(), " ".join(question.text.split()))
    dated = _blanked(text, [that.span() for that in _THAT.finditer(text)])
    period = None if question.since or question.until else period_of_articles(replace(question, text=dated))
    if period:
        question = replace(question, since=period.since, until=period.until)
    named = {} if question.sources else _sources(text, known)
    quotes = list(_QUOTED.finditer(text))
    plain = _blanked(text, [*(quote.span() for quote in quotes), *named.values()])
    topics = _topics(_parts(plain, quotes), plain)
    if (not topics and _RANKING.search(text)) or (len(topics) > 1 and _MORE.search(text)):
        return None
    first, *others = map(_topic, topics or [[]])
    is_together = not others or all(_is_together(topic, text) for topic in topics)
    return ArchiveRequest(
        topic=replace(first, others=tuple(others)),
        asks=_asks(_blanked(text, [quote.span() for quote in quotes])),
        since=question.since,
        until=question.until,
        sources=question.sources or tuple(named),
        is_unsupported=not is_together
        or len(topics) > MOST_ALTERNATIVES
        or bool((topics or named) and _WITHOUT.search(plain)),
    )


def _completed(before: ArchiveRequest, request: ArchiveRequest, known: Sequence[str]) -> ArchiveRequest:
    """A request with what it leaves open from the one before."""
    topic, sources = request.topic, request.sources
    parts = () if topic.others else (*topic.phrases, *topic.words)
    if len(parts) == 1 and (named := outlets_called(parts[0], known)) and not _names_outlet(before.topic, known):
        topic, sources = Topic(), named
    has_period = request.since or request.until
    return ArchiveRequest(
        topic=topic or before.topic,
        asks=before.asks if request.asks == "count" else request.asks,
        since=request.since if has_period else before.since,
        until=request.until if has_period else before.until,
        sources=sources or before.sources,
        is_unsupported=request.is_unsupported or (before.is_unsupported and not topic),
    )


def _names_outlet(topic: Topic, known: Sequence[str]) -> bool:
    """Whether a topic is an outlet, so that another outlet is another topic."""
    return any(outlets_called(part, known) for part in (*topic.phrases, *topic.words))


def _asks(text: str) -> Asks:
    forms: dict[Asks, re.Pattern[str]] = {
        "first": _FIRST, "last": _LAST, "months": _MONTHS, "outlets": _OUTLETS, "count": _COUNT, "list": _LIST,
    }  # fmt: skip
    return next((asks for asks, form in forms.items() if form.search(text)), "count")


def _sources(text: str, known: Sequence[str]) -> dict[str, Span]:
    """The outlets that a question names as its source, with their spans."""
    certain = set(outlets_in(text, known))
    found: dict[str, Span] = {}
    for outlet in known:
        name = re.escape(plain_name(outlet))
        article = r"the\s+" if COMMON.fullmatch(plain_name(outlet)) else r"(?:the\s+)?"
        led = rf"\b(?:from|by|did|does|has)\s+{article}(?P<name>{name})(?!\w)"
        followed = rf"(?<!\w)(?-i:(?=[A-Z]))(?P<name>{name})\s+{_ARTICLE}\b"
        forms = (rf"(?<!\w)(?P<name>{name})(?!\w)",) if outlet in certain else (led, followed)
        if match := next(filter(None, (re.search(form, text, re.IGNORECASE) for form in forms)), None):
            found[outlet] = match.span("name")
    return found


def _parts(text: str, quotes: Iterable[re.Match[str]]) -> list[_Part]:
    """The quoted phrases, the names and the other words of a question's topic, the quoted ones first."""
    quoted = [(next(filter(None, quote.groups())).strip(), quote.start(), quote.end()) for quote in quotes]
    parts = [_Part(phrase, start, end, True) for phrase, start, end in quoted if phrase]
    for name, run in groupby(_topic_words(text), lambda word: word.name):
        words = list(run)
        if name:
            last = words[-1]
            said = " ".join(word.text for word in words)
            parts.append(_Part(said, words[0].start, last.start + len(last.text), True))
        else:
            parts += [_Part(word.text, word.start, word.start + len(word.text), False) for word in words]
    return parts


def _topics(parts: Sequence[_Part], text: str) -> list[list[_Part]]:
    """The parts of each topic that "or" separates from the others: of "A, B or C" each."""
    starts = [part.start for part in parts]
    between = list(_OR.finditer(text, min(starts, default=0), max(starts, default=0)))
    cuts = [cut.start() for cut in between] if any(cut[0] != "," for cut in between) else []
    topics: dict[int, list[_Part]] = {}
    for part in parts:
        topics.setdefault(bisect(cuts, part.start), []).append(part)
    return [topics[place] for place in sorted(topics)]


def _topic(parts: Sequence[_Part]) -> Topic:
    return Topic(
        phrases=tuple(dict.fromkeys(part.text for part in parts if part.is_phrase)),
        words=tuple(dict.fromkeys(part.text for part in parts if not part.is_phrase)),
    )


def _is_together(parts: Sequence[_Part], text: str) -> bool:
    """Whether nothing that has a meaning is between the parts, so that "or" joins them all to the next topic."""
    ordered = sorted(parts, key=lambda part: part.start)
    return all(_TOGETHER.fullmatch(text, one.end, other.start) for one, other in pairwise(ordered))


def _topic_words(text: str) -> list[_Word]:
    """The words after "about" or the like; without one, all words that are not part of the request."""
    kept = _blanked(text, [aside.span() for aside in _ASIDE.finditer(text)])
    words = [word for word in _words(text) if kept[word.start] != " "]
    for cue in _CUE.finditer(kept):
        end = _END.search(kept, cue.end())
        zone = [word for word in words if cue.end() <= word.start < (end.start() if end else len(kept))]
        zone = [word for word in zone if word.name or not _VERB.fullmatch(word.text)]
        while zone and not zone[-1].name and _CLOSING.fullmatch(zone[-1].text):
            zone.pop()
        if zone and not (cue[0].endswith(" of") and _IDLE.fullmatch(zone[0].text)):
            return zone
    return [word for word in words if word.name or not (_IDLE.fullmatch(word.text) or _VERB.fullmatch(word.text))]


def _words(text: str) -> Iterator[_Word]:
    """The words that carry meaning and are no period; the words of a name share its number."""
    number = 0
    for phrase in phrases(text):
        if phrase.sort not in ("name", "word"):
            continue
        number += 1
        for word in _WORD.finditer(text, phrase.start, phrase.start + len(phrase.text)):
            bare = _POSSESSIVE.sub("", word[0])
            if carries_meaning(bare) or phrase.sort == "name":
                yield _Word(bare, word.start(), number if phrase.sort == "name" else 0)
            number += bare != word[0]


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces in place of these spans."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
