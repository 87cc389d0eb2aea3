"""Visitors' ratings of answers, with their reasons, in a SQLite file outside the index's generations."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.answer import Answer, Turn
from bot.settings import Settings
from corpus.errors import FeedbackError
from index.question import now

FILE = "feedback.sqlite"
KEPT_DAYS = 365
MOST_RATINGS = 100_000
"""Ratings kept; the oldest are deleted first, and those older than KEPT_DAYS."""
LONGEST_REASON = 1_000
TURNS = 5
"""Earlier exchanges stored with a rating."""
PATIENCE = 5.0
"""Seconds to wait for another process that writes."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS ratings (
    exchange TEXT PRIMARY KEY, rated TEXT NOT NULL, record TEXT NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Rating:
    """A visitor's rating of an answer.

    Attributes:
        exchange: The id of question and answer; a second rating of it replaces the first.
        rated: The moment of the rating.
        good: Thumbs up or down.
        reason: In the visitor's words; may be empty.
        question: As asked.
        asked: The moment that the question refers to, in ISO form.
        since: The first day searched, if limited by hand.
        until: The last such day.
        sources: The outlets it was limited to.
        history: The exchanges before it, oldest first, as pairs of question and answer.
        status: Whether it was answered.
        answer: The text shown.
        urls: The addresses cited.
        answerer: "extractive" or "llm".
        generation: The index generation that was searched.
    """

    exchange: str
    rated: str
    good: bool
    reason: str
    question: str
    asked: str
    since: str | None
    until: str | None
    sources: list[str]
    history: list[list[str]]
    status: str
    answer: str
    urls: list[str]
    answerer: str
    generation: str | None

    def to_json(self) -> dict[str, Any]:
        """The rating in the form `byline feedback --json` prints."""
        return asdict(self)

    def to_question(self) -> dict[str, Any]:
        """A draft for a questions file, to be completed by hand; the citations of a good answer count as correct."""
        answered = self.status == "answered"
        return {
            "id": f"rated-{self.exchange[:8]}",
            "question": self.question,
            "asked": self.asked,
            "answers": [],
            "urls": self.urls if self.good and answered else [],
            "answerable": answered or not self.good,
            "draft": True,
            "history": [{"question": question, "answer": answer} for question, answer in self.history],
            "note": self.reason,
            "rating": "good" if self.good else "bad",
            "shown": self.answer,
        }


def rating_of(exchange: str, answer: Answer, history: tuple[Turn, ...], good: bool, reason: str) -> Rating:
    """A rating made now."""
    question = answer.question
    urls = dict.fromkeys(citation.passage.article.url for citation in answer.citations)
    return Rating(
        exchange=exchange,
        rated=now().isoformat(timespec="seconds"),
        good=good,
        reason=reason.strip()[:LONGEST_REASON],
        question=question.text,
        asked=question.asked.isoformat(),
        since=question.since.isoformat() if question.since else None,
        until=question.until.isoformat() if question.until else None,
        sources=list(question.sources),
        history=[[turn.question, turn.answer] for turn in history[-TURNS:]],
        status=answer.status,
        answer=answer.text,
        urls=[url for url in urls if url],
        answerer=answer.answerer,
        generation=answer.generation,
    )


def ratings_of(settings: Settings) -> "Ratings | None":
    """The ratings file of the settings; None if ratings are off, or no file is set beside an index at a URL."""
    if settings.feedback is None:
        return Ratings(settings.index / FILE) if isinstance(settings.index, Path) else None
    return None if str(settings.feedback) == "off" else Ratings(settings.feedback)


@dataclass(frozen=True, slots=True)
class Ratings:
    """The file of ratings. Each call opens it, so that any number of processes can share it."""

    path: Path

    def keep(self, rating: Rating) -> None:
        """Adds a rating, or replaces that of the same exchange; deletes the oldest.

        Raises:
            FeedbackError: It cannot be written.
        """
        record = json.dumps(rating.to_json())
        oldest = (now() - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
        with self._opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?)", (rating.exchange, _utc(rating.rated), record)
            )
            connection.execute("DELETE FROM ratings WHERE rated < ?", (_utc(oldest),))
            newest = "SELECT exchange FROM ratings ORDER BY rated DESC LIMIT ?"
            connection.execute(f"DELETE FROM ratings WHERE exchange NOT IN ({newest})", (MOST_RATINGS,))

    def take_back(self, exchange: str) -> None:
        """Removes the rating of an exchange, if there is one.

        Raises:
            FeedbackError: It cannot be removed.
        """
        with self._opened() as connection:
            connection.execute("DELETE FROM ratings WHERE exchange = ?", (exchange,))

    def all(self) -> list[Rating]:
        """All ratings, newest first; none without a file.

        Raises:
            FeedbackError: The file cannot be read.
        """
        if not self.path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute("SELECT record FROM ratings ORDER BY rated DESC").fetchall()
        return [Rating(**json.loads(record)) for (record,) in rows]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=PATIENCE)) as connection, connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(SCHEMA)
                yield connection
        except (OSError, sqlite3.Error, ValueError, TypeError) as error:
            raise FeedbackError(
                f"the ratings in {str(self.path)!r} cannot be used ({error}); "
                "name another file with BYLINE_FEEDBACK, or keep none with BYLINE_FEEDBACK=off"
            ) from error


def _utc(moment: str) -> str:
    """A moment in a form that sorts chronologically."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat()
