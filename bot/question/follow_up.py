"""Makes a follow-up standalone without a language model: the topics of the last turns are put before it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answer import Turn
from bot.answer.wording import DECLINED, DIFFERING
from bot.question.phrases import ARTICLES, PREPOSITIONS, Phrase, carries_meaning, phrases
from corpus.calendar_names import MONTH
from corpus.pronouns import OBJECTS, ONE_PERSON, POSSESSIVES, SUBJECTS, any_of
from index.question import LONGEST_QUESTION
from index.split import sentences

REACH = 4
"""Turns that a follow-up may refer to."""
MOST_ADDED_WORDS = 30
"""The most words added; the latest turns take precedence."""
FULL = 3
"""A question with a name and so many content words, or with one more and no name, is standalone even after "and"."""
BARE = 2
"""A question without a name and with at most so many content words refers to the conversation: "the ceremony" does;
"in Ukraine" does not, as it may be a name typed without capitals."""
ABOUT = frozenset({"about", "of"})

_OPENER = re.compile(
    r"\W*(?:(?:thanks?(?:\s+you)?|great|yes)\W+)*"
    r"(?:and|but|so|then|also|or|(?:what|how)\s+about|what\s+of|no(?=,)|sorry|i\s+meant?|ok(?:ay)?)\b[\s,:]*(?:then\b)?",
    re.IGNORECASE,
)
_PERSON_PRONOUN = re.compile(rf"\b(?:{any_of(ONE_PERSON)})\b", re.IGNORECASE)
_SOMETHING = re.compile(
    rf"\b(?:{any_of(ONE_PERSON | SUBJECTS | OBJECTS | POSSESSIVES)}|theirs|it|former|latter|else|these|those"
    r"|this(?!\s+(?:week|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter|weekend)\b)"
    r"|(?:about|after|before|of|why|was|is|did|does|do|by|say|said|says|like)\s+that|that(?=\W*\Z)"
    r"|(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)there(?!\s+(?:is|are|was|were|be)\b)"
    r"|then(?=\W*\Z)|the\s+same|which\s+ones?|others?(?=\W*\Z)|another(?=\W*\Z))\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(r"\bit\s+(?:true|possible|likely|legal|safe)(?:\s+that)?\b|\bis\s+it\s+that\b", re.I)
_DANGLING = re.compile(
    r"\b(?:say|said|think|react|respond|reply|answer|comment|mean|happen(?:ed)?)\W*\Z", re.IGNORECASE
)
"""Asks what a person said, without saying about what: "What did Macron say?"."""
_NAMING = re.compile(r"\b(?:who|whom|whose|which|where|named?|called|what\s+(?:country|city|company|party))\b", re.I)
_WHO_IS = re.compile(r"\bwho(?:['’]s|\s+(?:is|was))\s+", re.IGNORECASE)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_ALONE = re.compile(rf"(?:{_DAY}\s+(?:of\s+)?)?{MONTH}(?:\s+{_DAY})?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_LEAD_IN = re.compile(
    r"\A(?:[^:\n“]{0,80}[iI]n “[^\n]{1,160}?”:\s+|[^:\n]{1,80}:\s+)?(?:[^()\n]{0,40}\([^()\n]{1,40}\)\s*[-–—]\s+)?"
)
"""Outlet, date and headline, and the dateline of a dispatch: "MOSCOW, Aug 19 (Reuters) - "."""
_MARK = re.compile(r"\s*\[\d+\]")
_INTERROGATIVE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_ADDRESSING = re.compile(r"\b(?:you|your|yours|yourself|u|ur)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    rf"\b(?P<whose>{any_of(POSSESSIVES - OBJECTS)}|her(?=\s+\w))\b"
    rf"|\b(?P<who>{any_of(SUBJECTS | OBJECTS)}|it|there|that)\b",
    re.IGNORECASE,
)


def condense(question: str, history: Sequence[Turn], *, certain: bool = False) -> str:
    """The question with the names, times and other words it depends on put before it; unchanged if there are none.

    The question itself comes last, as typed: "Kremlin send troops, Belarus. And what did Macron say?" A month without a
    year is of the year that was spoken of: "Mariupol. And in May 2022?"

    Args:
        question: As typed.
        history: The turns before it.
        certain: Whether it is known to be a follow-up; else its words decide.
    """
    added = _within(MOST_ADDED_WORDS, _carried(question, history[-REACH:], certain=certain))
    return f"{_listed(added)}. {of_that_year(question, history[-REACH:])}" if added else question


def of_that_year(question: str, history: Sequence[Turn]) -> str:
    """The question with the year that the conversation last named, after a month that it names without one."""
    times = [phrase.text for turn in history for phrase in phrases(turn.question) if phrase.sort == "time"]
    year = _YEAR.search(times[-1]) if times else None
    months = [one for one in phrases(question) if one.sort == "time" and _MONTH_ALONE.fullmatch(one.text)]
    if not year or not months or _YEAR.search(question):
        return question
    end = months[-1].start + len(months[-1].text)
    return f"{question[:end]} {year[0]}{question[end:]}"


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question with a name in place of its first pronoun; empty if it has no pronoun, or no name is known for it.

    "She" becomes a person, "there" a place, and "it" no person. A name in the last answer comes before one in the last
    question.
    """
    pronoun = _PRONOUN.search(question)
    if not pronoun or not history or len(question) > LONGEST_QUESTION:
        return ""
    last = history[-1]
    own = [phrase for phrase in phrases(last.question) if phrase.sort == "name"]
    names = [*_answered(last.answer), *own]
    if _asks_who_is(last.question, own):
        names = [*own, *names]
    meant = _names_for(pronoun[0], names) or _carried_for(pronoun[0], _carried(question, history[-REACH:]))
    if not meant:
        return ""
    owner = "'s" if pronoun["whose"] else ""
    return f"{question[: pronoun.start()]}{meant[0].text}{owner}{question[pronoun.end() :]}"


