"""The archive as a model behind OpenAI's protocol, asked by OpenAI's own client and by llama-index's."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from openai.types.chat import ChatCompletionMessageParam

from bot.answer import Answer, Delta, Turn
from bot.portal import mount
from bot.portal.access.keys import KeyFile
from bot.portal.api.problems import add_errors
from bot.portal.faults import FaultsMiddleware
from bot.portal.openai_api.content import Content, footnotes, without_footnotes
from bot.portal.openai_api.routes import add_openai
from bot.portal.operations.observing import ObservingMiddleware
from bot.portal.portal import Portal
from bot.settings import Settings
from corpus.article import Article
from corpus.errors import Busy, IndexMissing
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, ScriptedBot, abstention, answered, bridge_answer, cite
from tests.bot.portal.sites import PASSWORD, client_of, site_with
from tests.local_server import served

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "When did the bridge reopen?"}]
PICTURE = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}
HOSTILE = Article(
    "Evil](javascript:alert(1)) ![x](https://evil.example/pixel) <img src=x>",
    "He said [1] twice. ![x](https://evil.example/pixel) <script>alert(1)</script> [a]: https://evil.example ```",
    "https://news.example/a(b)<c>",
    "The *Outlet*",
)


def app_of(bot: ScriptedBot) -> FastAPI:
    app, portal = FastAPI(), Portal.over(bot, Settings())
    add_errors(app)
    add_openai(app, portal)
    app.add_middleware(FaultsMiddleware)
    app.add_middleware(ObservingMiddleware, meters=portal.meters)
    return app


@pytest.fixture
def bot() -> ScriptedBot:
    return ScriptedBot()


@pytest.fixture
def address(bot: ScriptedBot) -> Iterator[str]:
    with served(app_of(bot)) as at:
        yield f"{at}/v1"


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=address, api_key="any", max_retries=0) as opened:
        yield opened


def test_there_is_one_model(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["byline"]
    assert client.models.retrieve("byline").owned_by == "byline"
    with pytest.raises(openai.NotFoundError, match="byline"):
        client.models.retrieve("gpt-4o")


def test_an_answer_has_its_sources_as_annotations_and_below_its_text(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="byline", messages=ASK)
    message = reply.choices[0].message
    assert message.content
    text, _, sources = message.content.partition("\n\n**Sources**\n\n")
    assert text == bridge_answer(Question("")).text
    assert sources.splitlines()[0] == (
        "- [1] [Harbour bridge reopens after two years of repairs]"
        "(https://example.org/harbour-bridge?from=front&page=1), The Harbour Post, 16 May 2022"
    )
    cited = [annotation.url_citation for annotation in message.annotations or ()]
    assert [message.content[one.start_index : one.end_index] for one in cited] == ["[1]", "[2]", "[3]"]
    assert [one.url for one in cited] == [BRIDGE.url, BRIDGE.url, FERRY.url]
    assert cited[2].title == FERRY.title
    assert reply.choices[0].finish_reason == "stop"
    assert reply.usage
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens > 50
    result = reply.model_extra or {}
    assert [citation["quote"] for citation in result["byline"]["citations"]][2] == FERRY.text
    assert result["byline"]["status"] == "answered"


def test_a_stream_holds_the_same_as_the_whole_reply(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="byline", messages=ASK).choices[0].message
    chunks = list(
        client.chat.completions.create(
            model="byline", messages=ASK, stream=True, stream_options={"include_usage": True}
        )
    )
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    (annotations,) = (delta.model_extra["annotations"] for delta in deltas if delta.model_extra)
    assert annotations == [annotation.model_dump() for annotation in whole.annotations or ()]
    assert len({chunk.id for chunk in chunks}) == 1
    assert deltas[0].role == "assistant"
    *_, last, usage = chunks
    assert last.choices[0].finish_reason == "stop"
    assert (usage.choices, usage.usage and usage.usage.completion_tokens > 0) == ([], True)
    plain = client.chat.completions.create(model="byline", messages=ASK, stream=True)
    assert all(chunk.usage is None for chunk in plain)


def test_a_stream_begins_before_the_answer_is_whole(client: openai.OpenAI, bot: ScriptedBot) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": "slow"}]
    stream = client.chat.completions.create(model="byline", messages=messages, stream=True)
    assert [next(stream).choices[0].delta.content for _ in range(2)] == ["", "Engineers"]
    bot.release.set()
    assert "**Sources**" in "".join(chunk.choices[0].delta.content or "" for chunk in stream)


def test_history_comes_from_the_messages_without_footnotes_and_instructions_are_not_followed(
    client: openai.OpenAI, bot: ScriptedBot
) -> None:
    first = client.chat.completions.create(model="byline", messages=ASK).choices[0].message.content
    client.chat.completions.create(
        model="byline",
        messages=[
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": "A question without a reply"},
            *ASK,
            {"role": "assistant", "content": first},
            {"role": "developer", "content": "Answer in verse."},
            {
                "role": "user",
                "content": [{"type": "text", "text": "And what"}, {"type": "text", "text": "did it cost?"}],
            },
        ],
        temperature=0.3,
        max_tokens=5,
        seed=7,
        extra_body={"since": "2022-05-01", "sources": ["The Harbour Post"], "top_k": 3},
    )
    question, history = bot.asked[-1]
    assert question.text == "And what\ndid it cost?"
    assert (question.since, question.sources) == (date(2022, 5, 1), ("The Harbour Post",))
    assert history == (Turn("When did the bridge reopen?", bridge_answer(question).text),)


def test_an_abstention_is_a_normal_reply_without_sources(client: openai.OpenAI, bot: ScriptedBot) -> None:
    bot.script = abstention
    reply = client.chat.completions.create(model="byline", messages=ASK)
    assert reply.choices[0].message.content == abstention(Question("")).text
    assert reply.choices[0].message.annotations == []
    assert (reply.model_extra or {})["byline"]["status"] == "abstained"


@pytest.mark.parametrize(
    ("body", "status", "param", "said"),
    [
        ({"messages": ASK}, 400, "model", "required"),
        ({"model": "gpt-4o", "messages": ASK}, 404, "model", "'gpt-4o' does not exist; use 'byline'"),
        ({"model": "byline", "messages": []}, 400, "messages", "at least 1"),
        ({"model": "byline", "messages": [{"role": "system", "content": "Hi"}]}, 400, "messages", "question"),
        ({"model": "byline", "messages": [*ASK, {"role": "assistant", "content": "So."}]}, 400, "messages", "last"),
        ({"model": "byline", "messages": [{"role": "user", "content": " "}]}, 400, "messages", "empty"),
        ({"model": "byline", "messages": [{"role": "user", "content": "x" * 2_001}]}, 400, "messages", "2,001"),
        ({"model": "byline", "messages": [{"role": "robot", "content": "x"}]}, 400, "messages.0.role", "assistant"),
        (
            {"model": "byline", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            400,
            "messages",
            "image",
        ),
        ({"model": "byline", "messages": ASK, "n": 2}, 400, "n", "one answer"),
        ({"model": "byline", "messages": ASK, "stream": "sometimes"}, 400, "stream", "boolean"),
        (
            {"model": "byline", "messages": ASK, "response_format": {"type": "json_object"}},
            400,
            "response_format",
            "text",
        ),
        ({"model": "byline", "messages": ASK, "since": "May"}, 400, "since", "write a day as 2022-03-31"),
        ({"model": "byline", "messages": ASK, "since": 1651363200}, 400, "since", "write a day as 2022-03-31"),
        ({"model": "byline", "messages": ASK, "until": "2022-05-01T00:00"}, 400, "until", "write a day as 2022-03-31"),
        ({"model": "byline", "messages": ASK, "asked": 1653000000}, 400, "asked", "or a moment as 2022-03-31T18:30"),
    ],
)
def test_unserved_requests_get_an_error_in_openais_form(
    address: str, bot: ScriptedBot, body: dict[str, Any], status: int, param: str, said: str
) -> None:
    reply = httpx.post(f"{address}/chat/completions", json=body)
    error = reply.json()["error"]
    assert (reply.status_code, error["param"], error["type"]) == (status, param, "invalid_request_error")
    assert said in error["message"]
    assert bot.asked == []


def test_a_body_that_is_no_json_is_refused_by_where_it_ends_and_names_no_parameter(address: str) -> None:
    reply = httpx.post(f"{address}/chat/completions", content='{"model"', headers={"content-type": "application/json"})
    error = reply.json()["error"]
    assert (reply.status_code, error["param"]) == (400, None)
    assert error["message"] == "The body is not JSON: Expecting ':' delimiter at character 8."
    assert "Content-Type: application/json" in httpx.post(f"{address}/chat/completions", content="{}").text


@pytest.mark.parametrize(
    "body",
    [
        b'{"messages": "\xff"}',
        b'{"model": ' + b"[" * 100_000,
        rb'{"model": "byline", "messages": [{"role": "user", "content": "a\ud800"}]}',
        rb'{"model": "byline", "messages": [{"role": "user", "content": [{"type": "text", "text": "a\ud800"}]}]}',
        rb'{"model": "byline", "messages": [{"role": "tool", "content": "\udc00"}, {"role": "user", "content": "a"}]}',
    ],
)
def test_a_body_that_is_no_text_is_refused_and_no_fault(
    address: str, bot: ScriptedBot, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reply = httpx.post(f"{address}/chat/completions", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["error"]["type"]) == (400, "invalid_request_error")
    assert bot.asked == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_what_the_site_refuses_before_the_protocol_is_reached_has_openais_form_too(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD, rate="1/minute"))
    key, chat = KeyFile(tmp_path / "keys.sqlite").add("reader", ["read"]), "/v1/chat/completions"
    body, known = {"model": "byline", "messages": ASK}, {"auth": ("ada", PASSWORD)}
    for reply, status in (
        (client.post(chat, json=body), 401),
        (client.get("/v1/models", headers={"authorization": f"Bearer {key}"}), 403),
        (client.post(chat, json=body, headers={"origin": "https://evil.example"}), 403),
        (client.post("/v1/embeddings", json=body, **known), 404),
        (client.get(chat, **known), 405),
        (client.post("/v1/embeddings", content=b"x" * 2**21, **known), 413),
        (client.post(chat, json=body, **known), 200),
        (client.post(chat, json=body, **known), 429),
    ):
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/json")
        if status != 200:
            error = reply.json()["error"]
            assert (set(error), error["type"]) == ({"message", "type", "param", "code"}, "invalid_request_error")
            assert error["message"]
    assert client.get("/v10").headers["content-type"] == "application/problem+json"


def test_below_a_path_errors_have_openais_form_and_a_full_line_says_when_to_come_again() -> None:
    app = FastAPI()
    mount(
        app, "/news", bot=ScriptedBot(error=Busy("5 questions are waiting already.", 5)), settings=Settings(open=True)
    )
    with TestClient(app) as client:
        messages = [{"role": "user", "content": "fail"}]
        reply = client.post("/news/v1/chat/completions", json={"model": "byline", "messages": messages})
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
        assert reply.json()["error"]["type"] == "server_error"


@pytest.mark.parametrize("stream", [False, True])
def test_an_unreadable_archive_says_why_and_a_fault_is_reported_in_one_line(
    client: openai.OpenAI, bot: ScriptedBot, stream: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def ask() -> None:
        messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": "fail"}]
        reply = client.chat.completions.create(model="byline", messages=messages, stream=stream)  # type: ignore[call-overload]
        list(reply)

    bot.error = IndexMissing("no index in 'news'; run: byline rebuild PATH")
    with pytest.raises(openai.APIError, match="byline rebuild"):
        ask()
    bot.error = None
    with pytest.raises(openai.APIError) as result:
        ask()
    assert "10.0.0.1" not in str(result.value)
    assert "the disk is on fire" in caplog.text


def test_without_an_index_even_a_stream_fails_with_a_status(address: str, bot: ScriptedBot) -> None:
    class Missing(ScriptedBot):
        def stream(self, *_: object) -> Iterator[Delta | Answer]:  # type: ignore[override]
            raise IndexMissing("no index in 'news'; run: byline rebuild PATH")
            yield

    with served(app_of(Missing())) as at:
        body = {"model": "byline", "messages": ASK, "stream": True}
        reply = httpx.post(f"{at}/v1/chat/completions", json=body)
    assert reply.status_code == 503
    assert reply.json()["error"]["type"] == "server_error"


def test_llama_index_talks_to_it_as_to_any_other_model(address: str, bot: ScriptedBot) -> None:
    llm = OpenAILike(model="byline", api_base=address, api_key="any", is_chat_model=True, max_retries=0)
    assert "Engineers reopened the bridge" in str(llm.chat([ChatMessage("When did the bridge reopen?")]))
    streamed = [piece.delta for piece in llm.stream_complete("When?")]
    assert "**Sources**" in "".join(piece or "" for piece in streamed)
    assert [question.text for question, _ in bot.asked] == ["When did the bridge reopen?", "When?"]


@pytest.mark.parametrize(
    ("wanted", "reply"),
    [
        ('JSON format: { "title": "your concise title here" }', {"title": "When did the bridge reopen?"}),
        ('JSON format: { "tags": ["tag1", "tag2"] }', {"tags": ["News"]}),
        ('JSON format: { "follow_ups": ["Question 1?"] }', {"follow_ups": []}),
    ],
)
def test_auxiliary_prompts_of_open_webui_are_answered_in_their_form_without_a_search(
    client: openai.OpenAI, bot: ScriptedBot, wanted: str, reply: dict[str, Any]
) -> None:
    history = "USER: When did the bridge reopen?\nASSISTANT: On Monday."
    prompt = (
        f"### Task:\nDo it well.\n### Output:\n{wanted}\n### Chat History:\n<chat_history>\n{history}\n</chat_history>"
    )
    prompt += "x" * 3_000
    said = client.chat.completions.create(model="byline", messages=[{"role": "user", "content": prompt}])
    assert json.loads(said.choices[0].message.content or "") == reply
    assert bot.asked == []


def hostile(question: Question) -> Answer:
    return answered(question, [cite(1, HOSTILE, HOSTILE.text)])


def test_article_text_never_becomes_markup_or_a_mark() -> None:
    content = Content()
    answer = hostile(Question("Who?"))
    mark = len(answer.text) - 3
    for start, end in ((0, 20), (20, 30), (30, mark), (mark, len(answer.text))):
        content.add(Delta.at(start, answer.text[start:end], [(mark, mark + 3)]))
    content.close(answer)
    text, _, source = content.text.partition("\n\n**Sources**\n\n")
    assert text == (
        r"He said \[1] twice. ![x]\(https://evil.example/pixel) \<script>alert(1)\</script> "
        r"[a]\: https://evil.example \`\`\` [1]"
    )
    assert source == (
        r"- [1] [Evil\](javascript:alert(1)) \!\[x\](https://evil.example/pixel) \<img src=x\>]"
        r"(https://news.example/a%28b%29%3Cc%3E), The \*Outlet\*" + "\n"
    )
    (annotation,) = content.annotations(answer)
    assert annotation["url_citation"]["url"] == HOSTILE.url


def test_a_source_that_cannot_be_followed_is_named_and_not_linked() -> None:
    script = Article("Title", "It rained.", "javascript:alert(1)")
    answer = answered(Question("?"), [cite(1, script, script.text)])
    content = Content()
    content.add(Delta(answer.text))
    assert content.close(answer) == "\n\n**Sources**\n\n- [1] Title\n"
    assert content.annotations(answer) == []


@given(st.text("ab[1](<\\:`] ", max_size=40), st.integers(0, 40))
def test_however_a_text_is_parted_its_content_is_the_same_and_annotated_where_its_marks_are(text: str, at: int) -> None:
    article = Article("Bridge", text or "x", "https://news.example/1")
    whole = f"{text} [1]"
    marks = ((len(text) + 1, len(text) + 4),)
    answer = Answer(Question("?"), "?", "answered", whole, (cite(1, article, article.text),), marks=marks)
    at = min(at, len(text))
    contents = []
    for parts in (((0, len(whole)),), ((0, at), (at, len(whole)))):
        content = Content()
        for start, end in parts:
            content.add(Delta.at(start, whole[start:end], marks))
        contents.append(content)
    plain = [content.text.replace("\\", "") for content in contents]
    assert plain == [whole.replace("\\", "")] * 2
    for content in contents:
        (annotation,) = content.annotations(answer)
        place = annotation["url_citation"]
        assert content.text[place["start_index"] : place["end_index"]] == "[1]"
        assert without_footnotes(content.text + footnotes(answer)) == content.text.strip()
