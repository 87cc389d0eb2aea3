"""A bot: a question and its history in, deltas and one answer out."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol, runtime_checkable

from bot.answer import Answer, Delta, Turn
from corpus.article import Article
from index.question import Question


class Bot(Protocol):
    """Answers questions over one index. Holds no conversation: history is an argument."""

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        """The answer's text in deltas, then the `Answer` itself, last and exactly once."""

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The final `Answer` alone."""


@runtime_checkable
class KeepsArticles(Protocol):
    """A bot that provides whole articles."""

    def article(self, article_id: str, groups: Collection[str] | None = None) -> Article | None:
        """The article in the newest generation; None if there is none that callers in these groups may read."""
