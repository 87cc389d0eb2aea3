"""The shape an answer takes: the one fact, what happened in order of its days, or the sentence that decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from bot.answer.leaning import leans
from bot.answer.sentence import Sentence, apart
from bot.question.phrases import phrases
from corpus.article import Article, instant
from index.split import sentences
from index.words import content_words

Shape = Literal["fact", "timeline", "decision"]

OPENING = 1_000
"""Characters of an article in which its first sentence has to end."""
ALONE = 2
"""The most sentences of an article that is the only one."""
_TELLING = (
    "timeline chronology summary summarise recap overview outline digest rundown update brief events news latest new "
    "unfold develop evolve happen story report development headline"
)
"""Words that ask to be told, whatever of."""
LAST = datetime.max.replace(tzinfo=UTC)

_STATEMENT = re.compile(r"\A[^►•▪]*[^.][.!][”\"’')]*\Z", re.DOTALL)
"""No heading, question or teaser."""
_OF_THE_PAGE = re.compile(
    r"\b(?:click here|(?:our|see|follow) (?:live|latest)|editor['’]s note|this (?:page|story|article|newsletter) "
    r"|newsletter|live updates|latest (?:coverage|updates)|(?:everything )?(?:you|we) (?:need|want) to know"
    r"|good (?:morning|afternoon|evening),|\Aphotos: )",
    re.I,
)
"""It speaks of what can be read where, not of what happened."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_OPENER = re.compile(
    r"(?:\W|(?:and|so|but|also|then|ok(?:ay)?|well|now|please|thanks?|hi|hello|sorry|yes|no)\b(?=\W))*", re.I
)
_ASKING = r"(?=(?:if|whether|who|what|when|where|which|why|how)\b)"
_WRAPPING = re.compile(
    r"(?:(?:can|could|would|will) (?:you|anyone|somebody|someone) (?:please )?|(?:i(?:'d| would) like|i want|i need)"
    r" (?:you )?to )(?=[a-z])"
    rf"|(?:do (?:you|we|they) (?:happen to )?|does (?:anyone|anybody) )know {_ASKING}"
    rf"|is it known {_ASKING}"
    rf"|(?:tell|remind|show|explain to) (?:me|us) {_ASKING}"
    rf"|(?:know|find out|explain|describe) {_ASKING}"
    r"|please ",
    re.I,
)
"""Politeness around what is asked."""
_ASIDE = re.compile(
    r"(?:after|before|in|on|at|during|since|despite|according to|with|when|if|as|following|given|by|from|under"
    r"|among|amid|of|while|until|once)\b[^?,]*(?:, \d{4})?, (?=\w)",
    re.I,
)
"""What stands before the asking: "After the vote, ..."."""
_DECISION = re.compile(
    r"(?!(?-i:Will [A-Z]\w+ \w+[^e]ed\b))"  # somebody called Will
    r"(?:did|do|does|is|are|was|were|am|has|have|had|will|would|can|could|should|shall|must|may|might)(?:n['’]?t)?"
    r"(?: not)? (?!which\b|what\b|who\b|whom\b|of\b|to\b|\d)\w|(?:if|whether) ",
    re.I,
)
_TAG = re.compile(r", (?:did|do|does|is|are|was|were|has|have|had|will|would|can|could)(?:n['’]t)? \w+ ?\?\W*\Z", re.I)
_WHEN = (
    r"(?: so far| lately| recently| today| yesterday| (?:this|last|past|in|on|during|since|over|between|after|before"
    r"|until|from|the (?:last|past|same))\b.*)?\W*\Z"
)
_NEWS = r"(?:news|updates?|developments?|headlines?|stor(?:y|ies))"
_WHATS = r"what(?:['’]s| is| are| was| were)"
_GIVE = r"(?:give|show|get) (?:me|us)"
_ON = r"(?:on|about|in|from|with|regarding|of|for|over|around|at|concerning)\b"
_LISTED = (
    # what happened, what is going on
    r"what(?:['’]s| is| has| have| had| was)?(?: been)?(?: all| else| exactly)* (?:happened|happening|going on|gone on"
    r"|took place|taken place|occurred|went on)\b(?! to be\b)",
    # the latest, what is new
    rf"(?:(?:{_WHATS}|{_GIVE}|any|(?:is|are) there any) )?(?:all )?(?:the |some )?(?:very )?"
    r"(?:latest|most recent|newest|recent|breaking|new|more|further)"
    rf"(?: {_NEWS})?(?: there (?:is|are))?(?: {_ON}|\W*\Z)",
    r"what(?:['’]s| is) new\b(?= (?:on|about|in|with|at|from)\b|\W*\Z)",
    rf"(?:(?:{_WHATS}(?: in)?|(?:is|are) there|{_GIVE}) )?(?:the |any )?(?:main |top |key |big(?:gest)? )?"
    rf"(?:{_NEWS}|events)(?: {_ON}|\W*\Z)",
    rf"(?:what|which) (?:\w+ )?(?:{_NEWS}|events) (?:has|have|had|(?:is|are|was|were) there|took|occurred)\b",
    r"(?:update|brief|fill|catch|bring) (?:me|us) (?:in|up|on)\b",
    # a telling of the whole
    r"(?:summari[sz]e|sum up|recap|outline|retell|chronicle)\b",
    r"(?:(?:give|show|write|make|draw|tell|get|build) (?:(?:me|us) )?|what(?:['’]s| is| was) )?(?:an? |the )?"
    r"(?:(?:short|brief|quick|full|detailed|complete) )?"
    r"(?:timeline|chronology|summary|overview|recap|rundown|digest|(?:course|sequence|chain) of events"
    r"|story (?:of|behind|so far))\b",
    r"(?:tell (?:me|us)|read) (?:more |everything |all )*about\b",
    r"(?:talk|walk) (?:me|us) through\b",
    r"what (?:do (?:we|you) know|is known|can you (?:tell|say)(?: me| us)?|is there to know)\b.*\babout\b",
    # how it went, what somebody did
    rf"how (?:did|has|have|had|was|is|are|do|does|were)\b.*\b(?:unfold(?:ed|ing)?|evolv(?:e|ed|ing)|develop(?:ed|ing)?"
    rf"|play(?:ed|ing)? out|come about|progress(?:ed|ing)?|escalat(?:e|ed|ing)){_WHEN}",
    rf"what (?:did|has|have|had)\b.*\b(?:do|done|been doing|been up to|get up to){_WHEN}",
)
_TIMELINE = re.compile("|".join(f"(?:{one})" for one in _LISTED), re.I)
_ENDS_SO = re.compile(r"\b(?:timeline|chronology)\W*\Z|\bwhat happened\?*\W*\Z", re.I)
_ASKS_ELSE = re.compile(r"(?:\w+ )?(?:who|whom|whose|which|when|where|why|how)\b", re.I)


