import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.storage.build
from corpus.article import Article, Rejected
from corpus.errors import BylineError, IndexBusy, ModelError, ReadError
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.opened import OpenGeneration
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus, files, process, rebuild_and_die_at, rebuild_and_die_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


class CountingEmbedder(WordEmbedder):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return super().embed(texts)


def opened(folder: Path) -> OpenGeneration:
    generations = Generations(folder)
    return OpenGeneration(generations.folder(generations.current()))


def contents(folder: Path) -> dict[str, str]:
    """Every passage's text by its id, as read back from the index."""
    with closing(opened(folder)) as snapshot:
        rows = range(snapshot.manifest.passages)
        return {passage.id: passage.text for passage in snapshot.passages(rows)}


def answers(folder: Path) -> list[object]:
    """All that a retriever can see."""
    with closing(opened(folder)) as snapshot:
        rows = range(snapshot.manifest.passages)
        queries = ["harbour3 mayor", "river1", "news of the day"]
        return [
            snapshot.passages(rows),
            snapshot.days.tolist(),
            snapshot.article_of.tolist(),
            snapshot.group_of.tolist(),
            list(snapshot.outlets),
            [snapshot.lexical(query, 50) for query in queries],
            [snapshot.dense(vector, 50) for vector in WordEmbedder().embed(queries)],
        ]


def test_a_first_build_holds_every_article(folder: Path) -> None:
    summary = build(folder, corpus(12), sources=("/news",))
    assert (summary.added, summary.articles, summary.published, summary.whole) == (12, 12, True, None)
    assert summary.passages == summary.embedded == len(contents(folder)) == 12
    with closing(opened(folder)) as snapshot:
        assert snapshot.manifest.sources == ("/news",)
        assert snapshot.manifest.embedder == "words"
        ((row, score),) = snapshot.lexical("harbour7", 5)
        assert snapshot.passages([row])[0].article == article(7)
        assert score > 0


