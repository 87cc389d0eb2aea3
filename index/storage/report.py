"""What an index holds, for the people who look after it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.errors import IndexMissing, SettingsError
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.manifest import Manifest, stated_options, stated_sources
from index.storage.opened import ARTICLES


def report(index: Path) -> dict[str, Any]:
    """The manifest of the generation in use, with what its articles tell and what is on disk.

    Raises:
        IndexMissing: There is no index yet.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    with generations.held(generations.current()) as folder:
        manifest = Manifest.read(folder)
        with closing(ArticleStore.open(folder / ARTICLES)) as store:
            first, last = store.days() or (None, None)
            outlets = [{"source": source, "articles": articles} for source, articles in store.outlets()]
    return manifest.to_json() | {
        "index": str(index.absolute()),
        "first_day": first and first.isoformat(),
        "last_day": last and last.isoformat(),
        "outlets": outlets,
        "kept": generations.kept(),
        "bytes": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()),
    }


def recorded_sources(index: Path) -> list[str] | None:
    """The paths that the generation in use was read from, even if no more of it can be used; None without an index.

    Raises:
        SettingsError: It does not tell.
    """
    generations = Generations(index)
    try:
        current = generations.current()
    except IndexMissing:
        return None
    sources = stated_sources(generations.folder(current))
    if not sources:
        raise SettingsError(f"the index in {str(index)!r} does not tell what it was built from; name the paths")
    return sources


def recorded_options(index: Path) -> dict[str, list[str]]:
    """How the generation in use was read: values by the name of the option; empty without an index."""
    generations = Generations(index)
    try:
        return stated_options(generations.folder(generations.current()))
    except IndexMissing:
        return {}
