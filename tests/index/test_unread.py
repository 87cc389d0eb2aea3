from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from corpus.article import Article, Rejected
from index.storage.build import rebuild
from index.storage.generations import Generations
from index.storage.manifest import REJECTED_KEPT
from index.storage.purge import purge
from index.storage.purged import Purged
from index.storage.rebuild_progress import NullProgress
from index.storage.summary import Summary
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus

LEFT_OUT = [article(3), Rejected("news.jsonl", 9, "has no text")]


def unread() -> Iterator[Article]:
    raise AssertionError("the articles were read")
    yield


def read_once(folder: Path, **options: object) -> Summary:
    return build(folder, [*corpus(4), *LEFT_OUT], inputs=lambda: "same", **options)


def test_equal_inputs_are_not_read_again_and_the_summary_is_the_same(tmp_path: Path) -> None:
    first = read_once(tmp_path)
    again = build(tmp_path, unread(), inputs=lambda: "same")
    assert (again.published, again.nothing_changed, again.generation) == (False, True, first.generation)
    assert (again.articles, again.unchanged, again.passages, again.duplicates) == (4, 4, first.passages, 1)
    assert again.rejected == first.rejected == (LEFT_OUT[1],)
    dry = build(tmp_path, unread(), inputs=lambda: "same", dry_run=True)
    assert (dry.nothing_changed, dry.articles) == (True, 4)


@pytest.mark.parametrize("options", [{"full": True}, {"sources": ("/elsewhere",)}, {"options": {"map": ["text=body"]}}])
def test_other_options_read_again(tmp_path: Path, options: dict[str, object]) -> None:
    read_once(tmp_path)
    with pytest.raises(AssertionError, match="were read"):
        build(tmp_path, unread(), inputs=lambda: "same", **options)


@pytest.mark.parametrize("inputs", ["other", None])
def test_other_and_unknown_inputs_are_read(tmp_path: Path, inputs: str | None) -> None:
    read_once(tmp_path)
    with pytest.raises(AssertionError, match="were read"):
        build(tmp_path, unread(), inputs=lambda: inputs)


def test_inputs_that_changed_while_they_were_read_are_read_again(tmp_path: Path) -> None:
    digests = iter(["before", "after", "before", "after"])
    build(tmp_path, corpus(4), inputs=lambda: next(digests))
    with pytest.raises(AssertionError, match="were read"):
        build(tmp_path, unread(), inputs=lambda: "before")


def test_articles_are_read_again_after_one_is_purged_or_allowed(tmp_path: Path) -> None:
    read_once(tmp_path)
    purge(tmp_path, [article(1).id], NullProgress().show)
    with pytest.raises(AssertionError, match="were read"):
        build(tmp_path, unread(), inputs=lambda: "same")
    assert Purged.read(tmp_path).ids


def test_more_rejections_than_are_kept_are_read_again(tmp_path: Path) -> None:
    rejected = [Rejected("news.jsonl", line, "has no text") for line in range(REJECTED_KEPT + 1)]
    build(tmp_path, chain(corpus(2), rejected), inputs=lambda: "same")
    with pytest.raises(AssertionError, match="were read"):
        build(tmp_path, unread(), inputs=lambda: "same")


def test_a_damaged_index_is_read_and_built_anew(tmp_path: Path) -> None:
    read_once(tmp_path)
    generations = Generations(tmp_path)
    (generations.folder(generations.current()) / "rows.npz").unlink(missing_ok=True)
    for path in generations.folder(generations.current()).glob("articles*"):
        path.unlink()
    summary = rebuild(tmp_path, corpus(4), WordEmbedder(), inputs=lambda: "same")
    assert summary.published
    assert summary.whole
