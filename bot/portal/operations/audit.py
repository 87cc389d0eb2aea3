"""Who asked what, where it has to be known: a file that is only ever added to."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from bot.answer import Answer
from bot.portal.operations.current_request import served_now
from corpus.errors import SettingsError
from index.question import Question


@dataclass(frozen=True, slots=True)
class Audit:
    """A line for each question that was answered or declined."""

    path: Path
    lock: Lock

    @classmethod
    def at(cls, path: Path) -> "Audit":
        """The log in a file, which is made with rights for its owner alone.

        Raises:
            SettingsError: It cannot be written.
        """
        audit = cls(path, Lock())
        try:
            os.close(audit._open())
        except OSError as error:
            raise SettingsError(f"BYLINE_AUDIT: {str(path)!r} cannot be written: {error.strerror}") from error
        return audit

    def note(self, question: Question, answer: Answer) -> None:
        """Adds a question with who asked it and which articles were shown for it."""
        line = json.dumps(_line(question, answer)) + "\n"
        with self.lock:
            file = self._open()
            try:
                os.write(file, line.encode())
            finally:
                os.close(file)

    def _open(self) -> int:
        """Opened for each line, so that the file may be moved away at any time."""
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _line(question: Question, answer: Answer) -> dict[str, Any]:
    served = served_now()
    caller = served.caller if served else None
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request_id": served.request_id if served else None,
        "user": caller.name if caller else None,
        "known_by": caller.how if caller else None,
        "groups": list(caller.groups) if caller else [],
        "question": question.text,
        "since": question.since.isoformat() if question.since else None,
        "until": question.until.isoformat() if question.until else None,
        "sources": list(question.sources),
        "status": answer.status,
        "articles": [citation.passage.article.id for citation in answer.citations],
        "generation": answer.generation,
    }
