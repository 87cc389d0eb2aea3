"""The files below a folder, except hidden and excluded ones."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError

from corpus.article import Rejected
from corpus.errors import ReadError, SettingsError
from corpus.read.file import printable

IGNORE = ".bylineignore"
GENERATIONS = "generations"
"""A folder with an entry of this name is an index."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Patterns of excluded files, written as in a .gitignore."""

    spec: GitIgnoreSpec

    @classmethod
    def by(cls, patterns: Sequence[str], origin: str = "--exclude") -> "Excluded":
        """Excludes what matches one of the patterns.

        Raises:
            SettingsError: A pattern is invalid.
        """
        try:
            return cls(GitIgnoreSpec.from_lines(patterns))
        except (GitIgnorePatternError, ValueError) as error:
            raise SettingsError(f"{origin}: {error}; write patterns as in a .gitignore") from error

    def within(self, folder: Path) -> "Excluded":
        """These patterns, and those of the folder's own list.

        Raises:
            ReadError: The list cannot be read.
            SettingsError: A pattern in it is invalid.
        """
        path = folder / IGNORE
        if not path.is_file():
            return self
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeError) as error:
            raise ReadError(f"{printable(path)!r} cannot be read: {error}; save it as UTF-8") from error
        return Excluded(GitIgnoreSpec([*Excluded.by(lines, printable(path)).spec.patterns, *self.spec.patterns]))

    def leaves_out(self, place: str) -> bool:
        """Whether a path is excluded. It is relative to its folder or archive; folders end in a slash."""
        return self.spec.match_file(place)


def walk(folder: Path, excluded: Excluded) -> Iterator[Path | Rejected]:
    """In sorted order, without indexes. Links to folders are not followed: they may form a loop.

    A folder that cannot be listed is rejected, and the rest is read.
    """
    excluded = excluded.within(folder)
    faults: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        yield from _closed(faults)
        place = Path(parent).relative_to(folder)
        folders[:] = sorted(
            name
            for name in folders
            if _visible(name)
            and not excluded.leaves_out(f"{(place / name).as_posix()}/")
            and not os.path.isdir(Path(parent, name, GENERATIONS))  # noqa: PTH112 (Path.is_dir raises where it may not look)
        )
        for name in sorted(filter(_visible, names)):
            if not excluded.leaves_out((place / name).as_posix()):
                yield from _checked(Path(parent, name))
    yield from _closed(faults)


def _closed(faults: list[OSError]) -> Iterable[Rejected]:
    """The folders that could not be listed since the last call."""
    closed = [Rejected(printable(str(fault.filename)), None, _reason(fault, "folder")) for fault in faults]
    faults.clear()
    return closed


def _checked(path: Path) -> Iterator[Path | Rejected]:
    """The path, if it is a file; devices, pipes and broken links are skipped."""
    try:
        if path.is_file():
            yield path
    except OSError as fault:
        yield Rejected(printable(path), None, _reason(fault, "file"))


def _reason(fault: OSError, kind: str) -> str:
    what = fault.strerror or type(fault).__name__
    return f"is a {kind} that cannot be opened ({what}); change its permissions, or leave it out with --exclude"


def _visible(name: str) -> bool:
    return not name.startswith(".")