def shape_of(question: str) -> Shape:
    """The shape that answers a question; what is in quotation marks takes no part, nor what leads up to the asking."""
    asked = _asked(question)
    stripped = _unwrapped(asked)
    if _TIMELINE.match(stripped) or (_ENDS_SO.search(stripped) and not _ASKS_ELSE.match(stripped)):
        return "timeline"
    return "decision" if _DECISION.match(stripped) or _TAG.search(asked) else "fact"


def topic(question: str) -> frozenset[str]:
    """The stems of what a question wants to be told about; none if it names no more than a time: "in March 2024"."""
    named = " ".join(phrase.text for phrase in phrases(question) if phrase.sort in ("name", "word"))
    return frozenset(content_words(named) - content_words(_TELLING))


def timeline(question: str, candidates: Sequence[Sentence], most: int = 6) -> list[Sentence]:
    """The sentences that tell what happened, in order of their articles' days, the undated last.

    One of an article, or two if there is but one; none that says what a better one does. An article's opening tells
    its news, and stands for it where it speaks of what is asked.

    Args:
        question: What is asked.
        candidates: Sentences, those of the best passages first.
        most: The most sentences.
    """
    of_article: dict[Article, list[Sentence]] = {}
    for sentence in candidates:
        of_article.setdefault(sentence.passage.article, []).append(sentence)
    wanted = topic(question)
    tellers = [_teller(wanted, sentences) for sentences in of_article.values()]
    if len(of_article) == 1:
        told, most = [*tellers, *candidates], min(most, ALONE)
    else:
        tellers = [sentence for sentence in tellers if _tells(sentence.text)] or tellers
        told = [one for one in tellers if _spoken_of(wanted, one) or one == _opening(one)] or tellers
    return sorted(islice(apart(told), most), key=_moment)


def _teller(wanted: frozenset[str], good: Sequence[Sentence]) -> Sentence:
    """Which of an article's good sentences tells its news: of those that stand alone the first that says enough."""
    opening = _opening(good[0])
    statements = [sentence for sentence in good if _tells(sentence.text)]
    alone = [*([opening] if opening else ()), *(one for one in statements if not leans(one.text))]
    chosen: Sequence[Sentence] = alone or statements or good
    said = [_spoken_of(wanted, sentence) for sentence in chosen]
    return next(one for one, count in zip(chosen, said, strict=True) if 2 * count >= max(said))


def _tells(text: str) -> bool:
    return bool(_STATEMENT.match(text)) and not _OF_THE_PAGE.search(text)


def _spoken_of(wanted: frozenset[str], sentence: Sentence) -> int:
    """How many of the wanted words a sentence has."""
    return len(wanted & content_words(sentence.text))


def _opening(sentence: Sentence) -> Sentence | None:
    """The first sentence of a sentence's article, if it is a statement that stands alone."""
    text = sentence.passage.article.text[:OPENING]
    start, end = next(iter(sentences(text)), (0, 0))
    if end == OPENING or not _tells(text[start:end]) or leans(text[start:end]):
        return None
    return Sentence(replace(sentence.passage, start=start, end=end), start, end)


def _moment(sentence: Sentence) -> tuple[datetime, int]:
    published = sentence.passage.article.published
    return instant(published) if published else LAST, sentence.start


def _asked(question: str) -> str:
    """The last sentence, in which the asking is done, with what is quoted in it taken out."""
    plain = _QUOTED.sub("it", " ".join(question.split()))
    spans = sentences(plain)
    return plain[slice(*spans[-1])] if spans else ""


def _unwrapped(asked: str) -> str:
    """What is asked without its openers, its politeness and what leads up to it."""

    def cuts() -> Iterator[int]:
        for pattern in (_OPENER, _WRAPPING, _ASIDE):
            yield found.end() if (found := pattern.match(asked)) else 0

    while cut := max(cuts()):
        asked = asked[cut:]
    return asked
