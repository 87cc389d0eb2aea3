"""What can go wrong, as one tree.

    BylineError
    ├── ReadError         a path cannot be read at all (one bad article is a `Rejected`, not an error)
    ├── IndexMissing      there is no index yet
    ├── IndexMismatch     the index was made by another schema or embedder
    ├── IndexBusy         another rebuild holds the lock
    ├── IndexDamaged      a generation's files do not match its manifest
    ├── IndexUnreachable  the server that holds its vectors does not answer as it should
    ├── ModelError        a model that searching needs cannot be loaded, or does not answer
    ├── LLMError          a language model failed to answer
    │   ├── PromptTooLong   its prompt does not fit its context
    │   └── ReplyCut        its reply reached its limit
    ├── Busy              too many questions are waiting
    ├── FeedbackError     the ratings of answers cannot be read or written
    └── SettingsError     a setting or a question's option makes no sense
        └── QuestionRefused a question cannot be asked as it is

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
    """A generation's files do not match its manifest."""


class IndexUnreachable(BylineError):
    """The server that holds an index's vectors does not answer as it should; the index may be whole."""


class ModelError(BylineError):
    """A model's files are missing or cannot be run, or the server of an embedder does not answer as it should."""


class FeedbackError(BylineError):
    """The file of ratings cannot be used."""


class SettingsError(BylineError):
    """A setting, or an option of a question, is invalid."""


class QuestionRefused(SettingsError):
    """A question cannot be asked as it is.

    Attributes:
        reason: "empty", "long", "far" (a day) or "order" (of two days), for those who word it themselves.
        values: What a wording of it names, by name.
    """

    def __init__(self, message: str, reason: str, **values: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.values = values


class LLMError(BylineError):
    """A language model failed to answer; the bot then answers without it.

    The message is for the user. It holds nothing that the provider said, which might repeat a key.

    Attributes:
        advice: What the operator can do about it.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class PromptTooLong(LLMError):
    """The prompt does not fit the model's context; fewer passages may."""


class ReplyCut(LLMError):
    """The reply reached its limit in the middle of a sentence; the earlier sentences are whole."""


class Busy(BylineError):
    """Too many questions are waiting, or the server is stopping.

    Attributes:
        seconds: When to try again.
    """

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
