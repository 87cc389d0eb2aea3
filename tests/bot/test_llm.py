"""A language model behind a real HTTP server: what it says, and how it fails."""

import traceback
from collections.abc import Iterator
from threading import Event
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.llms import MockLLM

from bot.llm import Message
from bot.llm.paced import Limits, paced
from bot.llm.server import adapted, served
from bot.llm.thoughts import without_thoughts
from bot.settings import Settings
from corpus.errors import LLMError, PromptTooLong, ReplyCut
from tests.bot.llm_server import (
    Act,
    breaks_off,
    hangs,
    hangs_up,
    refuses,
    reports_an_error,
    says,
    serving,
    talks_nonsense,
)

KEY = "sk-very-secret-7731"
ASKED = (Message("system", "Be brief."), Message("user", "When did it open?"))


def settings(url: str, **more: object) -> Settings:
    return Settings.model_validate({"llm_base_url": url, "llm_model": "tiny", "llm_api_key": KEY, **more})


def reply(url: str, **more: object) -> list[str]:
    llm = served(settings(url, **more))
    assert llm
    return list(llm.stream(ASKED))


def failure_of(*acts: Act, **more: object) -> LLMError:
    """What comes of asking a server that acts so: it names the server, says what to do, and repeats no key."""
    with serving(*acts) as server:
        with pytest.raises(LLMError) as caught:
            reply(server.url, **more)
        told = "".join(traceback.format_exception(caught.value))
        assert server.place in str(caught.value)
    assert caught.value.advice
    assert KEY not in f"{told} {caught.value!r} {caught.value.advice}"
    return caught.value


def test_the_reply_comes_in_deltas_and_the_request_is_what_was_asked() -> None:
    with serving(says("On", "", " Monday", ". [1]")) as server:
        assert reply(server.url) == ["On", " Monday", ". [1]"]
    (body,) = server.bodies
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "When did it open?"},
    ]
    assert (body["model"], body["stream"], body["temperature"]) == ("tiny", True, 0.0)
    assert body["max_tokens"] > 100
    assert server.keys == [f"Bearer {KEY}"]


def test_where_no_model_is_named_it_is_the_servers_first() -> None:
    with serving(says("Yes."), models=["small", "large"]) as server:
        llm = served(settings(server.url, llm_model=None))
        assert llm
        assert (list(llm.stream(ASKED)), llm.model) == (["Yes."], "small")
        assert server.bodies[0]["model"] == "small"


def test_a_key_meant_for_openai_goes_to_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(says("Yes.")) as server:
        assert reply(server.url, llm_api_key=None) == ["Yes."]
    assert server.keys == ["Bearer none"]


def test_without_an_address_or_a_model_there_is_none() -> None:
    assert served(Settings(llm_base_url=None, llm_model=None)) is None
    only_model = served(Settings(llm_base_url=None, llm_model="gpt-x"))
    assert only_model
    assert only_model.place == "api.openai.com"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (refuses(401), "refused the key (401)"),
        (refuses(403), "may not use this model (403)"),
        (refuses(404), "does not know this model or address (404)"),
        (refuses(400), "refused the request (400)"),
        (refuses(418), "refused the request (418)"),
        (refuses(500), "it failed (500)"),
        (refuses(503), "it failed (503)"),
        (refuses(429), "too many requests (429)"),
        (refuses(429, retry_after="120"), "asks to wait 120 s"),
        (talks_nonsense, "could not be read"),
        (reports_an_error, "could not be read"),
        (hangs_up, "connection broke off"),
        (breaks_off("The bridge", " opened"), "connection broke off"),
        (breaks_off("The bridge", " opened", chunked=False), "connection broke off"),
        (says("I", ended="content_filter"), "filter"),
    ],
)
def test_every_failure_has_its_words_and_none_repeats_the_key(act: Act, words: str) -> None:
    assert words in str(failure_of(act))


def test_where_nothing_listens_it_cannot_be_reached() -> None:
    with serving() as server:
        url = server.url
    with pytest.raises(LLMError, match="cannot be reached"):
        reply(url)


@pytest.mark.parametrize("deltas", [(), ("The bridge",)])
def test_a_server_that_falls_silent_is_waited_for_so_long_and_no_longer(deltas: tuple[str, ...]) -> None:
    release = Event()
    started = monotonic()
    first = 5 if deltas else 0.3
    error = failure_of(hangs(release, *deltas), llm_first_seconds=first, llm_next_seconds=0.3)
    release.set()
    assert "timed out after 0.3 s" in str(error)
    assert monotonic() - started < 5


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
        "the request exceeds the available context size, try increasing it",
        "Input is too long for requested model",
    ],
)
def test_a_prompt_that_does_not_fit_is_told_apart(message: str) -> None:
    assert isinstance(failure_of(refuses(400, message)), PromptTooLong)


