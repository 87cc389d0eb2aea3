"""Draft questions: a sentence without its number, date or name, where a simple pattern makes that a question.

Few sentences fit. docs/evaluating.md says how many of the drafts made from a real archive were usable as they are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.article import Article
from corpus.calendar_names import CAPITAL_MONTH
from corpus.number_words import TENS, UNITS
from corpus.pronouns import DEMONSTRATIVES, OBJECTS, POSSESSIVES, SUBJECTS, any_of
from index.split import sentences

LONGEST_SENTENCE, LONGEST_QUESTION = 300, 140
"""Characters; longer sentences have clauses that the patterns do not see."""
FEWEST_WORDS, FEWEST_OF_COUNTS = 6, 8
"""A shorter question does not identify its event, even less if it asks how many."""

# The parts of the patterns.
_MONTH = rf"{CAPITAL_MONTH}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
_NO_SUBJECT = (
    r"(?!(?:AP|After|And|As|At|Before|But|By|During|For|From|He|Her|His|If|In|It|Its|On|Once|Or|She|Since|So|That|There"
    r"|They|This|Though|To|Until|What|When|Where|While|With|Yet|You|\w+day|\w+ing)\b)"
)
_SUBJECT = rf"{_NO_SUBJECT}(?P<subject>(?:[\w’'-]+ ){{0,7}}?[\w’'-]+)"
_PERSON = (
    rf"{_NO_SUBJECT}(?!(?:An?|The)\b|\w+-(?:born|backed|endorsed)\b)"
    r"(?P<answer>[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2})"
)
_PROPER = r"[A-Z][\w’'.&-]*(?: (?:(?:of|the|and|for|in|&) ){0,2}[A-Z][\w’'.&-]*)*"
_OFFICE = (
    r"(?:director(?: general)?|(?:vice )?president|CEO|chief executive(?: officer)?|chair(?:man|woman)?|founder|author"
    r"|mayor|governor|head|(?:prime )?minister|secretary[- ]general|head coach|editor(?:[- ]in[- ]chief)?|treasurer"
    r"|commissioner|superintendent)"
)
_ABOUT = r"(?:(?i:at least|more than|about|nearly|around|over|almost|some|an estimated|only|just) )?"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|(?:\d+(?:\.\d+)?|(?i:(?:{'|'.join(TENS)})(?:-[a-z]+)?|{'|'.join(UNITS[:1:-1])}))"
    r"(?: (?:m|b|tr)illion)?)"
)
_NOUN = (
    r"(?P<noun>(?!(?:of|in|to|percent|previous|consecutive)\b)(?:(?!\w+ing )[a-z-]+ ){0,2}"
    r"(?:[a-z-]+(?<!s)s|people|children|men|women)\b)"
)
_COUNTED = rf"{_ABOUT}(?P<answer>{_NUMBER} {_NOUN})"
_REST = r"(?P<rest>.*?)(?=,(?! \d{4}\b)|\.?$)"

_BASE: Mapping[str, str] = {
    "announced": "announce", "arrived": "arrive", "became": "become", "began": "begin", "closed": "close",
    "died": "die", "ended": "end", "invaded": "invade", "joined": "join", "launched": "launch", "opened": "open",
    "resigned": "resign", "retired": "retire", "signed": "sign", "started": "start", "took": "take", "won": "win",
}  # fmt: skip
_BASE_OF_COUNTED: Mapping[str, str] = {
    "arrested": "arrest", "bought": "buy", "built": "build", "carried": "carry", "destroyed": "destroy",
    "displaced": "displace", "drew": "draw", "employed": "employ", "hired": "hire", "injured": "injure",
    "killed": "kill", "lost": "lose", "raised": "raise", "received": "receive", "scored": "score", "sold": "sell",
    "spent": "spend", "took": "take", "won": "win",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form of sentence, and the question made of it.

    Attributes:
        name: Identifies the pattern, so that proposals can vary.
        sentence: With a group `answer`; the others fill the question.
        question: The question, its blanks named like the groups.
    """

    name: str
    sentence: re.Pattern[str]
    question: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a person must still review.

    Attributes:
        pattern: The name of the pattern that made it.
        question: The sentence without the answer.
        answer: The words taken out; they occur once in the article.
        sentence: The sentence they are in, with single spaces.
    """

    pattern: str
    question: str
    answer: str
    sentence: str


PATTERNS = (
    Pattern(
        "who holds an office",
        re.compile(
            rf"{_PERSON}, (?:the )?(?P<rest>(?:(?!an? )[a-z-]+ ){{0,2}}{_OFFICE}(?: and {_OFFICE})? (?:of|for) "
            rf"(?:the )?{_PROPER}), "
        ),
        "Who is the {rest}?",
    ),
    Pattern(
        "how many were",
        re.compile(rf"{_COUNTED} (?P<verb>were|are|have|had|died|attended|voted|took|will|live|work|remain)\b{_REST}"),
        "How many {noun} {verb} {rest}?",
    ),
    Pattern(
        "how many it has",
        re.compile(
            rf"{_SUBJECT} (?P<auxiliary>has|have|will|can|could|had) "
            rf"(?P<verb>(?!(?:about|be|been|had|have|nearly|over) )[a-z]+) "
            rf"{_COUNTED}(?! of\b){_REST}"
        ),
        "How many {noun} {auxiliary} {subject} {verb} {rest}?",
    ),
    Pattern(
        "how many it did",
        re.compile(rf"{_SUBJECT} (?P<past>{'|'.join(_BASE_OF_COUNTED)}) {_COUNTED}{_REST}"),
        "How many {noun} did {subject} {base} {rest}?",
    ),
    Pattern(
        "when it was",
        re.compile(
            rf"{_SUBJECT} (?P<auxiliary>was|were|will|(?:is|are)(?= (?:due|expected|planned|scheduled|set|slated) )) "
            rf"(?P<rest>(?!among )[^,]*?) on (?P<answer>{_DAY})(?=,|\.?$)"
        ),
        "When {auxiliary} {subject} {rest}?",
    ),
    Pattern(
        "when it did",
        re.compile(
            rf"{_SUBJECT} (?P<past>{'|'.join(_BASE)})(?P<rest>[^,]*?) (?:on|in) "
            rf"(?P<answer>(?<=on ){_DAY}|(?<=in )(?:{_MONTH} )?\d{{4}})(?=,|\.?$)"
        ),
        "When did {subject} {base} {rest}?",
    ),
    Pattern(
        "who was chosen",
        re.compile(
            rf"{_PERSON} (?P<verb>(?:was|has been) (?:(?:re-)?elected|named(?! (?:after|for))|appointed|sworn in"
            rf"|nominated|chosen|crowned|sentenced|convicted)|will be the (?:next|new|first))\b{_REST}"
        ),
        "Who {verb} {rest}?",
    ),
    Pattern(
        "who did",
        re.compile(
            rf"{_PERSON} (?P<verb>(?:co-)?founded|wrote|directed|won(?! over)|designed|invented|discovered|became)\b"
            rf"{_REST}"
        ),
        "Who {verb} {rest}?",
    ),
)

_DANGLING = re.compile(
    rf"\b(?:{any_of(SUBJECTS | OBJECTS | POSSESSIVES | DEMONSTRATIVES)}|it|I|we|you|us|our|your|there|here|who|which"
    r"|said|says|told|also|another|others?|former|latter|so|such|not|more|most|same|both|between|respectively|if|when"
    r"|while|because|but|or|although|according|caption|only)\b"
    r"|\bthe (?:area|attack|case|city|company|country|crash|fire|game|group|incident|office|party|protests?|shooting"
    r"|state|storm|team|town)\b(?! [a-z])"
    r"|n['’]t\b|[“”\"()\[\]{}:;—–*]|--|\b(\w+) \1\b",
    re.IGNORECASE,
)
"""Refers outside the question, or shows that a clause was cut."""
_JOINED = re.compile(r"\band (?!chief|CEO)[a-z\d]")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|been?|said|says)\b")
_NAME = re.compile(rf" (?!\w+day\b|{_MONTH}(?: |$))[A-Z][\w’'-]{{2,}}")
_ARTICLES = ("The", "A", "An")


def drafts(article: Article) -> Iterator[Draft]:
    """The questions made of the article's sentences, at most one per sentence."""
    for start, end in sentences(article.text):
        sentence = " ".join(article.text[start:end].split())
        if len(sentence) <= LONGEST_SENTENCE and sentence.isprintable():
            found = (_draft(pattern, sentence, article.text) for pattern in PATTERNS)
            yield from [draft for draft in found if draft][:1]


