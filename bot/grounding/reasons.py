"""Why a sentence is not supported."""

from collections.abc import Mapping

from bot.note import Note

REASONS: Mapping[str, str] = {
    "uncited": "it cites no source",
    "too_little": "too little of it is in the source",
    "missing": "“{words}” is not in the source",
    "number": "the number {figure} is not in the source",
    "date": "the date {figure} is not in the source",
    "quotation": "the quotation is not in the source",
    "denial": "a denial that is not in the source",
    "denied": "the source denies it",
    "not_of_this": "the source does not say “{words}” of this",
    "this_not_of": "the source does not say this of {name}",
    "not_of": "the source does not say {figure} of {name}",
    "not_of_word": "the source does not say {figure} of “{words}”",
    "word_not_of": "the source does not say “{words}” of {name}",
    "connection": "the source does not say it in this connection",
    "turned": "the source says it the other way round",
    "moved": "the names are in other places",
    "each": "the source says {figure} of each {span}",
    "not_each": "the source does not say it of each {span}",
    "no_place": "{name} is no place in the source",
    "not_done": "the source does not say that {name} {words}",
    "not_said": "the source does not say that {name} said this",
    "not_sure": "the source does not say so firmly that it will",
    "not_so_sure": "the source does not say so firmly that “{words}”",
    "was_to_be": "the source only says that it was to be",
    "says": "the source says “{words}”",
}
"""In English, with places for words of the sentence or of its source; a span is one of rates.SPANS."""


def reason(kind: str, **values: str) -> Note:
    """A reason of this kind that names these words."""
    return Note(kind, REASONS[kind].format(**values), values)
