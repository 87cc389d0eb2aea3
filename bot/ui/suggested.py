"""Questions to go on with after an answer, out of what was found for it; each is asked first, silently."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Event, Lock
from time import monotonic

from bot.answer import Answer, Turn
from bot.archive_bot import ArchiveBot
from bot.bot import Bot
from bot.evaluate.drafts import drafts
from bot.question.people import people
from bot.question.phrases import phrases
from bot.ui.offered import about, is_answered, named, one_of_each, silently
from corpus.article import Article
from index.passage import Passage
from index.question import Question
from index.search.outlets import commonest_names

MOST_SUGGESTIONS = 3
"""Questions suggested."""
TRIED = 2
"""Questions tried of a kind before it is left out."""
SECONDS = 5.0
"""No further question is tried after these; on a slow or busy machine there are fewer, or none."""
READ = 6
"""Articles that questions are made of, cited ones first."""
NAMES = 12
"""The names among which people are looked for."""


@dataclass(slots=True)
class Suggested:
    """Suggests questions while nothing else is to be done; only one answer's at a time, or else none.

    Attributes:
        bot: Who is to answer them; a language model of its own is not asked.
        is_idle: Whether no visitor's question waits or is being answered.
    """

    bot: ArchiveBot
    is_idle: Callable[[], bool]
    _lock: Lock = field(default_factory=Lock)

    def questions(self, question: Question, answer: Answer, history: Sequence[Turn], gone: Event) -> tuple[str, ...]:
        """A few that are answered, in words that have not been shown.

        Args:
            question: What was asked, with the limits that hold for the next question too.
            answer: What came back for it.
            history: The conversation with this answer, oldest first.
            gone: Set once the visitor goes on.
        """
        if not self._lock.acquire(blocking=False):
            return ()
        deadline, bot = monotonic() + SECONDS, replace(self.bot, generator=None)

        def goes_on() -> bool:
            return self.is_idle() and not gone.is_set() and monotonic() < deadline

        try:
            return silently(lambda: suggest(bot, question, answer, history, goes_on), "to go on with")
        finally:
            self._lock.release()


def suggest(
    bot: Bot, question: Question, answer: Answer, history: Sequence[Turn], goes_on: Callable[[], bool]
) -> tuple[str, ...]:
    """The questions, as far as they are found while `goes_on` says so."""
    questions = [*(turn.question for turn in history), question.text, answer.standalone_question]
    asked = set(map(_bare, questions))
    shown = {citation.quote for turn in history for citation in turn.citations}

    def accepts(text: str) -> bool:
        found = bot.answer(replace(question, text=text, plain=()), history)
        return is_answered(found) and (bool(found.count) or any(one.quote not in shown for one in found.citations))

    fresh = ([text for text in kind if _bare(text) not in asked][:TRIED] for kind in _kinds(answer, questions))
    return tuple(islice(one_of_each(fresh, accepts, goes_on), MOST_SUGGESTIONS))


def _kinds(answer: Answer, questions: Sequence[str]) -> Iterator[Sequence[str]]:
    """The candidates, kind by kind, best first; none of an answer for which nothing was searched."""
    passages = [citation.passage for citation in answer.citations]
    passages += [scored.passage for scored in answer.passages]
    articles = list(dict.fromkeys(passage.article for passage in passages))[:READ]
    if answer.status != "answered" or not articles:
        return
    shown = {" ".join(citation.quote.split()) for citation in answer.citations}
    cited = dict.fromkeys(citation.passage.article for citation in answer.citations)
    yield [draft.question for article in cited for draft in drafts(article) if draft.sentence not in shown]
    names = _names(passages, articles)
    yield [f"Who is {name}?" for name in _people(names, passages, articles) if not _is_asked(name, questions)]
    published = articles[0].published
    yield from about(names[: 2 * TRIED], f"{published:%B %Y}" if published else "")


def _names(passages: Sequence[Passage], articles: Sequence[Article]) -> list[str]:
    """The names in the articles' passages, those that most of the articles share first; no outlet's."""
    held = dict.fromkeys(
        (name, passage.article.id)
        for passage in passages
        if passage.article in articles
        for name in named(passage.text)
    )
    return commonest_names((name for name, _ in held), NAMES, (article.source for article in articles))


def _people(names: Sequence[str], passages: Sequence[Passage], articles: Sequence[Article]) -> Iterator[str]:
    """The names of people, in their order."""
    likely = {phrase.text for passage in passages for phrase in phrases(passage.text) if phrase.person}
    return people((name for name in names if name in likely), (article.text for article in articles))


def _is_asked(name: str, questions: Sequence[str]) -> bool:
    """Whether a question has the family name."""
    family = re.escape(name.split()[-1])
    return any(re.search(rf"\b{family}\b", question, re.IGNORECASE) for question in questions)


def _bare(text: str) -> str:
    """A question as it is compared: its letters and digits."""
    return "".join(filter(str.isalnum, text.casefold()))
