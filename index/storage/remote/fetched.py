"""What was fetched from web addresses, kept in the store between publishers: feeds forget, an archive does not."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.fetch import FILE
from index.storage.remote.pull import Copy
from index.storage.remote.store import Listed

SEEN = "fetched.seen"
"""What the store had, and what the folder had, when they were last alike."""


def pull_fetched(copy: Copy) -> None:
    """Brings the store's file here, unless the folder's own is built on that."""
    found = copy.store.find(FILE)
    if found is None or _stated(found) == _seen(copy).get("there"):
        return
    with TemporaryDirectory(dir=copy.folder) as folder:
        copy.download(FILE, Path(folder) / FILE, found.size)
        for suffix in ("-wal", "-shm"):
            (copy.folder / (FILE + suffix)).unlink(missing_ok=True)
        (Path(folder) / FILE).replace(copy.folder / FILE)
    _note(copy)


def push_fetched(copy: Copy) -> None:
    """Writes the folder's file to the store if it has changed."""
    if _digest(copy) == _seen(copy).get("here"):
        return
    with TemporaryDirectory(dir=copy.folder) as folder:
        whole = Path(folder) / FILE  # a copy that SQLite makes: what is in its log is in it
        with closing(sqlite3.connect(copy.folder / FILE)) as source, closing(sqlite3.connect(whole)) as target:
            source.backup(target)
        copy.store.upload(whole, FILE)
    _note(copy)


def _note(copy: Copy) -> None:
    stated = {"there": _stated(copy.store.find(FILE)), "here": _digest(copy)}
    (copy.folder / SEEN).write_text(json.dumps(stated), encoding="utf-8")


def _seen(copy: Copy) -> Mapping[str, str | None]:
    path = copy.folder / SEEN
    stated: Mapping[str, str | None] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return stated


def _stated(found: Listed | None) -> str | None:
    return f"{found.size} {found.modified.isoformat()}" if found else None


def _digest(copy: Copy) -> str | None:
    path = copy.folder / FILE
    if not path.exists():
        return None
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
