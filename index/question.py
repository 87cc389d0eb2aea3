"""A question to the index."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

LONGEST_QUESTION = 1_000
"""Characters that are read: a longer text is a pasted article rather than a question."""


def now() -> datetime:
    """This moment, in the local zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the moment it is asked.

    Attributes:
        text: As typed, or as condensed from a conversation.
        asked: The moment it is asked. "This week" and "latest" mean nothing without it.
        since: Only articles published on this day or later.
        until: Only articles published on this day or earlier.
        sources: Only these outlets, compared without case and leading "The"; empty for all.
        plain: Words of the text to be taken literally: as no limit on days or outlets.
        groups: The caller's groups, which may read their articles and those for everyone; None for no limit.
    """

    text: str
    asked: date = field(default_factory=now)
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    groups: tuple[str, ...] | None = None

    @property
    def is_limited(self) -> bool:
        """Whether not all days and outlets are searched."""
        return bool(self.since or self.until or self.sources)

    def within(self, since: date | None, until: date | None) -> "Question":
        """The question with its window narrowed to these days; None leaves an end unchanged."""
        return replace(
            self,
            since=max(filter(None, (self.since, since)), default=None),
            until=min(filter(None, (self.until, until)), default=None),
        )
