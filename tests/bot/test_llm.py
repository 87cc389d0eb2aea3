"""A language model behind a real HTTP server: what it says, and how it fails."""

import json
import subprocess
import sys
import traceback
from collections.abc import Iterator
from itertools import chain
from threading import Event
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.llms import MockLLM

from bot.llm import Message
from bot.llm.llm_server import adapted, served
from bot.llm.paced import Limits, paced
from bot.llm.thoughts import OnlyThought, unthought, without_thoughts
from bot.settings import Settings
from corpus.errors import LLMError, PromptTooLong, ReplyCut
from tests.bot.llm_server import (
    Act,
    breaks_off,
    hangs,
    hangs_up,
    piece,
    refuses,
    reports_an_error,
    says,
    sends,
    serving,
    streams,
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
        trace = "".join(traceback.format_exception(caught.value))
        assert server.place in str(caught.value)
    assert caught.value.advice
    assert KEY not in f"{trace} {caught.value!r} {caught.value.advice}"
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


@pytest.mark.parametrize(
    "lines",
    [
        (piece("Yes."), "data: [DONE]"),
        (piece("Yes.", finish_reason=""), "data: [DONE]"),
        (piece("Yes.", finish_reason=None), "data:[DONE]"),
        (piece("Yes.", finish_reason="stop"),),
        (piece("Yes."), 'data: {"choices": [{"delta": null, "finish_reason": "stop"}]}'),
        (": ping", "data: {}", piece("Yes."), 'data: {"choices": null}', 'data: {"choices": []}', "data: [DONE]"),
        ("data: null", "data:", "data: ping", 'event: ping\ndata: {"type": "ping"}', piece("Yes."), "data: [DONE]"),
        ('data: {"choices": [{"message": {"role": "assistant", "content": "Yes."}}]}', "data: [DONE]"),
        (
            'data: {"choices": [{"delta": {"content": [{"type": "thinking", "thinking": []}]}}]}',
            'data: {"choices": [{"delta": {"content": [{"type": "text", "text": "Yes."}]}}]}',
            "data: [DONE]",
        ),
    ],
)
def test_pings_are_skipped_and_a_reply_ends_with_its_stream(lines: tuple[str, ...]) -> None:
    with serving(streams(*lines)) as server:
        assert reply(server.url) == ["Yes."]


def test_a_line_end_inside_a_text_ends_no_event() -> None:
    text = "It opened.\u2028It cost\u0085 41."
    with serving(streams(piece("-").replace("-", text), "data: [DONE]\r")) as server:
        assert reply(server.url) == [text]


@pytest.mark.parametrize("lines", [(piece("Yes."),), (piece("Yes.", finish_reason=""), ": ping")])
def test_a_stream_without_any_end_has_broken_off(lines: tuple[str, ...]) -> None:
    assert "connection broke off" in str(failure_of(streams(*lines)))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("reason", ["stop", "", None])
def test_a_completion_that_is_not_streamed_is_the_reply(indent: int | None, reason: str | None) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": "Yes. [1]"}, "finish_reason": reason}
    body = json.dumps({"object": "chat.completion", "choices": [choice]}, indent=indent)
    with serving(sends(body)) as server:
        assert reply(server.url) == ["Yes. [1]"]


def test_a_completion_that_is_not_streamed_may_be_cut_at_its_limit() -> None:
    body = '{"choices": [{"message": {"content": "Yes."}, "finish_reason": "length"}]}'
    with serving(sends(body, "text/plain")) as server, pytest.raises(ReplyCut):
        reply(server.url)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "a web page came in its place"),
        ("\n<html>context length", "a web page came in its place"),
        ('{"error": {"message": "no GPU", "type": "server_error"}}', "an error came in its place"),
        ('{"error": "no GPU"}', "an error came in its place"),
        ('{"object": "error", "message": "no GPU"}', "an error came in its place"),
        ('{"detail": "no GPU"}', "an error came in its place"),
        ('{"error": {"code": 429, "message": "slow down"}}', "too many requests (429)"),
        ('{"error": {"code": "503", "message": "loading"}}', "it failed (503)"),
        ('{"object": "error", "code": 401, "message": "no"}', "refused the key (401)"),
        ('{"models": []}', "JSON without a reply came in its place"),
        ("[]", "JSON without a reply came in its place"),
        ("Ollama is running", "text that is not JSON came in its place"),
        ("", "an empty body came in its place"),
    ],
)
def test_a_success_that_holds_no_reply_is_called_what_it_is(body: str, words: str) -> None:
    error = failure_of(sends(body, "text/event-stream"))
    assert words in str(error)
    assert "GPU" not in f"{error} {error.advice}"
    if "code" not in body:
        assert "BYLINE_LLM_BASE_URL" in error.advice


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((piece("The"), 'event: error\ndata: {"message": "no GPU"}'), "an error came in its place"),
        ((piece("The"), 'error: {"code": 500, "message": "no GPU"}'), "it failed (500)"),
        ((piece("The", finish_reason="error"),), "an error came in its place"),
    ],
)
def test_an_error_in_the_middle_of_a_stream_is_called_one(lines: tuple[str, ...], words: str) -> None:
    assert words in str(failure_of(streams(*lines)))


