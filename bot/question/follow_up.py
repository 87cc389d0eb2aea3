"""A follow-up made to stand alone, without a language model: what the last turns were about is put before it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answer import Turn
from bot.answer.wording import DECLINED, DIFFERING
from bot.question.phrases import ARTICLES, LONGEST, PREPOSITIONS, Phrase, carries_meaning, phrases

REACH = 4
"""Turns that are looked back on."""
MOST_WORDS = 30
"""The most that is added; what was said last goes first."""
FULL = 3
"""A question with a name and so many telling words, or with one more and no name, stands alone even after "and"."""
BARE = 2
"""A question without a name and with no more telling words than this leans on what was said: "in Ukraine" is enough
to stand alone, as one typed without capitals says it; "the ceremony" is not."""
ABOUT = frozenset({"about", "of"})

_OPENER = re.compile(
    r"\W*(?:(?:thanks?(?:\s+you)?|great|yes)\W+)*"
    r"(?:and|but|so|then|also|or|(?:what|how)\s+about|what\s+of|no(?=,)|sorry|i\s+meant?|ok(?:ay)?)\b[\s,:]*(?:then\b)?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_SOMETHING = re.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|its?|former|latter|else|these|those"
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
"""Said of whom, but not of what: "What did Macron say?"."""
_NAMING = re.compile(r"\b(?:who|whom|whose|which|where|named?|called|what\s+(?:country|city|company|party))\b", re.I)
_LEAD_IN = re.compile(
    r"\A(?:[^:\n“]{0,80}[iI]n “[^\n]{1,160}?”:\s+|[^:\n]{1,80}:\s+)?(?:[^()\n]{0,40}\([^()\n]{1,40}\)\s*[-–—]\s+)?"
)
"""Outlet, date and headline, and the place and agency of a dispatch: "MOSCOW, Aug 19 (Reuters) - "."""
_MARK = re.compile(r"\s*\[\d+\]")


def condense(question: str, history: Sequence[Turn]) -> str:
    """The question with the names, times and other words it leans on put before it; itself, if it leans on none.

    The question stands last and as it was typed: "Kremlin send troops, Belarus. And what did Macron say?"
    """
    added = _within(MOST_WORDS, _carried(question, history[-REACH:]))
    return f"{_listed(added)}. {question}" if added else question


def _carried(question: str, history: Sequence[Turn]) -> list[Phrase]:
    """What a question takes over from the turns before it, which take over from theirs."""
    if not history or len(question) > LONGEST:
        return []
    *earlier, last = history
    before = [*_carried(last.question, earlier), *phrases(last.question)]
    own = [phrase for phrase in phrases(question) if phrase.sort != "asks"]
    if not _leans(question, own, before):
        return []
    return list(_kept([*before, *_lent(question, own, last, before)], question, own))


def _leans(question: str, own: Sequence[Phrase], before: Sequence[Phrase]) -> bool:
    """Whether a question points at something that was said before, or lacks something that was."""
    names = [phrase for phrase in own if phrase.sort == "name"]
    if _OPENER.match(question):
        parallel = any(_same_place(old, new) for old in before for new in names)
        whole = len(_telling(own)) >= (FULL if names else FULL + 1) and not parallel
        return not whole or _points(question, names)
    if names:
        return _points(question, names) or bool(_DANGLING.search(question))
    return _points(question, names) or _bare(own)


def _bare(own: Sequence[Phrase]) -> bool:
    """Whether a question without names says too little to search for: "Who won?", "Who attended the ceremony?"."""
    placed = any(phrase.before in PREPOSITIONS | ABOUT and not phrase.definite for phrase in own)
    words = len(_telling(phrase for phrase in own if phrase.sort != "time"))
    return (words <= BARE and not (placed and words)) or (len(own) == 1 and own[0].definite)


def has_unresolved_reference(question: str) -> bool:
    """Whether a question makes no sense alone: a pronoun refers outside it, or it only continues ("and in May?")."""
    names = [phrase for phrase in phrases(question) if phrase.sort == "name"]
    return _points(question, names) or bool(_OPENER.match(question) and not names)


def _points(question: str, names: Sequence[Phrase]) -> bool:
    """Whether a pronoun stands for something outside the question: before all its names, or at its end."""
    pointers = list(_SOMETHING.finditer(_EXPLETIVE.sub(lambda idle: " " * len(idle[0]), question)))
    first = min((name.start for name in names), default=len(question))
    return any(
        pointer.start() < first or not (re.search(r"\w", question[pointer.end() :]) or _SOMEBODY.fullmatch(pointer[0]))
        for pointer in pointers
    )


def _lent(question: str, own: Sequence[Phrase], last: Turn, before: Sequence[Phrase]) -> list[Phrase]:
    """The name that the last answer gave and this question is about: of somebody, a place or whatever was asked for."""
    if any(phrase.sort == "name" for phrase in own) or _swaps(question, own):
        return []
    known = _telling(before)
    named = [name for name in _answered(last.answer) if not name.words <= known]
    asked = _NAMING.search(last.question)
    if _SOMEBODY.search(question):
        somebody = asked or not any(phrase.person for phrase in before)
        return [name for name in named if name.person][:1] if somebody else []
    if re.search(r"\bthere\b", question, re.IGNORECASE) and not any(phrase.placed for phrase in before):
        return [name for name in named if name.placed][:1]
    if asked and asked[0].lower().startswith("who"):
        return [name for name in named if name.person][:1]
    return named[:1] if asked or len(known) <= 1 else []


def _answered(answer: str) -> list[Phrase]:
    """The names in an answer's first paragraph, its outlet and date left out; none where the bot abstained."""
    if answer.startswith(DECLINED):
        return []
    told = answer[: 2 * LONGEST].strip().removeprefix(DIFFERING).strip().partition("\n\n")[0]
    told = _LEAD_IN.sub("", told)
    return [phrase for phrase in phrases(_MARK.sub("", told)) if phrase.sort == "name"]


