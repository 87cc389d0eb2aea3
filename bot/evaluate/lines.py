"""JSONL files from outside, checked line by line."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.errors import SettingsError

Read = TypeVar("Read")


def read_lines(path: Path, kind: TypeAdapter[Read], noun: str) -> dict[int, Read]:
    """The values of the lines, by line number; empty lines are skipped.

    Raises:
        SettingsError: The file cannot be read, or a line is invalid; names file, line and fault.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise SettingsError(f"the {noun}s file {str(path)!r} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"the {noun}s file {str(path)!r} is not text in UTF-8; save it as UTF-8") from error
    read = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                read[number] = kind.validate_json(line)
            except ValidationError as error:
                faults = "; ".join(_wrong(tuple(wrong["loc"]), wrong["msg"]) for wrong in error.errors())
                raise SettingsError(f"{path}:{number} is no {noun}: {faults}; see byline evaluate --help") from None
    return read


def _wrong(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, place))}: {message}" if place else message