def test_a_reply_that_is_cut_at_its_limit_is_told_after_its_deltas() -> None:
    with serving(says("It opened. It wa", ended="length")) as server:
        llm = served(settings(server.url))
        assert llm
        deltas = llm.stream(ASKED)
        assert next(deltas) == "It opened. It wa"
        with pytest.raises(ReplyCut):
            next(deltas)


def test_a_short_wait_is_waited_and_a_second_one_is_not() -> None:
    with serving(refuses(429, retry_after="0"), says("Yes.")) as server:
        assert reply(server.url) == ["Yes."]
    assert "(429)" in str(failure_of(refuses(429, retry_after="0")))


def test_a_model_that_takes_other_options_is_asked_with_those() -> None:
    message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'."
    with serving(refuses(400, message), says("Yes.")) as server:
        assert reply(server.url) == ["Yes."]
    assert "max_tokens" not in server.bodies[1]
    assert server.bodies[1]["max_completion_tokens"] > 100


def test_the_next_question_works_after_a_failure() -> None:
    with serving(hangs_up, says("Yes.")) as server:
        llm = served(settings(server.url))
        assert llm
        with pytest.raises(LLMError):
            list(llm.stream(ASKED))
        assert list(llm.stream(ASKED)) == ["Yes."]


def test_any_llama_index_llm_will_do() -> None:
    llm = adapted(MockLLM(), Settings())
    assert "".join(llm.stream(ASKED))


def test_an_llm_that_raises_what_nobody_knows_raises_an_llm_error() -> None:
    class Odd(MockLLM):
        def stream_chat(self, *_: object, **__: object) -> Iterator[object]:
            raise LookupError(KEY)

    with pytest.raises(LLMError, match="did not answer") as caught:
        list(adapted(Odd(), Settings()).stream(ASKED))
    assert KEY not in str(caught.value)


def test_nobody_reads_on_when_nobody_listens() -> None:
    closed = Event()

    def endless() -> Iterator[str]:
        try:
            while True:
                yield "word "
        finally:
            closed.set()

    deltas = paced(endless, Limits())
    next(deltas)
    deltas.close()  # type: ignore[attr-defined]
    assert closed.wait(5)


def test_signs_of_life_are_not_taken_for_words() -> None:
    def thinking() -> Iterator[str]:
        yield from ["", "", "Yes."]

    assert list(paced(thinking, Limits())) == ["Yes."]


def test_a_reply_has_a_limit_as_a_whole() -> None:
    def endless() -> Iterator[str]:
        while True:
            Event().wait(0.01)
            yield ""

    with pytest.raises(TimeoutError):
        list(paced(endless, Limits(5, 5, 0.2)))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It opened.", "It opened."),
        ("<think>Hm. [1] says so.</think>It opened.", "It opened."),
        ("\n<think>\nHm</think>\n\nIt opened.", "\n\nIt opened."),
        ("<thin ice", "<thin ice"),
        ("<think>without end", ""),
        ("It <think>opened</think>.", "It <think>opened</think>."),
        ("<th", "<th"),
        ("", ""),
    ],
)
@given(data=st.data())
def test_thoughts_are_left_out_however_the_reply_is_cut(text: str, left: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert "".join(without_thoughts(pieces)) == left


@pytest.mark.parametrize(
    "wrong",
    [
        {"llm_base_url": f"https://user:{KEY}@example.org/v1"},
        {"llm_base_url": f"https://example.org/v1?key={KEY}"},
        {"llm_base_url": KEY},
        {"llm_api_key": f"{KEY}\nHost: evil"},
        {"llm_api_key": f"{KEY} é"},
        {"llm_context": "2000", "llm_reply": "1500"},
    ],
)
def test_settings_that_cannot_be_used_are_refused_without_repeating_them(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="llm_") as caught:
        Settings.model_validate(wrong)
    assert KEY not in str(caught.value)


def test_no_representation_holds_the_key() -> None:
    told = settings("https://example.org/v1")
    llm = served(told)
    assert KEY not in f"{told} {told!r} {told.model_dump()} {told.model_dump_json()} {llm!r} {llm}"