def _kept(before: Sequence[Phrase], question: str, own: Sequence[Phrase]) -> Iterator[Phrase]:
    """What of the talk before the question does not say itself, nor replace with something else."""
    said = _telling(own)
    swaps = _swaps(question, own)
    gone = list(_replaced(before, own, swaps))
    kept = [phrase for phrase in before if phrase not in gone and (swaps or phrase.sort != "asks")]
    if _SOMEBODY.search(question) and len(said) > 1 and any(phrase.person for phrase in kept):
        kept = [phrase for phrase in kept if phrase.sort != "word"]
    for phrase in kept:
        if not phrase.words <= said and not any(phrase.words < other.words for other in kept):
            said |= phrase.words
            yield phrase


def _swaps(question: str, own: Sequence[Phrase]) -> bool:
    """Whether a question only puts something in another's place: "What about Poland?", "And in 2022?"."""
    opener = _OPENER.match(question)
    rest = re.findall(r"[^\W_]+", question[opener.end() :].lower()) if opener else ["?"]
    words = {part for phrase in own for part in re.findall(r"[^\W_]+", phrase.text.lower())}
    return bool(own) and all(word in words | ARTICLES | PREPOSITIONS for word in rest)


def _replaced(before: Sequence[Phrase], own: Sequence[Phrase], swaps: bool) -> Iterator[Phrase]:
    """What was spoken of before, and is no more, because the question names another in its place."""
    if any(phrase.sort == "time" for phrase in own):
        yield from (phrase for phrase in before if phrase.sort == "time")
    known = _telling(before)
    names = [phrase for phrase in before if phrase.sort == "name"]
    for new in own:
        if new.sort == "time" or new.words <= known:
            continue
        olds = [old for old in names if new.sort == "name" and _same_place(old, new)]
        if swaps and not olds:
            olds = _swapped(before, names, new)
        yield from olds[-1:]


def _same_place(old: Phrase, new: Phrase) -> bool:
    """Whether the two stand at the same place of their sentences: after "in", or before "say"."""
    return (new.before == old.before and new.before in PREPOSITIONS) or bool(new.after and new.after == old.after)


def _swapped(before: Sequence[Phrase], names: Sequence[Phrase], new: Phrase) -> list[Phrase]:
    """What a name alone may stand for, likeliest last: what is written like it, else what is no place, else any."""
    if new.sort == "name":
        alike = [old for old in names if (old.placed if new.placed else old.definite == new.definite)]
        return alike or [old for old in names if not old.placed] or list(names)
    if names or new.definite:
        return []
    return [old for old in before if old.before in PREPOSITIONS]


def _telling(said: Iterable[Phrase]) -> frozenset[str]:
    """The words in lower case that tell what is spoken about."""
    telling = (phrase.words for phrase in said if phrase.sort != "asks")
    return frozenset(word for words in telling for word in words if carries_meaning(word))


def _within(most: int, added: Sequence[Phrase]) -> list[Phrase]:
    """The last of these, in their order, that have so many words together."""
    kept: list[Phrase] = []
    left = most
    for phrase in reversed(added):
        left -= len(phrase.text.split())
        if left < 0:
            break
        kept.insert(0, phrase)
    return kept


def _listed(added: Sequence[Phrase]) -> str:
    """The phrases with commas between them, but for those that followed on each other."""
    text = ""
    for phrase in added:
        follows = text and not phrase.definite and phrase.before == text.split()[-1].lower()
        text += f"{' ' if follows else ', ' if text else ''}{phrase.text}"
    return text
