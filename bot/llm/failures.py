"""Translates a provider's exceptions into our own words.

Nothing that a provider says is passed on: its messages may repeat a key. Exceptions are recognised by their attributes
and names, so that those of every provider are understood and none need be imported.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from corpus.errors import LLMError, PromptTooLong

_TOO_LONG = re.compile(
    r"""context.{0,20}(length|size|window|limit)
    |maximum.{0,20}(context|prompt|tokens|(input|model|sequence)\ length)
    |too\ many.{0,20}tokens
    |exceed.{0,20}(context|token\ limit|max(imum)?[ _](input|seq|prompt))
    |\b(prompt|inputs?|sequence\ length|(?<!completion\ )(?<!output\ )tokens|token\ count)\b.{0,60}
        (too\ (long|large|big)|(longer|larger|greater|more)\ than|(exceeds?|exceeded|exceeding)\b)
    |\b(prompt|inputs)\b.{0,60}must\ (be\ (<|less|at\ most)|have\ (less|fewer|at\ most))
    |\b(request|messages|conversation)\b.{0,20}too\ (long|large|big)
    |range\ of\ input\ length|tokens_limit_reached|reduce\ the\ length""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_MAY_BE_LENGTH = {None, 400, 413, 422, 500}
"""The statuses of an error for a prompt that is too long; None for an error sent as a reply, or without a status."""
_OPTION = re.compile(r"max_(completion_)?tokens|temperature|unsupported (parameter|value)", re.IGNORECASE)

_SAID: Mapping[int, tuple[str, str]] = {
    401: ("it refused the key (401)", "set {service}_API_KEY to a key that this server takes"),
    403: ("the key may not use this model (403)", "ask for the right, or set {service}_MODEL to another model"),
    404: (
        "it does not know this model or address (404)",
        "set {service}_MODEL to a model it serves; {service}_BASE_URL mostly ends in /v1",
    ),
    429: ("it has too many requests (429)", "wait, or ask for a higher limit"),
}
_FAILED = ("it failed ({status})", "look into the server's log")
_REFUSED = ("it refused the request ({status})", "see whether {service}_BASE_URL and {service}_MODEL belong together")
_SOCKS = (
    "a SOCKS proxy is set, and the package for it is missing",
    "run: pip install 'httpx[socks]', or unset ALL_PROXY, HTTP_PROXY and HTTPS_PROXY",
)
_NOT_THERE = (
    "see whether {service}_BASE_URL is the address of an OpenAI-like server, which mostly ends in /v1, and look into "
    "the server's log"
)
_CALLED: Mapping[str, tuple[str, str]] = {
    "socksio": _SOCKS,
    "CERTIFICATE_VERIFY_FAILED|FileNotFoundError": (
        "its certificate cannot be checked",
        "set SSL_CERT_FILE to a file with the certificates to trust",
    ),
    "Timeout": ("it took too long", "raise {limits}, or take a faster model"),
    "ProtocolError|ReadError|IncompleteRead|BrokenPipe|ConnectionReset": (
        "the connection broke off",
        "look into the server's log",
    ),
    "Connect|OSError|gaierror": ("it cannot be reached", "start the server, or correct {service}_BASE_URL"),
    "ValueError|TypeError|KeyError|AttributeError|APIError": ("its reply could not be read", _NOT_THERE),
}
"""By names of exceptions; the first match is used."""
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_PASSES = re.compile("Timeout|ProtocolError|ReadError|IncompleteRead|BrokenPipe|Connect|gaierror")


@dataclass(frozen=True, slots=True)
class Variables:
    """How the variables of a service are called, for advice.

    Attributes:
        service: What they start with.
        limits: Those that say how long it may take.
    """

    service: str = "BYLINE_LLM"
    limits: str = "BYLINE_LLM_FIRST_SECONDS or BYLINE_LLM_NEXT_SECONDS"

    def named(self, advice: str) -> str:
        """Advice with their names put in."""
        return advice.format(service=self.service, limits=self.limits)


LLM_VARIABLES = Variables()


class NotAReply(ValueError):
    """A successful response whose body holds no reply.

    Attributes:
        body: The error in it, to be searched for words but never shown.
        status_code: The status that the error names; None if none.
    """

    def __init__(self, kind: str, body: object = "") -> None:
        super().__init__(f"{kind} came in its place")
        self.body = body
        held = body.get("error") if isinstance(body, Mapping) else None
        code = str(held.get("code")) if isinstance(held, Mapping) else ""
        self.status_code = int(code) if re.fullmatch(r"[45]\d\d", code) else None


