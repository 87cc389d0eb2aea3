"""The articles that are kept out of an index.

    INDEX/purged.json   their ids and dates: no address and no word of them

An article's id is a hash of its address, or of its text where it has none, so the list reveals nothing of it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from corpus.errors import IndexDamaged
from index.storage.durable import written_at_once
from index.storage.obstacles import named

FILE = "purged.json"
ADVICE = "run: byline purge"


@dataclass(frozen=True, slots=True)
class Purged:
    """The list of purged articles.

    Attributes:
        since: The day each article was purged, by its id.
        is_unfinished: Whether a purge has begun and not ended.
    """

    since: Mapping[str, str] = field(default_factory=dict)
    is_unfinished: bool = False

    @classmethod
    def read(cls, index: Path) -> "Purged":
        """The list; empty if there is none.

        Raises:
            IndexDamaged: It cannot be read.
        """
        path = index / FILE
        try:
            stated = json.loads(path.read_text(encoding="utf-8"))
            return cls({str(name): str(day) for name, day in stated["articles"].items()}, bool(stated["unfinished"]))
        except (FileNotFoundError, NotADirectoryError):
            return cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if named(error):
                raise
            raise IndexDamaged(
                f"{str(path)!r}, the list of articles kept out of the index, cannot be read ({error}); "
                "restore it from a backup, or remove it to allow all articles again"
            ) from error

    def write(self, index: Path) -> None:
        """Writes the list in one step."""
        stated = {"articles": dict(self.since), "unfinished": self.is_unfinished}
        written_at_once(index / FILE, json.dumps(stated, indent=1) + "\n")

    def with_more(self, ids: Iterable[str], day: date) -> "Purged":
        """The list with these articles too, marked as unfinished."""
        return Purged({name: day.isoformat() for name in sorted(ids)} | dict(self.since), True)

    def without(self, ids: Iterable[str]) -> "Purged":
        """The list without these articles."""
        left = set(ids)
        return replace(self, since={name: day for name, day in self.since.items() if name not in left})

    @property
    def ids(self) -> frozenset[str]:
        """The ids in it."""
        return frozenset(self.since)

    @property
    def warning(self) -> str:
        """A warning about an interrupted purge; empty if there is none."""
        warning = "a purge was interrupted: articles that should be gone may still be found"
        return f"{warning}; {ADVICE}" if self.is_unfinished else ""
