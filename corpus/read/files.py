"""From the given paths to every file to be read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.article import Rejected
from corpus.read.cache import ReadCache
from corpus.read.file import LONGEST_REASON, File, Unreadable, printable
from corpus.read.folder import Excluded, walk
from corpus.read.packed import BROKEN, PACKINGS, Bomb, unpacked
from corpus.read.readers import CONTAINERS, READERS, STREAMED, container_of

DEEPEST_ARCHIVE = 2
"""Levels of nested archives."""

# Suffixes named in the warning about files of unknown kinds; characters of each.
KINDS_NAMED, LONGEST_KIND = 8, 20
LINKS = "links"
Files = Iterator[File | Rejected]


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the files below paths and in archives.

    Attributes:
        excluded: The files to leave out.
        fields: The corpus's own names for fields.
        cache: Finds what was read before.
        skipped: Counts the skipped files in folders and archives, by suffix, and links to files.
    """

    excluded: Excluded
    fields: Mapping[str, str] = field(default_factory=dict)
    cache: ReadCache | None = None
    skipped: Counter[str] = field(default_factory=Counter)

    def find(self, path: Path) -> Files:
        """The files at or below a path. Read one inside an archive before asking for the next."""
        if path.is_dir():
            for file in walk(path, self.excluded):
                if isinstance(file, Rejected):
                    yield file
                elif file.is_symlink():  # it may lead to what is not to be published
                    self.skipped[LINKS] += 1
                else:
                    yield from self._look_into(self._at(file))
        elif not path.is_file():
            yield Rejected(printable(path), None, "is not a regular file")
        else:
            yield from self._look_into(self._at(path), named=True)

    def summary(self) -> str:
        """For example "skipped 3 files of other kinds: .docx, .jpg, no suffix"; names the commonest."""
        links = self.skipped[LINKS]
        others = self.skipped - Counter({LINKS: links})
        said = [f"{links:,} link{'s' if links > 1 else ''} to files, which are read if named as PATH"] if links else []
        if number := others.total():
            said.append(f"{number:,} file{'s' if number > 1 else ''} of other kinds: {_listed(others)}")
        return f"skipped {'; '.join(said)}"

    def _at(self, path: Path) -> File:
        return replace(File.at(path, self.fields), cache=self.cache)

    def _look_into(self, file: File, *, named: bool = False, depth: int = 0) -> Files:
        inner = unpacked(file)
        if inner.kind in READERS:
            yield inner
        elif inner.kind in CONTAINERS:
            yield from self._open_up(inner, depth)
        elif named:
            known = ", ".join([*READERS, *CONTAINERS])
            yield Rejected(
                file.origin,
                None,
                f"is of no known kind ({file.kind!r}); known are {known}, and each with {', '.join(PACKINGS)}",
            )
        else:
            self.skipped[file.kind] += 1

    def _open_up(self, archive: File, depth: int) -> Files:
        if depth == DEEPEST_ARCHIVE:
            yield Rejected(archive.origin, None, "is an archive nested too deep; unpack the outermost")
            return
        empty = True
        try:
            for member in container_of(archive.kind)(archive):
                empty = False
                yield from self._member(member, depth)
        except Unreadable as error:
            yield Rejected(archive.origin, None, str(error))
        except (*BROKEN, RuntimeError) as error:
            yield broken_off(archive, error)
        else:
            if empty:
                yield Rejected(archive.origin, None, "holds no file")

    def _member(self, member: File | Rejected, depth: int) -> Files:
        if isinstance(member, Rejected):
            yield member
        elif not (_hidden(member.name) or self.excluded.leaves_out(member.name.removeprefix("./"))):
            for file in self._look_into(member, depth=depth + 1):
                yield file if isinstance(file, Rejected) or file.kind in STREAMED else _held(file)


def _held(file: File) -> File | Rejected:
    """The file with its bytes in memory, so that the archive can be read on.

    Raises:
        Bomb: The rest of the archive must not be read.
    """
    try:
        return file.holding(file.contents())
    except Bomb:
        raise
    except Unreadable as error:
        return Rejected(file.origin, None, str(error))
    except (*BROKEN, RuntimeError) as error:
        return broken_off(file, error)


def broken_off(file: File, error: BaseException) -> Rejected:
    """The rejection of a file that is cut or damaged."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Rejected(file.origin, None, f"cannot be read to its end: {printable(reason)[:LONGEST_REASON]}")


def _hidden(name: str) -> bool:
    """Hidden files, and those that macOS adds to a .zip."""
    return any(part.startswith((".", "__MACOSX")) and part != "." for part in name.replace("\\", "/").split("/"))


def _listed(skipped: Counter[str]) -> str:
    """The commonest kinds of the skipped files."""
    kinds = [kind for kind, _ in skipped.most_common(KINDS_NAMED)]
    named = [printable(kind[:LONGEST_KIND]) for kind in sorted(kinds) if kind] + ["no suffix"] * ("" in kinds)
    return ", ".join(named) + (", ..." if len(skipped) > len(kinds) else "")
