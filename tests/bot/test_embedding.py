"""Embedders behind a server, against a real one on this machine, and those of llama-index."""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from fastapi import Response
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import ValidationError
from typer.testing import CliRunner

from bot import Question, create_bot
from bot.cli import app
from bot.embedding import remote
from bot.embedding.embedding_server import adapted, served
from bot.embedding.remote import Patience, RemoteEmbedder
from bot.settings import Settings
from corpus.errors import IndexMismatch, ModelError
from index.search.embed import MiniLM
from index.search.retriever import HybridRetriever
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.manifest import Manifest
from tests.embedding_server import EmbeddingServer, Reply, backwards, embedding, gives, refuses, vectors, wide
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus

KEY = "sk-very-secret-7731"
TEXTS = [f"Report {number} describes harbour{number}." for number in range(70)]
TRANSIENT = [refuses(429, retry_after="0"), refuses(500), refuses(503)]


def settings(server: EmbeddingServer, **more: object) -> Settings:
    given = {"embed_base_url": server.url, "embed_model": "words", "embed_api_key": KEY, **more}
    return Settings.model_validate(given)


def embedder(server: EmbeddingServer, **more: object) -> RemoteEmbedder:
    found = served(settings(server, **more))
    assert found
    return found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits as between the first attempts at most."""
    for name in ("BUILDING", "FIRST", "ASKING"):
        monkeypatch.setattr(remote, name, Patience(getattr(remote, name).attempts, 1.0))
    monkeypatch.setattr(remote, "wait_exponential_jitter", lambda **_: lambda state: 0.01)


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding() as running:
        yield running


def test_passages_are_embedded_in_batches_and_come_back_in_order(server: EmbeddingServer) -> None:
    found = embedder(server, embed_batch=8).embed(TEXTS)
    assert found == pytest.approx(WordEmbedder().embed(TEXTS), abs=1e-6)
    assert [len(batch) for batch in server.batches].count(8) == 8
    assert set(server.models) == {"words"}


def test_vectors_are_taken_by_their_numbers_and_scaled_to_length_one() -> None:
    with embedding(backwards, gives([3.0] * 64)) as server:
        model = embedder(server)
        assert model.embed(TEXTS[:9]) == pytest.approx(WordEmbedder().embed(TEXTS[:9]), abs=1e-6)
        assert model.embed(TEXTS[:1]) == pytest.approx(0.125)


def test_questions_and_passages_have_their_own_prefixes_which_are_part_of_the_name(server: EmbeddingServer) -> None:
    model = embedder(server, embed_question_prefix="query: ", embed_passage_prefix="passage: ")
    model.embed(["The ferry sank."])
    model.embed_question("What sank?")
    assert server.texts == ["passage: The ferry sank.", "query: What sank?"]
    assert model.name == "server: words ('passage: ', 'query: ')" != embedder(server).name == "server: words"


def test_a_question_is_embedded_once_however_often_it_is_searched_for(server: EmbeddingServer) -> None:
    model = embedder(server)
    assert model.embed_question("What sank?") is model.embed_question("What sank?")
    assert len(server.batches) == 1


def test_the_dimensions_are_those_of_the_server(server: EmbeddingServer) -> None:
    assert embedder(server).dimensions == 64


@pytest.mark.parametrize("reply", TRANSIENT)
def test_what_may_pass_is_asked_again(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    with embedding(reply, reply) as server:
        assert embedder(server, embed_at_once=1).embed(TEXTS).shape == (70, 64)
        assert len(server.batches) == 5
    assert "it is asked again in" in caplog.text


def test_a_question_is_asked_again_but_once() -> None:
    with embedding(refuses(500), refuses(500)) as server, pytest.raises(ModelError, match=r"it failed \(500\)"):
        embedder(server).embed_question("What sank?")
    assert len(server.batches) == 2


def test_a_server_that_asks_for_more_time_than_there_is_is_not_asked_again() -> None:
    with embedding(refuses(429, retry_after="3600")) as server:
        with pytest.raises(ModelError, match=r"too many requests \(429\), and asks to wait 3600 s"):
            embedder(server).embed(TEXTS)
        assert len(server.batches) <= 3


def test_it_waits_as_long_as_the_server_asks(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.replies = [refuses(429, retry_after="0.2")]
    waited: list[float] = []
    monkeypatch.setattr(remote, "sleep_using_event", lambda event: waited.append)
    embedder(server).embed(TEXTS[:1])
    assert waited == [0.2]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (refuses(401), r"refused the key \(401\)\); set BYLINE_EMBED_API_KEY"),
        (refuses(404), "set BYLINE_EMBED_MODEL to a model it serves; BYLINE_EMBED_BASE_URL mostly ends in /v1"),
        (refuses(400), "BYLINE_EMBED_BASE_URL and BYLINE_EMBED_MODEL belong together"),
        (lambda texts, sent: Response("<html>", media_type="text/html"), "a web page came in its place"),
        (lambda texts, sent: Response('{"data": null}', media_type="application/json"), "could not be read"),
        (lambda texts, sent: vectors([[1.0, 0.0]] * 3, lambda place: 0), "could not be read"),
        (gives([float("nan"), 1.0]), "has a number that is none"),
        (gives([0.0, 0.0]), "all zeros"),
        (gives([]), "cannot be used"),
        (lambda texts, sent: vectors([[1.0], [1.0, 2.0], [3.0]]), "not vectors of one length"),
    ],
)
def test_what_is_refused_or_cannot_be_used_is_named_at_once(reply: Reply, says: str) -> None:
    with embedding(reply) as server, pytest.raises(ModelError, match=says):
        embedder(server).embed(TEXTS[:3])
    assert len(server.batches) == 1


def test_another_dimension_than_before_is_refused() -> None:
    with embedding() as server:
        model = embedder(server)
        model.embed(TEXTS)
        server.replies = [wide]
        with pytest.raises(ModelError, match=r"had 64 numbers, and now have 65.*rebuild --full"):
            model.embed(TEXTS[:1])


def test_a_slow_server_is_given_up_on() -> None:
    release = Event()

    def hangs(texts: list[str], sent: dict[str, str]) -> None:
        release.wait(20)

    with embedding(*[hangs] * 3) as server:
        with pytest.raises(ModelError, match="raise BYLINE_EMBED_SECONDS, or take a faster model"):
            embedder(server, embed_seconds=0.2).embed(TEXTS[:3])
        release.set()


def test_a_server_that_is_not_there_is_named(server: EmbeddingServer) -> None:
    gone = settings(server, embed_base_url="http://127.0.0.1:9/v1")
    model = served(gone)
    assert model
    with pytest.raises(ModelError, match=r"'server: words' at 127\.0\.0\.1:9 did not answer \(it cannot be reached\)"):
        model.embed(TEXTS)


def test_the_key_is_sent_and_is_neither_logged_nor_written(
    tmp_path: Path, server: EmbeddingServer, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def notes(texts: list[str], sent: dict[str, str]) -> None:
        seen.append(sent["authorization"])

    server.replies = [notes, *TRANSIENT]
    caplog.set_level(logging.DEBUG)
    model = embedder(server)
    build(tmp_path, corpus(4), embedder=model)
    server.replies = [refuses(401)]
    with pytest.raises(ModelError) as failed:
        model.embed(TEXTS)
    assert seen == [f"Bearer {KEY}"]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY not in f"{caplog.text}{failed.value!r}{model!r}"
    assert KEY.encode() not in written


def test_an_index_keeps_name_and_dimension_and_refuses_another_embedder(
    tmp_path: Path, server: EmbeddingServer
) -> None:
    model = embedder(server)
    generation = build(tmp_path, corpus(6), embedder=model).generation
    assert generation
    made = Manifest.read(Generations(tmp_path).folder(generation))
    assert (made.embedder, made.dimensions) == ("server: words", 64)
    with closing(LiveIndex(tmp_path, model.name)) as live:
        found = HybridRetriever(live, model).retrieve(Question("What of harbour3?"), 3)
        assert found.passages[0].passage.article.title == "Headline 3"
    refusal = "'server: words', but 'all-MiniLM-L6-v2' is in use; run: byline rebuild"
    with closing(LiveIndex(tmp_path, MiniLM.name)) as live, pytest.raises(IndexMismatch, match=refusal):
        live.manifest()


def test_what_is_unchanged_asks_the_server_for_nothing(tmp_path: Path, server: EmbeddingServer) -> None:
    build(tmp_path, corpus(6), embedder=embedder(server))
    server.batches.clear()
    assert build(tmp_path, corpus(5), embedder=embedder(server)).published
    build(tmp_path, [*corpus(5), article(9)], embedder=embedder(server))
    assert len(server.texts) == 1


def test_another_dimension_under_the_same_name_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, server: EmbeddingServer
) -> None:
    before = build(tmp_path, corpus(6), embedder=embedder(server)).generation
    server.replies = [wide] * 2
    with pytest.raises(IndexMismatch, match=r"had 64 numbers when .* now have 65; run: byline rebuild --full"):
        build(tmp_path, corpus(7), embedder=embedder(server))
    assert Generations(tmp_path).current() == before
    with closing(LiveIndex(tmp_path, "server: words")) as live, pytest.raises(IndexMismatch, match="rebuild --full"):
        HybridRetriever(live, embedder(server)).retrieve(Question("harbour"), 3)


@pytest.mark.parametrize(
    "fails", [refuses(500), refuses(400), wide, gives([float("nan")] * 64)], ids=["500", "400", "wide", "NaN"]
)
def test_a_server_that_fails_in_mid_build_leaves_the_old_generation(
    tmp_path: Path, server: EmbeddingServer, fails: Reply
) -> None:
    before = build(tmp_path, corpus(6), embedder=embedder(server)).generation
    server.replies = [lambda texts, sent: None, *[fails] * 100]
    with pytest.raises(ModelError):
        build(tmp_path, corpus(60), embedder=embedder(server, embed_batch=2))
    assert Generations(tmp_path).current() == before
    assert Generations(tmp_path).kept() == [before]
    server.replies.clear()
    assert build(tmp_path, corpus(60), embedder=embedder(server)).published


def test_a_server_that_stops_in_mid_build_is_waited_for_and_named(tmp_path: Path) -> None:
    with embedding() as server:
        model = embedder(server, embed_batch=2)
        before = build(tmp_path, corpus(6), embedder=model).generation
    with pytest.raises(ModelError, match="cannot be reached"):
        build(tmp_path, corpus(60), embedder=model)
    assert Generations(tmp_path).current() == before


def test_the_command_line_builds_and_asks_with_bylines_own_encoder_behind_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Path
) -> None:
    index = tmp_path / "index"
    with embedding(embedder=MiniLM()) as server:
        for name, value in {"INDEX": str(index), "EMBED_BASE_URL": server.url, "EMBED_MODEL": "minilm"}.items():
            monkeypatch.setenv(f"BYLINE_{name}", value)
        assert CliRunner().invoke(app, ["rebuild"]).exit_code == 0
        question = "When did the bridge reopen?"
        answer = create_bot().answer(Question(question))
        doctor = CliRunner().invoke(app, ["doctor"])
    same = create_bot(Settings(index=sample, embed_model=None, embed_base_url=None)).answer(Question(question))
    assert (answer.status, answer.text) == (same.status, same.text)
    assert "minilm" in doctor.stdout
    assert doctor.exit_code == 0
    failed = CliRunner().invoke(app, ["doctor"])
    assert failed.exit_code == 1
    assert "BYLINE_EMBED_BASE_URL" in failed.stdout


class Ours(BaseEmbedding):
    """An embedding model of llama-index that knows questions from passages."""

    def _get_text_embedding(self, text: str) -> list[float]:
        found: list[float] = WordEmbedder().embed([text])[0].tolist()
        return found

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query.removeprefix("q: "))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def test_any_embedding_of_llama_index_will_do(tmp_path: Path) -> None:
    model = Ours(model_name="ours-v1")
    build(tmp_path, corpus(20), embedder=adapted(model))
    bot = create_bot(Settings(index=tmp_path), embedder=model)
    assert bot.retriever.embedder.name == "Ours: ours-v1"
    found = bot.retriever.retrieve(Question("q: harbour7"), 1).passages
    assert found[0].passage.article.title == "Headline 7"


def test_an_embedder_of_ones_own_is_used_as_it_is() -> None:
    mine = WordEmbedder()
    assert adapted(mine) is mine


def fails(text: str) -> list[float]:
    raise RuntimeError(f"no, {KEY}")


def test_whatever_a_model_of_llama_index_raises_comes_out_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(self: Ours, text: str) -> list[float]:
        return fails(text)

    monkeypatch.setattr(Ours, "_get_text_embedding", raised)
    with pytest.raises(ModelError, match="the embedder 'Ours: ours-v1' at Ours did not answer") as failed:
        adapted(Ours(model_name="ours-v1")).embed(["text"])
    assert KEY not in str(failed.value)


def test_an_address_needs_a_model_and_no_key_in_it() -> None:
    with pytest.raises(ValidationError, match="set BYLINE_EMBED_MODEL too"):
        Settings.model_validate({"embed_base_url": "http://127.0.0.1:1/v1"})
    with pytest.raises(ValidationError, match="a key goes into BYLINE_EMBED_API_KEY"):
        Settings.model_validate({"embed_base_url": f"http://x:{KEY}@h/v1", "embed_model": "m"})


def test_unless_settings_name_a_model_the_one_that_comes_along_is_used() -> None:
    assert served(Settings(embed_model=None)) is None
    assert isinstance(create_bot(Settings(embed_model=None)).retriever.embedder, MiniLM)


def test_empty_texts_are_embedded_too(server: EmbeddingServer) -> None:
    model = embedder(server)
    assert np.isfinite(model.embed(["", "x"])).all()
    assert "" not in server.texts


def test_no_texts_give_no_vectors(server: EmbeddingServer) -> None:
    assert embedder(server).embed([]).shape == (0, 64)
