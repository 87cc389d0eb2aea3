"""Vectors on a Chroma server: a real one on this machine, killed in the middle of what it does."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from fastapi import FastAPI, Response

from corpus.errors import BylineError, IndexDamaged, IndexMissing, IndexUnreachable
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage import vector_server
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.purge import purge
from index.storage.report import report, verify
from index.storage.served_vectors import POINTER, Pointer
from index.storage.vector_server import VectorServer
from index.storage.vectors import VECTORS, VectorStore
from tests.chroma_server import ChromaServer, chroma
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus
from tests.index.test_build import CountingEmbedder
from tests.index.test_store import names, unit_vectors
from tests.local_server import served


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def server(running: ChromaServer) -> ChromaServer:
    """The server, which runs again if a test killed it."""
    try:
        running.collections()
    except httpx.HTTPError:
        running.kill()
        running.start()
    return running


def pointer(index: Path, generation: str | None = None) -> Pointer:
    generations = Generations(index)
    return Pointer.read(generations.folder(generation or generations.current()) / VECTORS)


def titles(index: Path, server: VectorServer | None, question: str = "harbour3") -> list[str]:
    with closing(LiveIndex(index, "words", server=server)) as live:
        found = HybridRetriever(live, WordEmbedder()).retrieve(Question(question), 3).passages
        return [scored.passage.article.title for scored in found]


def test_a_served_store_finds_what_exact_search_finds(tmp_path: Path, server: ChromaServer) -> None:
    vectors, query = unit_vectors(600), unit_vectors(1, seed=1)[0]
    with closing(VectorStore(tmp_path / "chroma", create=True, server=server.settings)) as created:
        created.put(names(600), vectors)
        created.delete(names(600)[:1])
    with closing(VectorStore(tmp_path / "chroma", server=server.settings)) as settled:
        settled.settle(names(600)[1:5])
    with closing(VectorStore(tmp_path / "chroma", read_only=True, server=server.settings)) as store:
        exact = (vectors @ query)[1:]
        assert [name for name, _ in store.nearest(query, 50)] == [
            names(600)[row + 1] for row in np.argsort(-exact)[:50]
        ]
        assert store.count() == 599
        assert store.vectors(names(600)[1:]) == pytest.approx(vectors[1:], abs=1e-6)
        with pytest.raises(IndexDamaged, match="lacks vectors"):
            store.vectors(["unknown"])


def test_a_generation_keeps_only_the_name_of_its_collection(tmp_path: Path, server: ChromaServer) -> None:
    before = server.collections()
    generation = build(tmp_path, corpus(), server=server.settings).generation
    assert generation
    folder = Generations(tmp_path).folder(generation) / VECTORS
    assert [path.name for path in folder.iterdir()] == [POINTER]
    assert server.collections() - before == {pointer(tmp_path).collection} == {report(tmp_path)["collection"]}
    assert titles(tmp_path, server.settings)[0] == "Headline 3"
    assert verify(tmp_path, server.settings) == []
    assert "secret-token" not in (folder / POINTER).read_text()


def test_answers_are_those_of_an_index_in_its_folder(tmp_path: Path, server: ChromaServer) -> None:
    build(tmp_path / "served", corpus(), server=server.settings)
    build(tmp_path / "local", corpus())
    for question in ("harbour3", "mayor spoke on day 5", "river1"):
        assert titles(tmp_path / "served", server.settings, question) == titles(tmp_path / "local", None, question)


def test_unchanged_vectors_are_carried_over_and_old_collections_dropped(tmp_path: Path, server: ChromaServer) -> None:
    before, embedder = server.collections(), CountingEmbedder()
    generations = [
        build(tmp_path, corpus(size), embedder=embedder, server=server.settings).generation for size in (6, 7, 9)
    ]
    assert len(embedder.texts) == 9
    kept = Generations(tmp_path, server.settings).kept()
    assert kept == generations[1:]
    assert server.collections() - before == {pointer(tmp_path, one).collection for one in kept}
    assert titles(tmp_path, server.settings, "harbour8")[0] == "Headline 8"


def test_a_collection_that_a_reader_holds_is_not_dropped(tmp_path: Path, server: ChromaServer) -> None:
    build(tmp_path, corpus(6), server=server.settings)
    held = pointer(tmp_path).collection
    live = LiveIndex(tmp_path, "words", server=server.settings)
    with closing(live), live.snapshot() as snapshot:
        for size in (7, 8, 9):
            build(tmp_path, corpus(size), server=server.settings)
        assert held in server.collections()
        assert len(snapshot.dense(WordEmbedder().embed_question("mayor"), 10)) == 6
    build(tmp_path, corpus(10), server=server.settings)
    assert held not in server.collections()


def test_a_rollback_goes_to_the_collection_before_once_it_is_seen_to_be_whole(
    tmp_path: Path, server: ChromaServer
) -> None:
    first = build(tmp_path, corpus(6), server=server.settings).generation
    build(tmp_path, corpus(9), server=server.settings)
    generations = Generations(tmp_path, server.settings)
    assert generations.rollback() == first
    assert titles(tmp_path, server.settings)[0] == "Headline 3"
    second = generations.kept()[-1]
    drop(server, pointer(tmp_path, second).collection)
    with pytest.raises(IndexDamaged, match=r"lacks the collection 'byline-\w+'; run: byline rebuild --full"):
        generations.rollback(second)
    assert generations.current() == first


def drop(server: ChromaServer, collection: str) -> None:
    base = f"{server.settings.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    httpx.delete(f"{base}/{collection}").raise_for_status()


def test_a_purge_takes_vectors_out_of_every_collection(tmp_path: Path, server: ChromaServer) -> None:
    before = server.collections()
    build(tmp_path, corpus(6), server=server.settings)
    build(tmp_path, corpus(9), server=server.settings)
    removal = purge(tmp_path, ["https://news.example/3"], lambda *_: None, server=server.settings)
    assert len(removal.generations) == 2
    left = Generations(tmp_path).kept()
    assert server.collections() - before == {pointer(tmp_path, one).collection for one in left}
    assert [pointer(tmp_path, one).count for one in left] == [5, 8]
    assert "Headline 3" not in titles(tmp_path, server.settings)


def test_an_index_moves_to_the_server_and_back_without_embedding_anew(tmp_path: Path, server: ChromaServer) -> None:
    embedder = CountingEmbedder()
    build(tmp_path, corpus(6), embedder=embedder)
    build(tmp_path, corpus(7), embedder=embedder, server=server.settings)
    assert pointer(tmp_path).count == 7
    assert Generations(tmp_path, server.settings).rollback() in Generations(tmp_path).kept()
    assert titles(tmp_path, server.settings)[0] == "Headline 3"
    Generations(tmp_path, server.settings).rollback(Generations(tmp_path).kept()[-1])
    with pytest.raises(IndexUnreachable, match="of a Chroma server, and none is set; set BYLINE_CHROMA_URL"):
        build(tmp_path, corpus(8), embedder=embedder)
    assert len(embedder.texts) == 7


@pytest.mark.parametrize("change", ["another vector", "one more", "gone"])
def test_a_collection_that_is_not_as_it_was_written_is_named(tmp_path: Path, server: ChromaServer, change: str) -> None:
    build(tmp_path, corpus(6), server=server.settings)
    stated = pointer(tmp_path)
    if change == "gone":
        drop(server, stated.collection)
    else:
        folder = tmp_path / "other"
        folder.mkdir()
        stated.write(folder)
        name = next(iter(stated.sampled)) if change == "another vector" else "f" * 16
        with closing(VectorStore(folder, server=server.settings)) as store:
            store.put([name], WordEmbedder().embed(["other words"]))
    with pytest.raises(IndexDamaged, match="run: byline rebuild --full, or byline rollback"):
        titles(tmp_path, server.settings)
    assert len(verify(tmp_path, server.settings)) == 1
    assert build(tmp_path, corpus(6), server=server.settings, full=True).published
    assert titles(tmp_path, server.settings)[0] == "Headline 3"


class Killing(WordEmbedder):
    """Kills the server in the middle of a build, once some vectors are there."""

    def __init__(self, server: ChromaServer) -> None:
        self.server = server

    def embed(self, texts: Any) -> Any:
        self.server.kill()
        return super().embed(texts)


def test_a_server_killed_in_mid_build_leaves_the_old_generation_which_answers_after_it_is_back(
    tmp_path: Path, server: ChromaServer
) -> None:
    before = server.collections()
    first = build(tmp_path, corpus(6), server=server.settings).generation
    with pytest.raises(IndexUnreachable, match=r"cannot be reached; start it, or correct BYLINE_CHROMA_URL"):
        build(tmp_path, corpus(60), embedder=Killing(server), server=server.settings)
    assert Generations(tmp_path).current() == first
    with pytest.raises(IndexUnreachable, match="cannot be reached"):
        titles(tmp_path, server.settings)
    server.start()
    assert titles(tmp_path, server.settings)[0] == "Headline 3"
    assert len(server.collections() - before) == 2  # the half one is there until the next build
    assert build(tmp_path, corpus(9), server=server.settings).published
    kept = Generations(tmp_path).kept()
    assert server.collections() - before == {pointer(tmp_path, one).collection for one in kept}
    assert not list((tmp_path / "generations").glob("*.*"))


def test_a_server_killed_in_mid_question_is_named_and_answers_after_it_is_back(
    tmp_path: Path, server: ChromaServer
) -> None:
    build(tmp_path, corpus(), server=server.settings)
    vector = WordEmbedder().embed_question("harbour3")
    live = LiveIndex(tmp_path, "words", server=server.settings)
    with closing(live), live.snapshot() as snapshot:
        found = snapshot.dense(vector, 5)
        server.kill()
        with pytest.raises(IndexUnreachable, match="cannot be reached"):
            snapshot.dense(vector, 5)
        server.start()
        assert snapshot.dense(vector, 5)[0] == found[0]


def test_a_server_that_does_not_reply_is_given_up_on(tmp_path: Path, server: ChromaServer) -> None:
    build(tmp_path, corpus(), server=server.settings)
    vector = WordEmbedder().embed_question("harbour3")
    impatient = replace(server.settings, seconds=10.0)
    live = LiveIndex(tmp_path, "words", server=impatient)
    with closing(live), live.snapshot() as snapshot:
        server.freeze()
        try:
            with pytest.raises(IndexUnreachable, match="it took too long; raise BYLINE_CHROMA_SECONDS"):
                snapshot.dense(vector, 5)
            with pytest.raises(IndexUnreachable, match="it took too long"):
                titles(tmp_path, replace(impatient, seconds=0.5))
        finally:
            server.thaw()


def test_a_database_that_is_not_there_is_named(tmp_path: Path, server: ChromaServer) -> None:
    with pytest.raises(IndexUnreachable, match="lacks the database 'news' .* correct BYLINE_CHROMA_TENANT"):  # noqa: RUF043
        build(tmp_path, corpus(), server=replace(server.settings, database="news"))
    with pytest.raises(IndexMissing):
        Generations(tmp_path).current()


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (200, '"0.6.3"', 'has version "0.6.3"; install Chroma 1 or later'),
        (404, '{"detail": "Not Found"}', "no Chroma of version 1 or later; correct BYLINE_CHROMA_URL"),
        (200, "<html>", "no Chroma of version 1 or later"),
        (401, "no", r"refused the token \(401\); set BYLINE_CHROMA_TOKEN"),
        (403, "no", "refused the token"),
        (502, "no", "no Chroma of version 1"),
    ],
)
def test_a_server_of_another_version_or_that_refuses_the_token_is_named(
    tmp_path: Path, status: int, body: str, says: str
) -> None:
    site = FastAPI()

    @site.get("/{path:path}")
    def reply(path: str) -> Response:
        return Response(body, status, media_type="application/json")

    with served(site) as address, pytest.raises(IndexUnreachable, match=says) as failed:
        build(tmp_path, corpus(), server=VectorServer(address, "secret-token-7731"))
    assert "secret-token" not in f"{failed.value!r}{VectorServer(address, 'secret-token-7731')!r}"


def test_the_token_goes_with_each_request_under_both_names(tmp_path: Path) -> None:
    seen: list[tuple[str | None, str | None]] = []
    site = FastAPI()

    @site.middleware("http")
    async def note(request: Any, _: Any) -> Response:
        seen.append((request.headers.get("x-chroma-token"), request.headers.get("authorization")))
        version = request.url.path.endswith("/version")
        text = '"1.0.0"' if version else json.dumps({"error": "AuthError", "message": "secret-token-7731"})
        return Response(text, 200 if version else 403)

    with served(site) as address, pytest.raises(IndexUnreachable, match=r"it refused the token \(403\); set") as failed:
        build(tmp_path, corpus(), server=VectorServer(address, "secret-token-7731"))
    assert set(seen) == {("secret-token-7731", "Bearer secret-token-7731")}
    assert "secret-token" not in str(failed.value)


def test_where_the_server_can_fork_no_vector_is_read(
    tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma Cloud and distributed Chroma fork; here the copy is made by other means."""
    from chromadb.api.models.Collection import Collection

    def fork(self: Collection, new_name: str) -> None:
        found = self.get(include=["embeddings"])
        client = vector_server.connected(server.settings)
        made = client.create_collection(new_name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)
        made.upsert(ids=found["ids"], embeddings=found["embeddings"])
        vector_server.disconnect(client)

    build(tmp_path, corpus(12), server=server.settings)
    monkeypatch.setattr(Collection, "fork", fork)
    monkeypatch.setattr("index.storage.opened.OpenGeneration.stored_vectors", lambda *_: pytest.fail("read"))
    monkeypatch.setattr("index.storage.opened.OpenGeneration.probe", lambda *_: None)
    build(tmp_path, [*corpus(11), article(20)], server=server.settings)
    assert pointer(tmp_path).count == 12
    assert titles(tmp_path, server.settings, "harbour20")[0] == "Headline 20"
    assert "Headline 11" not in titles(tmp_path, server.settings, "harbour11")


def test_a_pointer_that_names_another_collection_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath(POINTER).write_text('{"collection": "theirs", "count": 1, "sampled": {}}')
    with pytest.raises(BylineError, match="names no collection"):
        VectorStore(tmp_path, read_only=True, server=VectorServer("http://127.0.0.1:9"))
