"""What is asked of the index."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime


def now() -> datetime:
    """This moment, in the local zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the moment it is put.

    Attributes:
        text: As the person put it, or as condensed from a conversation.
        asked: When it is put. "This week" and "latest" mean nothing without it.
        since: Only articles published on this day or later.
        until: Only articles published on this day or earlier.
        sources: Only these outlets, compared without case and leading "The"; empty for all.
        plain: Words of the text that set no days, and outlets that it names and that set no limit.
        groups: The groups of the caller, who may read what is for everyone and for these; None for no limit.
    """

    text: str
    asked: date = field(default_factory=now)
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    groups: tuple[str, ...] | None = None

    def within(self, since: date | None, until: date | None) -> "Question":
        """The question with its window cut down to these days; None leaves an end as it is."""
        return replace(
            self,
            since=max(filter(None, (self.since, since)), default=None),
            until=min(filter(None, (self.until, until)), default=None),
        )