@pytest.mark.parametrize(
    ("body", "words"), [("<html>Sign in</html>", "a web page"), ('{"error": "no GPU"}', "an error")]
)
def test_an_unexpected_list_of_models_is_described(body: str, words: str) -> None:
    with serving(says("Yes.")) as server:
        server.listed = body
        with pytest.raises(LLMError, match=f"{words} came in its place"):
            reply(server.url, llm_model=None)


def test_the_default_model_is_the_servers_first() -> None:
    with serving(says("Yes."), models=["small", "large"]) as server:
        llm = served(settings(server.url, llm_model=None))
        assert llm
        assert (list(llm.stream(ASKED)), llm.model) == (["Yes."], "small")
        assert server.bodies[0]["model"] == "small"


@pytest.mark.parametrize(
    "other",
    [
        *("nomic-embed-text", "BAAI/bge-m3", "intfloat/e5-large", "bge-reranker-v2", "gte_large", "all-minilm:latest"),
        *("text-embedding-3-small", "whisper-1", "tts-1", "gpt-4o-mini-tts", "dall-e-3", "llama-guard3"),
        "omni-moderation-latest",
    ],
)
def test_a_model_that_writes_no_text_is_not_taken_for_the_first(other: str) -> None:
    with serving(says("Yes."), models=[other, "phi3.5", "large"]) as server:
        llm = served(settings(server.url, llm_model=None))
        assert llm
        assert (list(llm.stream(ASKED)), llm.model) == (["Yes."], "phi3.5")
    with serving(says("Yes."), models=[other]) as server:
        with pytest.raises(LLMError, match=f"none of its models writes text: {other}") as caught:
            reply(server.url, llm_model=None)
        assert caught.value.advice == "set BYLINE_LLM_MODEL"
        assert reply(server.url, llm_model=other) == ["Yes."]


@pytest.mark.parametrize("name", ["gpt-4o", "phi-3.5", "qwen3-30b-a3b", "gemma3:4b", "Mixtral-8x7B", "gpt-oss-20b"])
def test_a_model_that_writes_is_taken(name: str) -> None:
    with serving(says("Yes."), models=[name, "other"]) as server:
        llm = served(settings(server.url, llm_model=None))
        assert llm
        assert llm.model == name


def test_the_model_that_was_chosen_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "bot.llm")
    with serving(says("Yes."), models=["bge-m3", "phi3.5"]) as server:
        reply(server.url, llm_model=None)
    assert f"using phi3.5, the first of the models at {server.place} that writes text" in caplog.messages


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_an_error_names_the_proxy_in_use_and_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(refuses(502)) as proxy, serving(says("Yes.")) as server:
        monkeypatch.setenv(name, f"http://me:{KEY}@{proxy.place}/")
        with pytest.raises(LLMError) as caught:
            reply(server.url)
        kind = name.upper()
        assert f"it failed (502); it was asked through the proxy {proxy.place} ({kind})" in str(caught.value)
        assert caught.value.advice.startswith("add 127.0.0.1 to NO_PROXY")
        assert KEY not in f"{caught.value} {caught.value.advice}"
        with pytest.raises(LLMError, match=f"asked through the proxy {proxy.place}"):
            reply(server.url, llm_model=None)
        monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
        assert reply(server.url) == ["Yes."]
        server.acts = [refuses(502)]
        with pytest.raises(LLMError, match=r"it failed \(502\)\)$"):
            reply(server.url)


def test_a_proxy_that_the_client_has_no_package_for_is_named_whatever_no_proxy_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    for excepted in ("", "127.0.0.1"):
        monkeypatch.setenv("NO_PROXY", excepted)
        error = failure_of(says("Yes."))
        assert "a SOCKS proxy is set" in str(error)
        assert "pip install 'httpx[socks]', or unset ALL_PROXY" in error.advice


def test_certificates_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/not/there.pem")
    assert "SSL_CERT_FILE" in failure_of(says("Yes.")).advice


def test_importing_the_client_is_done_before_it_is_asked() -> None:
    code = """
import sys
from bot.llm.llm_server import served
from bot.settings import Settings
from tests.bot.llm_server import says, serving
from bot.llm import Message
with serving(says("Yes.")) as server:
    llm = served(Settings.model_validate({"llm_base_url": server.url, "llm_model": "tiny"}))
    before = set(sys.modules)
    assert list(llm.stream([Message("user", "Is it?")])) == ["Yes."]
print(*sorted(set(sys.modules) - before))
"""
    late = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {name.partition(".")[0] for name in late}.isdisjoint({"openai", "llama_index", "httpx", "httpcore", "bot"})


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