def with_last_turn(question: str, history: Sequence[Turn]) -> str:
    """The question behind the last one and the first sentence of its answer."""
    last = history[-1]
    said = _said(last.answer)
    first = next((said[start:end] for start, end in sentences(said)), "")
    return f"{last.question} {first} {question}"


def _names_for(pronoun: str, names: Sequence[Phrase]) -> Sequence[Phrase]:
    """The names that a pronoun may refer to, likeliest first."""
    if _PERSON_PRONOUN.fullmatch(pronoun):
        return [name for name in names if name.person] or names
    if pronoun.lower() == "there":
        return [name for name in names if name.placed] or names
    return [name for name in names if not name.person]


def _carried_for(pronoun: str, carried: Sequence[Phrase]) -> Sequence[Phrase]:
    """What a pronoun without such a name may refer to, likeliest first."""
    if _PERSON_PRONOUN.fullmatch(pronoun):
        return [phrase for phrase in carried if phrase.sort == "name"]
    if pronoun.lower() == "there":
        return []
    return [phrase for phrase in carried if phrase.sort in ("name", "word")][-2:]


def may_refer_back(question: str) -> bool:
    """Whether a question that says enough to be searched for may still ask about the turn before: "the score"."""
    own = _own_phrases(question)
    named = any(phrase.sort == "name" for phrase in own)
    return not named and any(phrase.definite for phrase in own) and len(_content_words(own)) <= FULL


def only_replaces(question: str) -> bool:
    """Whether a question only puts something in place of a part of the one before: "And about Poland or Hungary?"."""
    return len(question) <= LONGEST_QUESTION and _swaps(question, _own_phrases(question), ABOUT | {"and", "or"})


def asks_something(question: str) -> bool:
    """Whether a question has a question word and is not about the bot: "of what?", but not "what can you do?"."""
    return bool(_INTERROGATIVE.search(question)) and not _ADDRESSING.search(question)