def written(folder: Path) -> dict[str, int]:
    """When each file was last written; Chroma notes in its SQLite file that it was opened."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("lock", "chroma.sqlite3")]
    return {str(path): path.stat().st_mtime_ns for path in paths}


def test_nothing_changed_writes_nothing(folder: Path) -> None:
    build(folder, corpus())
    before = written(folder)
    summary = build(folder, reversed(corpus()))
    assert summary.nothing_changed
    assert not summary.published
    assert summary.passages == 12
    assert written(folder) == before


def test_only_what_changed_is_embedded(folder: Path) -> None:
    embedder = CountingEmbedder()
    build(folder, corpus(12), embedder=embedder)
    embedder.texts.clear()
    changed = [article(0, "A wholly new story about whales."), *corpus(12)[1:11], article(99)]
    summary = build(folder, changed, embedder=embedder)
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (1, 1, 1, 10)
    assert summary.embedded == len(embedder.texts) == 2
    assert "whales" in "".join(contents(folder).values())
    assert "harbour11" not in "".join(contents(folder).values())


def test_a_changed_file_without_url_counts_as_changed(folder: Path) -> None:
    note = Article("Note", "The first wording.", origin="note.txt")
    build(folder, [*corpus(3), note])
    summary = build(folder, [*corpus(3), replace(note, text="The second wording.")])
    assert (summary.added, summary.changed, summary.removed) == (0, 1, 0)


def test_the_last_updated_version_of_a_url_is_indexed(folder: Path) -> None:
    first = replace(article(1), text="Five are missing.", updated=datetime(2022, 2, 1, 9, tzinfo=UTC))
    last = replace(article(1), text="All five were found.", updated=datetime(2022, 2, 1, 12, tzinfo=UTC))
    assert build(folder, [last, article(1), first]).superseded == 2
    with closing(opened(folder)) as snapshot:
        assert snapshot.store.get(last.id).article == last


def test_the_newest_version_of_a_url_is_indexed(folder: Path) -> None:
    old, new = article(1, "The old wording."), article(1, "The new wording.")
    dated = [replace(old, published=old.published), replace(new, published=None)]
    summary = build(folder, [*dated, old, replace(new, published=article(27).published)])
    assert (summary.articles, summary.duplicates, summary.superseded) == (1, 1, 2)
    assert list(contents(folder).values()) == ["The new wording."]


def test_the_version_that_the_index_holds_may_win_again(folder: Path) -> None:
    build(folder, corpus(3))
    summary = build(folder, [replace(article(1, "Undated."), published=None), *corpus(3)])
    assert (summary.nothing_changed, summary.superseded) == (True, 1)


def test_rejections_are_kept_in_the_manifest_and_half_characters_are_one(folder: Path) -> None:
    summary = build(folder, [Rejected("a.json", 3, "no title"), Article("t", "\ud800", origin="b.txt"), *corpus(2)])
    assert [rejected.origin for rejected in summary.rejected] == ["a.json", "b.txt"]
    with closing(opened(folder)) as snapshot:
        assert snapshot.manifest.rejected == summary.rejected
        assert snapshot.manifest.rejected_count == 2


def test_strict_publishes_nothing_when_something_is_rejected(folder: Path) -> None:
    build(folder, corpus(2))
    summary = build(folder, [*corpus(3), Rejected("a", None, "bad")], strict=True)
    assert not summary.published
    assert len(contents(folder)) == 2


def test_a_dry_run_counts_and_writes_nothing(folder: Path) -> None:
    assert build(folder, corpus(2), dry_run=True).added == 2
    assert not folder.exists()
    build(folder, corpus(2))
    before = files(folder)
    assert build(folder, corpus(3), dry_run=True).added == 1
    assert files(folder) == before


def test_an_empty_corpus_does_not_replace_an_index(folder: Path) -> None:
    build(folder, corpus(2))
    with pytest.raises(ReadError, match="no article was found; the index is left as it was"):
        build(folder, [Rejected("a", None, "bad")])
    assert len(contents(folder)) == 2


class OtherEmbedder(WordEmbedder):
    name = "other"


def test_another_embedder_means_building_whole(folder: Path) -> None:
    build(folder, corpus(4))
    summary = build(folder, corpus(4), embedder=OtherEmbedder())
    assert summary.published
    assert summary.whole == "the embedder was 'words'"
    assert (summary.embedded, summary.unchanged) == (4, 4)


def test_another_splitter_means_building_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.storage.build, "SPLITTER", "words-1")
    build(folder, corpus(4))
    monkeypatch.undo()
    assert build(folder, corpus(4)).whole == "the articles were split by 'words-1'"
    assert build(folder, corpus(4)).nothing_changed


def test_a_plain_rebuild_mends_another_schema_and_a_damaged_index(folder: Path) -> None:
    build(folder, corpus(4))
    path = Generations(folder).folder(Generations(folder).current()) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 0}))
    assert "schema 0" in str(build(folder, corpus(4)).whole)
    (Generations(folder).folder(Generations(folder).current()) / "articles.sqlite").write_bytes(b"rubbish" * 1000)
    assert "articles.sqlite (7,000 bytes in place of" in str(build(folder, corpus(4)).whole)
    assert len(contents(folder)) == 4


def test_a_full_rebuild_uses_nothing_of_the_last_generation(folder: Path) -> None:
    build(folder, corpus(4))
    summary = build(folder, corpus(4), full=True)
    assert (summary.embedded, summary.published, summary.nothing_changed) == (4, True, True)


def test_other_sources_are_written_down_though_no_article_changed(folder: Path) -> None:
    build(folder, corpus(4), sources=("/old",))
    summary = build(folder, corpus(4), sources=("/new",))
    assert (summary.published, summary.embedded) == (True, 0)
    with closing(opened(folder)) as snapshot:
        assert snapshot.manifest.sources == ("/new",)


def test_small_changes_patch_a_copy_until_much_has_been_patched(folder: Path) -> None:
    build(folder, corpus(12))
    patched = []
    for round_ in range(1, 5):
        build(folder, [article(number, f"Round {round_}.") for number in range(1)] + corpus(12)[1:])
        with closing(opened(folder)) as snapshot:
            patched.append(snapshot.manifest.patched)
    assert patched == [2, 4, 6, 0]


edits = st.lists(
    st.dictionaries(st.integers(0, 14), st.sampled_from([None, "A rewritten story.", "Twice the same words."])),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of twelve articles, to be copied: that is quicker than to build."""
    folder = tmp_path_factory.mktemp("twelve") / "index"
    build(folder, corpus(12))
    return folder