def _draft(pattern: Pattern, sentence: str, text: str) -> Draft | None:
    found = pattern.sentence.match(sentence)
    if not found or not _fits(found.groupdict(), text):
        return None
    question = pattern.question.format_map(_filled(found.groupdict())).replace(" ?", "?")
    return Draft(pattern.name, question, found["answer"], sentence) if _reads_well(question) else None


def _fits(groups: Mapping[str, str | None], text: str) -> bool:
    """Whether the answer occurs once in the article, and the subject is a plain one that names something."""
    if text.count(groups["answer"] or "") != 1:
        return False
    subject = groups.get("subject")
    if not subject:
        return True
    one_clause = not _VERB.search(subject) and not ("past" in groups and _VERB.search(groups["rest"] or ""))
    return one_clause and _names(subject, text)


def _names(subject: str, text: str) -> bool:
    """Whether it holds a name: "The Mill Bridge", or a word with a capital inside another sentence too.

    Half of a longer name ("Okafor" where the article has "Ines Okafor") is not enough for a reader of the question.
    """
    first, _, rest = subject.partition(" ")
    if first in _ARTICLES:
        return any(word[0].isupper() for word in rest.split())
    word = re.escape(re.sub(r"[’']s?$", "", first))
    if not re.search(rf"\b[a-z]+,? {word}\b", text) or not first[0].isupper():
        return False
    return bool(rest) or not re.search(rf"\b[A-Z][\w’'-]+ {word}\b|\b{word} [A-Z]", text)


def _filled(groups: Mapping[str, str | None]) -> dict[str, str]:
    """The blanks of a question: the verb in its base form, the subject in its form inside a sentence."""
    filled = {name: (words or "").strip() for name, words in groups.items()}
    subject, past = filled.get("subject", ""), filled.get("past", "")
    first, _, rest = subject.partition(" ")
    filled["subject"] = f"{first.lower()} {rest}" if first in _ARTICLES else subject
    filled["base"] = _BASE_OF_COUNTED.get(past) or _BASE.get(past, "")
    return filled


def _reads_well(question: str) -> bool:
    """Whether it has a suitable length, names something and is complete."""
    first, _, rest = question.partition(" ")
    fewest = FEWEST_OF_COUNTS if first == "How" else FEWEST_WORDS
    return (
        len(question) <= LONGEST_QUESTION
        and len(question.split()) >= fewest
        and bool(_NAME.search(rest))
        and not _DANGLING.search(rest)
        and not _JOINED.search(rest)
    )
