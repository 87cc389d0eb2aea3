"""API keys: shown once, kept as hashes."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Self

from bot.portal.access.caller import Caller, Scope
from bot.settings import Settings
from corpus.errors import SettingsError

PREFIX = "byline"
FILE = "keys.sqlite"
NOTED_EVERY = timedelta(minutes=1)
"""How exact "last used" is."""
_KEY = re.compile(rf"{PREFIX}_([0-9a-f]{{8}})_([\w-]{{43}})", re.ASCII)
_SCHEMA = """CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL,
scopes TEXT NOT NULL, created TEXT NOT NULL, used TEXT, revoked TEXT)"""
_COLUMNS = "id, name, scopes, created, used, revoked"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; never the key itself.

    Attributes:
        id: Part of the key, and its name in commands.
        name: Who or what it is for.
        scopes: What it lets its holder do.
        created: When it was made, ISO 8601 in UTC.
        used: When it was last used, to the minute; None if never.
        revoked: When it was revoked; None while it is valid.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created: str
    used: str | None
    revoked: str | None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The keys in a file. A server reads it at each use, so a key counts, or no longer does, from that moment on."""

    path: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The file that the settings name, or the one in the index."""
        return cls(settings.keys or settings.folder / FILE)

    @property
    def exists(self) -> bool:
        """Whether a key was ever made here; from then on no one is let in without one or another way to sign in."""
        return self.path.exists()

    def add(self, name: str, scopes: Sequence[Scope]) -> str:
        """Makes a key. It can be read now and never again."""
        key_id, secret = token_hex(4), token_urlsafe(32)
        key = f"{PREFIX}_{key_id}_{secret}"
        with self._opened(create=True) as database:
            values = (key_id, name, _digest(key), " ".join(sorted(set(scopes))), _now())
            database.execute("INSERT INTO keys (id, name, digest, scopes, created) VALUES (?, ?, ?, ?, ?)", values)
        return key

    def list(self) -> list[Key]:
        """All keys, oldest first, those that were revoked among them."""
        if not self.exists:
            return []
        with self._opened() as database:
            return [_key(row) for row in database.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created, id")]

    def revoke(self, key_id: str) -> Key:
        """Ends a key.

        Raises:
            SettingsError: There is no such key.
        """
        known = {key.id: key for key in self.list()}
        if key_id not in known:
            raise SettingsError(f"no key has the id {key_id!r}; byline keys list shows the ids")
        with self._opened() as database:
            database.execute("UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", (_now(), key_id))
        return known[key_id]

    def caller(self, typed: str) -> Caller | None:
        """Whose key this is; None for what is no key, or none that is valid."""
        match = _KEY.fullmatch(typed)
        if not match or not self.exists:
            return None
        with self._opened() as database:
            row = database.execute(f"SELECT digest, {_COLUMNS} FROM keys WHERE id = ?", (match[1],)).fetchone()
            if not row or not compare_digest(row[0], _digest(typed)) or (key := _key(row[1:])).revoked:
                return None
            if not key.used or datetime.now(UTC) - datetime.fromisoformat(key.used) > NOTED_EVERY:
                database.execute("UPDATE keys SET used = ? WHERE id = ?", (_now(), key.id))
        return Caller(key.name, "key", frozenset(key.scopes))

    @contextmanager
    def _opened(self, create: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=5)) as database, database:
                database.execute(_SCHEMA)
                yield database
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"the keys in {str(self.path)!r} cannot be read or written ({error}); set BYLINE_KEYS"
            ) from error


def _key(row: Sequence[str]) -> Key:
    key_id, name, scopes, created, used, revoked = row
    return Key(key_id, name, tuple(scopes.split()), created, used, revoked)  # type: ignore[arg-type]


def _digest(key: str) -> str:
    """A key has 256 random bits, so a plain hash of it cannot be reversed."""
    return sha256(key.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