def _carried(question: str, history: Sequence[Turn], *, certain: bool = False) -> list[Phrase]:
    """What a question takes over from the turns before it, which take over from theirs."""
    if not history or len(question) > LONGEST_QUESTION:
        return []
    *earlier, last = history
    before = [*_carried(last.question, earlier), *phrases(last.question)]
    own = _own_phrases(question)
    if not certain and not _is_follow_up(question, own, before):
        return []
    return list(_kept([*before, *_name_in_answer(question, own, last, before)], question, own))


def _own_phrases(question: str) -> list[Phrase]:
    """What a question says itself, without the words that ask."""
    return [phrase for phrase in phrases(question) if phrase.sort != "asks"]


def _is_follow_up(question: str, own: Sequence[Phrase], before: Sequence[Phrase]) -> bool:
    """Whether a question refers to something said before, or lacks something that was."""
    names = [phrase for phrase in own if phrase.sort == "name"]
    if _OPENER.match(question):
        parallel = any(_same_place(old, new) for old in before for new in names)
        whole = len(_content_words(own)) >= (FULL if names else FULL + 1) and not parallel
        return not whole or _points(question, names)
    if names:
        return _points(question, names) or bool(_DANGLING.search(question))
    return _points(question, names) or _bare(own)


def _bare(own: Sequence[Phrase]) -> bool:
    """Whether a question without names is too short to search for: "Who won?", "Who attended the ceremony?"."""
    placed = any(phrase.before in PREPOSITIONS | ABOUT and not phrase.definite for phrase in own)
    words = len(_content_words(phrase for phrase in own if phrase.sort != "time"))
    return (words <= BARE and not (placed and words)) or (len(own) == 1 and own[0].definite)


def has_unresolved_reference(question: str) -> bool:
    """Whether a question cannot be understood alone: a pronoun refers outside it, or it continues ("and in May?").

    One that says enough to be searched for may be meant as typed: "And the fire in Lund, how many died there?".
    """
    own = _own_phrases(question)
    names = [phrase for phrase in own if phrase.sort == "name"]
    said = len(_content_words(own))
    if said >= (FULL if names else FULL + 1):
        return False
    if _OPENER.match(question):
        swapped = bool(own) and own[0].before in PREPOSITIONS and _swaps(question, own)
        if swapped or (not names and said < BARE):
            return True
    return _points(question, names)


def _points(question: str, names: Sequence[Phrase]) -> bool:
    """Whether a pronoun refers to something outside the question: it is before all its names, or at its end."""
    pointers = list(_SOMETHING.finditer(_EXPLETIVE.sub(lambda idle: " " * len(idle[0]), question)))
    first = min((name.start for name in names), default=len(question))
    return any(
        pointer.start() < first
        or not (re.search(r"\w", question[pointer.end() :]) or _PERSON_PRONOUN.fullmatch(pointer[0]))
        for pointer in pointers
    )


def _name_in_answer(question: str, own: Sequence[Phrase], last: Turn, before: Sequence[Phrase]) -> list[Phrase]:
    """The name in the last answer that this question is about: the person, place or thing that was asked for."""
    of_person = _PERSON_PRONOUN.search(question) and not any(phrase.person for phrase in own)
    if _swaps(question, own) or (any(phrase.sort == "name" for phrase in own) and not of_person):
        return []
    known = _content_words(before)
    named = [name for name in _answered(last.answer) if not name.words <= known]
    asked = None if _asks_who_is(last.question, before) else _NAMING.search(last.question)
    if _PERSON_PRONOUN.search(question):
        somebody = asked or not any(phrase.person for phrase in before)
        return [name for name in named if name.person][:1] if somebody else []
    if re.search(r"\bthere\b", question, re.IGNORECASE) and not any(phrase.placed for phrase in before):
        return [name for name in named if name.placed][:1]
    if asked and asked[0].lower().startswith("who"):
        return [name for name in named if name.person][:1]
    return named[:1] if asked or len(known) <= 1 else []


def _asks_who_is(question: str, own: Sequence[Phrase]) -> bool:
    """Whether a question asks who a person is whom it names: the conversation goes on about that person."""
    asked = _WHO_IS.search(question)
    named = question[asked.end() :] if asked else ""
    return any(phrase.person and named.startswith(phrase.text) for phrase in own)


