"""One contract for every `Embedder`."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.search.embed import Embedder, MiniLM
from tests.fakes import WordEmbedder

FERRY = "The ferry to Gull Rock sank at dawn."
TEXTS = [FERRY, "A boat went down early in the morning.", "The council raised the price of parking."]


@pytest.fixture(scope="module", params=[MiniLM, WordEmbedder])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return request.param()


def test_vectors_are_unit_rows_in_the_order_given(embedder: Embedder) -> None:
    vectors = embedder.embed(["short", *TEXTS * 20, "x " * 400])
    assert vectors.shape == (62, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-2)
    assert vectors[1] @ vectors[4] == pytest.approx(1, abs=1e-2)
    assert vectors[1] @ vectors[3] < 0.9


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_an_empty_text_has_a_vector(embedder: Embedder) -> None:
    assert np.isfinite(embedder.embed([""])).all()


def test_minilm_puts_near_what_means_the_same_in_other_words() -> None:
    ferry, same, other = MiniLM().embed(TEXTS)
    assert same @ ferry > other @ ferry + 0.2


def test_a_model_without_its_files_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        MiniLM(tmp_path).embed(["text"])
