"""One contract for every `Reader`, and what only a trained one can do."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.errors import ModelError
from index.passage import Passage
from index.search.reader import LONGEST_ANSWER, MiniLMReader, Reader, Reading
from index.split import sentences
from tests.fakes import WordReader

QUESTION = "Who opened the Mill Bridge?"
TEXT = (
    "Rain had fallen on the town all week.\n\n"
    "The Mill Bridge was opened on Sunday by Mayor Ada Quill, who cut a ribbon. "
    "Parking stays free for the rest of the year."
)
BRIDGE = Article("Bridge opens", TEXT, published=date(2022, 5, 1))
WHOLE = Passage(BRIDGE, 0, len(TEXT))
TAIL = Passage(BRIDGE, TEXT.index("The Mill"), len(TEXT))
OTHER = Article("Tax", "The council will raise the tax on dogs in spring, it said on Friday.")
DOGS = Passage(OTHER, 0, len(OTHER.text))


@pytest.fixture(scope="module", params=[MiniLMReader, WordReader])
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = request.param()
    return made


def words(passage: Passage, start: int, end: int) -> str:
    return passage.article.text[start:end]


def test_each_passage_has_its_reading_in_the_order_given(reader: Reader) -> None:
    readings = reader.read(QUESTION, [DOGS, WHOLE, TAIL] * 5)
    assert len(readings) == 15
    relevance = [reading.relevance for reading in readings]
    assert relevance[1] > relevance[0]
    assert relevance[:3] == pytest.approx(relevance[12:], abs=0.2)


def test_no_passages_have_no_readings(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == []


@pytest.mark.parametrize("passage", [WHOLE, TAIL, DOGS])
def test_the_best_words_of_a_sentence_are_words_of_the_article_inside_it(reader: Reader, passage: Passage) -> None:
    (reading,) = reader.read(QUESTION, [passage])
    for first, last in sentences(passage.text):
        start, end = passage.start + first, passage.start + last
        best = reading.best(start, end)
        assert best
        assert start <= best.start < best.end <= end
        found = words(passage, best.start, best.end)
        assert found == found.strip() != ""


def test_no_words_read_means_no_best_span(reader: Reader) -> None:
    (reading,) = reader.read(QUESTION, [TAIL])
    assert reading.best(0, TAIL.start) is None
    assert reading.best(len(TEXT), len(TEXT) + 10) is None


def test_the_headline_and_the_day_are_not_among_the_words(reader: Reader) -> None:
    (reading,) = reader.read("What opens?", [WHOLE])
    assert reading.offsets.min() == 0
    assert words(WHOLE, *reading.offsets[0].tolist()) == "Rain"


def test_a_trained_reader_finds_the_name() -> None:
    (reading,) = MiniLMReader().read(QUESTION, [WHOLE])
    best = reading.best(0, len(TEXT))
    assert best
    assert "Ada Quill" in words(WHOLE, best.start, best.end)


def test_the_end_of_a_passage_that_is_too_long_is_not_read() -> None:
    text = "The bridge is old. " * 120 + "Ada Quill opened it."
    article = Article("Bridge", text)
    (reading,) = MiniLMReader().read(QUESTION, [Passage(article, 0, len(text))])
    assert reading.best(0, 400)
    assert reading.best(text.index("Ada"), len(text)) is None


@pytest.mark.parametrize("length", ["who " * 400, "谁" * 2000, "", "?" * 2000])
def test_a_very_long_question_leaves_the_reader_standing(length: str) -> None:
    readings = MiniLMReader().read(length, [WHOLE, DOGS])
    assert [np.isfinite(reading.relevance) for reading in readings] == [True, True]


logits = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=60)


@given(starts=logits, data=st.data())
def test_the_best_span_is_the_best_of_all_that_are_short_enough(starts: list[float], data: st.DataObject) -> None:
    count = len(starts)
    ends = data.draw(st.lists(st.floats(-20, 20, width=32), min_size=count, max_size=count))
    offsets = np.array([(3 * place, 3 * place + 2) for place in range(count)])
    reading = Reading(0.0, offsets, np.array(starts, np.float32), np.array(ends, np.float32))
    best = reading.best(0, 3 * count)
    assert best
    spans = ((first, last) for first in range(count) for last in range(first, min(count, first + LONGEST_ANSWER)))
    assert best.score == pytest.approx(max(starts[first] + ends[last] for first, last in spans), abs=1e-4)


def test_a_reader_without_its_files_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        MiniLMReader(tmp_path).read(QUESTION, [WHOLE])
