"""The files below a folder, but for hidden ones and those that are to be left out."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError

from corpus.errors import ReadError, SettingsError
from corpus.read.file import printable

IGNORE = ".bylineignore"
GENERATIONS = "generations"
"""A folder in which one of this name stands is an index of ours."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Patterns of files to leave out, written as in a .gitignore."""

    spec: GitIgnoreSpec

    @classmethod
    def by(cls, patterns: Sequence[str], origin: str = "--exclude") -> "Excluded":
        """Those that match one of the patterns.

        Raises:
            SettingsError: A pattern makes no sense.
        """
        try:
            return cls(GitIgnoreSpec.from_lines(patterns))
        except (GitIgnorePatternError, ValueError) as error:
            raise SettingsError(f"{origin}: {error}; write patterns as in a .gitignore") from error

    def within(self, folder: Path) -> "Excluded":
        """These, and what the folder's own list says.

        Raises:
            ReadError: The list cannot be read.
            SettingsError: A pattern in it makes no sense.
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
        """Whether a path, relative to the folder or archive that it lies in, is left out; folders end in a slash."""
        return self.spec.match_file(place)


def walk(folder: Path, excluded: Excluded) -> Iterator[Path]:
    """In sorted order, without indexes. Links to folders are not followed: they may lead back."""
    excluded = excluded.within(folder)
    for parent, folders, names in os.walk(folder):
        place = Path(parent).relative_to(folder)
        folders[:] = sorted(
            name
            for name in folders
            if _visible(name)
            and not excluded.leaves_out(f"{(place / name).as_posix()}/")
            and not Path(parent, name, GENERATIONS).is_dir()
        )
        for name in sorted(filter(_visible, names)):
            path = Path(parent, name)
            if not excluded.leaves_out((place / name).as_posix()) and path.is_file():
                yield path


def _visible(name: str) -> bool:
    return not name.startswith(".")
