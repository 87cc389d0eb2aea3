from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search import bm25
from index.search.lexical import LexicalIndex, Wordlists
from index.words import word_ids

TEXTS = ["The mayor of Springfield resigned.", "A flood closed the harbour.", "Mayors met; the mayor spoke.", "?!"]


def index(folder: Path, texts: list[str]) -> LexicalIndex:
    Wordlists.join([-1] * len(texts), None, [texts]).write(folder)
    return LexicalIndex(folder)


@pytest.fixture
def opened(tmp_path: Path) -> LexicalIndex:
    return index(tmp_path / "lexical", TEXTS)


def test_rows_that_share_stemmed_words_are_ranked(opened: LexicalIndex) -> None:
    ranking = opened.search("Did the MAYOR resign?", 10)
    assert [row for row, _ in ranking] == [0, 2]
    assert all(score > 0 for _, score in ranking)
    assert opened.rows == 4


@pytest.mark.parametrize("query", ["", "   ", "?", "Who is it?", "zebra quagga", "\x00"])
def test_a_query_without_known_words_finds_nothing(opened: LexicalIndex, query: str) -> None:
    assert opened.search(query, 10) == []


def test_unknown_words_do_not_hide_known_ones(opened: LexicalIndex) -> None:
    assert opened.search("zebra flood", 10) == opened.search("flood", 10) != []


def test_accents_make_no_difference(tmp_path: Path) -> None:
    found = index(tmp_path / "lexical", ["Beyoncé sang in São Paulo", "Nobody sang"])
    assert [row for row, _ in found.search("beyonce sao paulo", 5)] == [0]


def test_equals_are_ranked_by_row_and_cut_there(tmp_path: Path) -> None:
    found = index(tmp_path / "lexical", ["flood"] * 20 + ["drought"] * 20)
    assert [row for row, _ in found.search("flood", 5)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("texts", [["the of and"], ["...", "—"]])
def test_passages_without_any_word_can_be_indexed(tmp_path: Path, texts: list[str]) -> None:
    opened = index(tmp_path / "lexical", texts)
    assert (opened.rows, opened.search("the flood", 3)) == (len(texts), [])


@given(st.lists(st.lists(st.integers(0, 5), max_size=9), min_size=1, max_size=12).filter(any))
def test_scores_by_blocks_are_those_of_the_library(lists: list[list[int]]) -> None:
    words = [f"word{number}" for number in range(6)]
    borders = np.cumsum([0, *map(len, lists)])
    by_lists = bm25s.BM25(k1=bm25.K1, b=bm25.B)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bm25, "BLOCK", 4)
        by_blocks = bm25.scores(len(words), np.array([place for each in lists for place in each], np.int32), borders)
    vocabulary = {word: place for place, word in enumerate(words)}
    by_lists.index((lists, vocabulary), create_empty_token=False, show_progress=False)
    for part in ("data", "indices", "indptr"):
        assert by_blocks[part].dtype == by_lists.scores[part].dtype
        assert by_blocks[part].tolist() == by_lists.scores[part].tolist()
    assert by_blocks["num_docs"] == by_lists.scores["num_docs"] == len(lists)


def test_the_index_is_mapped_not_read(opened: LexicalIndex) -> None:
    assert opened._ranking is not None
    assert isinstance(opened._ranking.scores["data"], np.memmap)


words = st.text("abcdé ", max_size=30)


@given(old=st.lists(words, min_size=1, max_size=8), new=st.lists(words, max_size=4), data=st.data())
def test_lists_joined_from_kept_and_new_ones_are_those_of_all_texts_at_once(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(old))), unique=True))
    rows = data.draw(st.permutations([*kept, *[-1] * len(new)]))
    fresh = iter(new)
    texts = [old[row] if row >= 0 else next(fresh) for row in rows]
    last = Wordlists.join([-1] * len(old), None, [old])
    joined = Wordlists.join(rows, last, [new[:2], new[2:]])
    whole = Wordlists.join([-1] * len(texts), None, [texts])
    assert joined.words == whole.words
    assert joined.ids.tolist() == whole.ids.tolist()
    assert joined.borders.tolist() == whole.borders.tolist()


def test_words_are_lower_case_stemmed_and_without_stop_words() -> None:
    ids, found = word_ids(["The Floods", "flooding in Ohio"])
    assert [[found[place] for place in text] for text in ids] == [["flood"], ["flood", "ohio"]]


def test_rows_with_all_words_of_a_text_are_found_by_their_stems(opened: LexicalIndex) -> None:
    found = [opened.rows_with(text) for text in ("mayor", "Mayors resign", "mayor flood", "zebra")]
    assert [rows.tolist() for rows in found if rows is not None] == [[0, 2], [0], [], []]


def test_text_without_an_indexed_word_is_not_looked_up(opened: LexicalIndex) -> None:
    assert opened.rows_with("the") is None
    assert opened.rows_with("?!") is None


def test_index_without_words_has_no_rows(tmp_path: Path) -> None:
    rows = index(tmp_path / "lexical", ["?!"]).rows_with("mayor")
    assert rows is not None
    assert rows.tolist() == []
