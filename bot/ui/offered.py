"""Questions to begin with, one of a kind: a fact, the latest, what happened, a count; each is asked first, silently."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread, main_thread
from time import monotonic

from bot.answer import Answer
from bot.archive_bot import ArchiveBot
from bot.bot import Bot
from bot.evaluate.proposals import propose
from bot.question.phrases import carries_meaning, phrases
from corpus.errors import BylineError
from index.question import Question
from index.search.outlets import commonest_names
from index.storage.live import LiveIndex
from index.storage.newest import newest_articles
from index.storage.purged import Purged

logger = logging.getLogger(__name__)

TITLES = 300
"""The newest headlines in which names are counted."""
TRIED = 4
"""Questions tried of a kind before it is left out."""
SECONDS = 60.0
"""No further question is tried after these."""
CHECKING_SECONDS = 2.0
"""How long a page waits until the last generation's are checked: 0.4 s over 8,657 articles (two shared cores)."""
THREAD = "questions-to-begin-with"
"""The name of the thread that works them out."""
SHORT = 3
"""A word of so many capitals or fewer, such as "US", is no name by itself."""
_OF_A_NATION = re.compile(
    r"(?!(?:Iran|Japan|Jordan|Milan|Oman|Sudan|Taiwan)$)\w+(?:ish|ian|ean|ese|(?<!st)an)"
    r"|Czech|Dutch|French|Greek|Iraqi|Israeli|Pakistani|Saudi|Swiss|Thai|Yemeni"
)
_OF = re.compile(r" of (?:the )?(?=[^\W\d_])(?![a-z])")
_PART_OF = re.compile(r"\b(?![a-z])[^\W\d_][\w’'-]* of (?:the )?\Z")
_WITHIN = re.compile(r"(?:,|(?<![\w’'-])[a-z0-9][\w’'-]*) \Z")
"""What is before a word whose capital tells: a comma or a word in lower case, not one of a heading in capitals."""
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,3}")


def offer(bot: Bot, index: Path) -> tuple[str, ...]:
    """A question of each kind that the bot answers, out of the newest generation."""
    return answered(bot, _kinds(index))


def answered(bot: Bot, kinds: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The first question of each kind that the bot answers; fewer once the time or the process is over."""
    deadline = monotonic() + SECONDS

    def goes_on() -> bool:
        return monotonic() < deadline and main_thread().is_alive()

    return tuple(one_of_each(kinds, lambda text: is_answered(bot.answer(Question(text))), goes_on))


def one_of_each(
    kinds: Iterable[Sequence[str]], accepts: Callable[[str], bool], goes_on: Callable[[], bool]
) -> Iterator[str]:
    """The first question of each kind that is accepted.

    Args:
        kinds: Candidates kind by kind, best first.
        accepts: Tries one.
        goes_on: Asked before each; what is not tried yet is left out once it says no.
    """
    for kind in kinds:
        for text in kind:
            if not goes_on():
                return
            if accepts(text):
                yield text
                break


def silently(find: Callable[[], tuple[str, ...]], purpose: str) -> tuple[str, ...]:
    """The questions that are found; none, and a line in the log, if that fails."""
    try:
        return find()
    except BylineError as error:
        logger.warning("no questions %s: %s", purpose, error)
    except Exception:
        logger.exception("no questions %s", purpose)
    return ()


def is_answered(answer: Answer) -> bool:
    """Whether an answer has anything of the archive in it, and of the days that were asked for."""
    if answer.status != "answered" or any(one.note.kind == "newest_before" for one in answer.statements):
        return False
    return bool(answer.citations or answer.count)


def about(names: Sequence[str], month: str) -> Iterator[Sequence[str]]:
    """Questions about names, most important first: the latest, what happened in a month, a count."""
    yield [f"What is the latest on {name}?" for name in names]
    if month:
        yield [f"What happened with {name} in {month}?" for name in (*names[1:], *names[:1])]
    yield [f"How many articles mention {name}?" for name in (*names[2:], *names[:2])]


def named(text: str) -> Iterator[str]:
    """The names of a text that a question may hold: of several capitalised words, or one that is surely a name."""
    for phrase in phrases(text):
        if phrase.sort == "name" and _NAME.fullmatch(phrase.text) and not phrase.text[0].islower():
            capitals = [word for word in phrase.text.split() if word[0].isupper() and carries_meaning(word)]
            if len(capitals) > 1 or _is_surely_name(text, phrase.text, phrase.start):
                yield phrase.text


def _is_surely_name(text: str, word: str, start: int) -> bool:
    """Whether its capital is within a sentence, and it is no nation's adjective, "US", or half of "Bank of Halden"."""
    before = text[:start]
    if _OF_A_NATION.fullmatch(word) or (word.isupper() and len(word) <= SHORT):
        return False
    if _OF.match(text, start + len(word)) or _PART_OF.search(before):
        return False
    return bool(_WITHIN.search(before)) and not re.search(rf"\b{re.escape(word.lower())}\b", text)


def _kinds(index: Path) -> Iterator[Sequence[str]]:
    yield [proposal.draft.question for proposal in propose(index, TRIED)]
    with newest_articles(index) as store:
        newest, outlets = store.newest_titles(TITLES), [outlet for outlet, _ in store.outlets()]
    # A headline's first word has a capital whatever it is.
    found = (name for title, _ in newest for name in named(title) if not title.startswith(name))
    # The month of most of them: a few may be of a later day, which has too little to ask about.
    days = sorted(day for _, day in newest if day)
    month = f"{date.fromordinal(days[len(days) // 2]):%B %Y}" if days else ""
    yield from about(commonest_names(found, TRIED, outlets), month)


@dataclass(slots=True)
class _Found:
    """The questions of one generation; until `is_checked`, those of the generation before."""

    generation: str = ""
    purged: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    is_checked: Event = field(default_factory=Event)


@dataclass(slots=True)
class Offered:
    """Questions worked out once a generation, in the background.

    Attributes:
        bot: Who is to answer them; a language model of its own is not asked.
        index: What it answers from.
    """

    bot: ArchiveBot
    index: LiveIndex
    _lock: Lock = field(default_factory=Lock)
    _found: _Found = field(default_factory=_Found)

    def questions(self) -> tuple[str, ...]:
        """Those of the generation that answers; until they are worked out, the last one's that it answers too.

        The first call for a generation begins with that. None before an index is open, nor where checking takes long.
        """
        if not self.index.is_open:
            return ()
        try:
            found = self._current()
        except BylineError as error:
            logger.warning("no questions to begin with: %s", error)
            return ()
        return found.questions if found.is_checked.wait(CHECKING_SECONDS) else ()

    def _current(self) -> _Found:
        """What is known of the generation that answers, which is not the newest while that is being opened."""
        with self.index.snapshot() as snapshot:
            generation = snapshot.generation
        with self._lock:
            if generation != self._found.generation:
                purged = Purged.read(self.index.path).ids
                # A question holds words of an article: that may be the one that was purged.
                kept = self._found.questions if purged == self._found.purged else ()
                self._found = _Found(generation, purged, kept)
                # No daemon: Python waits for it before it ends, at most for one question.
                Thread(target=self._work, args=(self._found,), name=THREAD).start()
            return self._found

    def _work(self, found: _Found) -> None:
        bot = replace(self.bot, generator=None)
        found.questions = silently(lambda: answered(bot, [[text] for text in found.questions]), "to begin with")
        found.is_checked.set()
        found.questions = silently(lambda: offer(bot, self.index.path), "to begin with") or found.questions