def test_a_closed_port_cannot_be_reached() -> None:
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
        "request (5000 tokens) exceeds the available context size (4096 tokens)",
        "Input is too long for requested model",
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens",
        "Input validation error: `inputs` must have less than 1024 tokens. Given: 1500",
        "The decoder prompt (length 9000) is longer than the maximum model length of 8192.",
        "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
        "Input length (9000 tokens) exceeds the maximum allowed length (8192 tokens).",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048575).",
        "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
        "Prompt length (5000) exceeds maximum input length (4096).",
        "Prompt contains 40000 tokens, too large for model with 32768 maximum context length",
        "too many tokens: total number of tokens in the prompt cannot exceed 4081",
        "Please reduce the length of the messages or completion.",
        "Your request exceeded model token limit: 8192",
        "Range of input length should be [1, 30720]",
        "Requested tokens (5000) exceed context window of 4096",
        "the input prompt is too large to process",
        "Prompt length 5000 is greater than max_seq_len 4096",
        "The number of tokens to keep from the initial prompt is greater than the context length.",
    ],
)
@pytest.mark.parametrize("status", [400, 413, 422, 500, 200])
def test_a_prompt_that_does_not_fit_is_recognised(message: str, status: int) -> None:
    error = json.dumps({"error": message, "error_type": "validation"})
    act = refuses(status, message) if status != 200 else sends(error)
    assert isinstance(failure_of(act), PromptTooLong)


@pytest.mark.parametrize(
    "message",
    [
        "Input validation error: `max_new_tokens` must be <= 512. Given: 600",
        "Input validation error: `temperature` must be strictly positive",
        "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.",
        "Your request exceeded your quota",
        "messages must alternate between user and assistant",
        "prompt must not be empty",
    ],
)
def test_another_refusal_is_not_taken_for_a_prompt_that_does_not_fit(message: str) -> None:
    assert not isinstance(failure_of(refuses(422, message)), PromptTooLong)


def test_a_reply_cut_at_its_limit_raises_after_its_deltas() -> None:
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


def test_an_unknown_exception_of_an_llm_becomes_an_llm_error() -> None:
    class Odd(MockLLM):
        def stream_chat(self, *_: object, **__: object) -> Iterator[object]:
            raise LookupError(KEY)

    with pytest.raises(LLMError, match="did not answer") as caught:
        list(adapted(Odd(), Settings()).stream(ASKED))
    assert KEY not in str(caught.value)


def test_reading_stops_when_the_caller_stops() -> None:
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
    assert "".join(without_thoughts(cut(text, data))) == left


HARMONY = "<|channel|>analysis<|message|>Hm. [1] says so.<|end|><|start|>assistant<|channel|>final<|message|>It opened."


@pytest.mark.parametrize(
    "text",
    [
        "Hm. [1] says so.\n</think>It opened.",
        "</think>It opened.",
        "Hm.</think>Well.</think>It opened.",
        "<think>Hm. <think>So.</think> Well.</think>It opened.",
        *(f"<{tag}>Hm. [1] says so.</{tag}>It opened." for tag in ("thinking", "reasoning", "Thought", "seed:think")),
        *(f"Hm. [1] says so.</{tag}>It opened." for tag in ("thinking", "reasoning", "thought")),
        "[THINK]Hm. [1] says so.[/THINK]It opened.",
        "Hm. [1] says so.[/THINK]It opened.",
        "◁think▷Hm.◁/think▷It opened.",
        "<|START_THINKING|>Hm.<|END_THINKING|>It opened.",
        "<|begin_of_thought|>Hm.<|end_of_thought|>It opened.",
        "<|channel>thought\nHm.<channel|>It opened.",
        HARMONY,
        HARMONY.removeprefix("<|channel|>"),
        HARMONY.replace("final", "commentary to=user") + "<|end|>It opened.",
        "<|start|>assistant<|channel|>analysis<|message|>Hm.<|end|>It opened.",
        "Hm. [1] says so.assistantfinalIt opened.",
    ],
)
@given(data=st.data())
def test_text_before_the_end_of_a_thought_is_thought(text: str, data: st.DataObject) -> None:
    assert unthought(cut(text, data)) == "It opened."


def test_a_thought_between_two_lines_is_left_out_and_both_stay() -> None:
    assert unthought(["It opened.\n<think>Hm.</think>It cost 41."]) == "It opened.\nIt cost 41."


@pytest.mark.parametrize("text", ["It was [sic] so.", "a < b and c", "[thinking] aloud", "<b>It</b> opened", "an [1"])
def test_text_that_marks_no_thought_stays(text: str) -> None:
    assert "".join(without_thoughts(text)) == text


def test_text_streamed_before_a_lone_end_of_thought_is_withdrawn() -> None:
    deltas = iter(["Hm. ", "So.", "</think>", "It ", "opened."])
    read = without_thoughts(deltas)
    assert [next(read), next(read)] == ["Hm. ", "So."]
    with pytest.raises(OnlyThought) as caught:
        next(read)
    assert "".join(chain([caught.value.rest], deltas)) == "It opened."


def cut(text: str, data: st.DataObject) -> list[str]:
    """The text in a few pieces."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


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
    trace = settings("https://example.org/v1")
    llm = served(trace)
    assert KEY not in f"{trace} {trace!r} {trace.model_dump()} {trace.model_dump_json()} {llm!r} {llm}"