@settings(max_examples=5, deadline=None)
@given(edits=edits)
@example(edits=[{0: None, 1: None, 2: None}])
def test_rebuilding_by_parts_gives_what_building_whole_gives(
    edits: list[dict[int, str | None]], twelve: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("indexes")
    state = {number: article(number) for number in range(12)}
    copytree(twelve, folder / "parts")
    for edit in edits:
        for number, text in edit.items():
            if text is None and number in state:
                del state[number]
            else:
                state[number] = article(number, text)
        state[20] = article(20)
        build(folder / "parts", state.values())
    build(folder / "whole", reversed(state.values()))
    assert answers(folder / "parts") == answers(folder / "whole")


def broken(articles: list[Article], error: Exception) -> Iterator[Article]:
    yield from articles
    raise error


class FailingEmbedder(WordEmbedder):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModelError("the model is gone")


def test_a_failing_reader_or_embedder_leaves_everything_as_it_was(folder: Path) -> None:
    build(folder, corpus(4))
    before = files(folder)
    with pytest.raises(ReadError):
        build(folder, broken(corpus(6), ReadError("unplugged")))
    with pytest.raises(ModelError):
        build(folder, corpus(6), embedder=FailingEmbedder())
    assert files(folder) == before
    assert len(contents(folder)) == 4


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk is full")])
def test_a_full_disk_is_reported_in_one_line_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    build(folder, corpus(4))
    before = files(folder)

    def full(*values: object) -> None:
        raise error

    monkeypatch.setattr("index.storage.parts.ArticleStore.put_groups", full)
    with pytest.raises(BylineError, match=r"cannot be written .*; it is unchanged"):
        build(folder, corpus(6))
    assert files(folder) == before


def test_a_build_whose_parts_disagree_is_not_published(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder, corpus(4))
    monkeypatch.setattr("index.storage.dense.VectorStore.put", lambda *values: None)
    with pytest.raises(BylineError, match="should hold 6 articles and 6 passages"):
        build(folder, corpus(6))
    monkeypatch.undo()
    assert len(contents(folder)) == 4


def test_concurrent_rebuilds_exclude_each_other(folder: Path) -> None:
    def second() -> Iterator[Article]:
        with pytest.raises(IndexBusy, match="wait for it to end"):
            build(folder, corpus(2))
        yield from corpus(3)

    assert build(folder, second()).published


DEATHS = [
    *((rebuild_and_die_in, (stage,)) for stage in ("reading", "cutting", "indexing words", "embedding", "verifying")),
    *((rebuild_and_die_at, (call, after)) for call in ("rename", "replace") for after in (False, True)),
]


@pytest.mark.parametrize(("death", "moment"), DEATHS)
def test_a_rebuild_killed_at_any_moment_leaves_an_index_that_serves_and_can_be_rebuilt(
    twelve: Path, folder: Path, death: object, moment: tuple[object, ...]
) -> None:
    copytree(twelve, folder)
    live = LiveIndex(folder, "words")
    killed = process(death, *moment, folder, corpus(14))  # type: ignore[arg-type]
    killed.join(60)
    assert killed.exitcode == -9
    switched = moment == ("replace", True)
    with live.snapshot() as snapshot:
        assert len(snapshot.lexical("mayor", 20)) == (14 if switched else 12)
    assert build(folder, corpus(15)).published
    assert len(contents(folder)) == 15
    assert not [path for path in files(folder) if path.endswith((".building", ".removed"))]
    live.close()
