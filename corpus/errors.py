"""What can go wrong, as one tree.

    BylineError
    ├── ReadError         a path cannot be read at all (one bad article is a `Rejected`, not an error)
    ├── IndexMissing      there is no index yet
    ├── IndexMismatch     the index was made by another schema or embedder
    ├── IndexBusy         another rebuild holds the lock
    ├── IndexDamaged      a generation's files are not what its manifest says
    ├── ModelError        an embedded model cannot be loaded
    └── SettingsError     a setting or a question's option makes no sense

Each message names the value and the next step. A class exists only where some caller acts on it differently.
"""


class BylineError(Exception):
    """The base of every error that Byline raises on purpose."""


class ReadError(BylineError):
    """A path given for reading does not exist or cannot be opened."""


class IndexMissing(BylineError):
    """No generation has been built in this folder yet."""


class IndexMismatch(BylineError):
    """The index was made with another schema or another embedder."""


class IndexBusy(BylineError):
    """Another process is rebuilding the same index."""


class IndexDamaged(BylineError):
    """A generation's files do not agree with its manifest."""


class ModelError(BylineError):
    """An embedded model's files are missing or cannot be run."""


class SettingsError(BylineError):
    """A setting, or an option of a question, has a value that cannot be used."""