def failure(error: Exception, place: str, proxy: str = "") -> LLMError:
    """The error to report.

    Args:
        error: The provider's exception.
        place: The model's address, as "127.0.0.1:8080".
        proxy: The proxy in use, as "proxy.example:3128"; empty for none.
    """
    if too_long(error):
        return PromptTooLong(
            f"{_opening(place)} (the passages do not fit its context)",
            "set BYLINE_LLM_CONTEXT to the tokens that the model takes",
        )
    reason, advice = reason_of(error, place, proxy, LLM_VARIABLES)
    return LLMError(f"{_opening(place)} ({reason})", advice)


def reason_of(error: Exception, place: str, proxy: str, variables: Variables) -> tuple[str, str]:
    """Why a service did not answer, and what can be done.

    Args:
        error: As a provider raised it.
        place: Where the service is, as "127.0.0.1:8080".
        proxy: The proxy that it is asked through, as "proxy.example:3128"; empty if it is asked directly.
        variables: Those that set it.
    """
    reason, advice = _reason(error)
    advice = variables.named(advice)
    if proxy and advice != _SOCKS[1]:
        host = urlsplit(f"//{place}").hostname
        reason += f"; it was asked through the proxy {proxy}, as NO_PROXY does not list {host}"
        advice = f"add {host} to NO_PROXY if no proxy is needed to reach it; else {advice}"
    return reason, advice


def may_pass(error: Exception) -> bool:
    """Whether the same request may succeed a little later."""
    if too_long(error):
        return False
    if status := status_of(error):
        return status in _PASSING
    names = _names(error)
    return bool(_PASSES.search(names)) and not re.search("NotAReply|socksio|CERTIFICATE_VERIFY_FAILED", names)


def too_long(error: Exception) -> bool:
    """Whether the prompt did not fit."""
    return status_of(error) in _MAY_BE_LENGTH and bool(_TOO_LONG.search(_words(error)))


def wrong_option(error: Exception) -> bool:
    """Whether the request named an option, such as max_tokens, that this model does not take."""
    return status_of(error) in {400, 422} and not too_long(error) and bool(_OPTION.search(_words(error)))


def seconds_to_wait(error: Exception) -> float | None:
    """How long the server asks to wait; None if it does not."""
    for one in _chain(error):
        headers = getattr(getattr(one, "response", None), "headers", None)
        header = headers.get("retry-after") if headers is not None else None
        if header and status_of(error) in {429, 503}:
            return _seconds(str(header))
    return None


def status_of(error: Exception) -> int | None:
    """The HTTP status of the response; None without one."""
    for one in _chain(error):
        for holder in (one, getattr(one, "response", None)):
            status = getattr(holder, "status_code", None)
            if isinstance(status, int):
                return status
    return None


def _reason(error: Exception) -> tuple[str, str]:
    """The reason for the failure, and what to do about it."""
    status, wait = status_of(error), seconds_to_wait(error)
    if status and status >= 400:
        reason, advice = _SAID.get(status, _FAILED if status >= 500 else _REFUSED)
        asks = f", and asks to wait {wait:.0f} s" if wait else ""
        return f"{reason.format(status=status)}{asks}", advice
    if wrong := next((one for one in _chain(error) if isinstance(one, NotAReply)), None):
        return f"its reply could not be read: {wrong}", _NOT_THERE
    if own := next((one for one in _chain(error) if type(one) is TimeoutError and str(one)), None):
        return str(own), "raise {limits}, or take a faster model"
    names = _names(error)
    return next((known for called, known in _CALLED.items() if re.search(called, names)), ("it failed", _FAILED[1]))


def _names(error: Exception) -> str:
    """What the exceptions are called, and known words in what they say."""
    names = " ".join(kind.__name__ for one in _chain(error) for kind in type(one).__mro__)
    return names + " ".join(re.findall("socksio|CERTIFICATE_VERIFY_FAILED", _words(error)))


def _opening(place: str) -> str:
    return f"The language model at {place} did not answer"


def _words(error: Exception) -> str:
    """The provider's message, to be searched for words but never shown."""
    return " ".join(f"{one} {getattr(one, 'body', '')}"[:4_000] for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and its causes."""
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        seen.append(one)
        one = one.__cause__ or one.__context__
    return iter(seen)


def _seconds(header: str) -> float | None:
    """Parses a Retry-After header: seconds, or a moment."""
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