def _answered(answer: str) -> list[Phrase]:
    """The names in an answer's first paragraph; none where the bot abstained."""
    return [] if answer.startswith(DECLINED) else [one for one in phrases(_said(answer)) if one.sort == "name"]


def _said(answer: str) -> str:
    """An answer's first paragraph without outlet, date and marks."""
    first = answer[: 2 * LONGEST_QUESTION].strip().removeprefix(DIFFERING).strip().partition("\n\n")[0]
    return _MARK.sub("", _LEAD_IN.sub("", first))


def _kept(before: Sequence[Phrase], question: str, own: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases of the conversation that the question neither has itself nor replaces."""
    said = _content_words(own)
    swaps = _swaps(question, own)
    gone = list(_replaced(before, own, swaps))
    kept = [phrase for phrase in before if phrase not in gone and (swaps or phrase.sort != "asks")]
    if _PERSON_PRONOUN.search(question) and len(said) > 1 and any(phrase.person for phrase in kept):
        kept = [phrase for phrase in kept if phrase.sort != "word"]
    for phrase in kept:
        if not phrase.words <= said and not any(phrase.words < other.words for other in kept):
            said |= phrase.words
            yield phrase


def _swaps(question: str, own: Sequence[Phrase], idle: frozenset[str] = frozenset()) -> bool:
    """Whether a question with these phrases only replaces something: "What about Poland?", "And in 2022?"."""
    opener = _OPENER.match(question)
    rest = re.findall(r"[^\W_]+", question[opener.end() :].lower()) if opener else ["?"]
    words = {part for phrase in own for part in re.findall(r"[^\W_]+", phrase.text.lower())}
    return bool(own) and all(word in words | ARTICLES | PREPOSITIONS | idle for word in rest)


def _replaced(before: Sequence[Phrase], own: Sequence[Phrase], swaps: bool) -> Iterator[Phrase]:
    """The earlier phrases that the question replaces with its own."""
    if any(phrase.sort == "time" for phrase in own):
        yield from (phrase for phrase in before if phrase.sort == "time")
    known = _content_words(before)
    names = [phrase for phrase in before if phrase.sort == "name"]
    for new in own:
        if new.sort == "time" or new.words <= known:
            continue
        olds = [old for old in names if new.sort == "name" and _same_place(old, new)]
        if swaps and not olds:
            olds = _swapped(before, names, new)
        yield from olds[-1:]


def _same_place(old: Phrase, new: Phrase) -> bool:
    """Whether two phrases have the same position in their sentences: after "in", or before "say"."""
    return (new.before == old.before and new.before in PREPOSITIONS) or bool(new.after and new.after == old.after)


def _swapped(before: Sequence[Phrase], names: Sequence[Phrase], new: Phrase) -> list[Phrase]:
    """What a lone name may replace, likeliest last: what is written like it, else what is no place, else anything."""
    if new.sort == "name":
        similar = [old for old in names if (old.placed if new.placed else old.definite == new.definite)]
        return similar or [old for old in names if not old.placed] or list(names)
    if names or new.definite:
        return []
    return [old for old in before if old.before in PREPOSITIONS]


def _content_words(said: Iterable[Phrase]) -> frozenset[str]:
    """The content words, in lower case."""
    telling = (phrase.words for phrase in said if phrase.sort != "asks")
    return frozenset(word for words in telling for word in words if carries_meaning(word))


def _within(most: int, added: Sequence[Phrase]) -> list[Phrase]:
    """The last of these that have at most so many words together, in order."""
    kept: list[Phrase] = []
    left = most
    for phrase in reversed(added):
        left -= len(phrase.text.split())
        if left < 0:
            break
        kept.insert(0, phrase)
    return kept


def _listed(added: Sequence[Phrase]) -> str:
    """The phrases separated by commas, except those that were adjacent."""
    text = ""
    for phrase in added:
        follows = text and not phrase.definite and phrase.before == text.split()[-1].lower()
        text += f"{' ' if follows else ', ' if text else ''}{phrase.text}"
    return text
