"""One contract for every `Embedder`."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copyfile
from types import SimpleNamespace

import numpy as np
import openvino
import pytest
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.search import encoder
from index.search.embed import QUESTIONS, Embedder, MiniLM
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


def test_a_question_is_embedded_once_and_only_the_last_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder, embedded = MiniLM(), list[str]()

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        embedded.extend(texts)
        return np.full((len(texts), 384), len(embedded), np.float32)

    monkeypatch.setattr(embedder, "embed", embed)
    first = embedder.embed_question("When did it sink?")
    assert embedder.embed_question("When did it sink?") is first
    for number in range(QUESTIONS):
        embedder.embed_question(f"When did ship {number} sink?")
    assert embedder.embed_question("When did it sink?")[0] == len(embedded) == QUESTIONS + 2


def test_threads_that_embed_at_once_get_their_own_vectors() -> None:
    embedder = MiniLM()
    asked = [[f"{text} {number}" for text in TEXTS * 7] for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        at_once = list(pool.map(embedder.embed, asked))
    for texts, vectors in zip(asked, at_once, strict=True):
        assert np.abs(vectors - embedder.embed(texts)).max() < 1e-2


def test_a_signal_is_handled_after_models_have_been_released() -> None:
    program = """
import signal
from index.search.embed import MiniLM
signal.signal(signal.SIGTERM, lambda *_: print("handled"))
kept = [MiniLM(), MiniLM()]
for model in kept:
    model.embed(["A ferry."])
del model, kept[0]
kept.clear()
signal.raise_signal(signal.SIGTERM)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "handled\n")


def test_threads_that_embed_the_first_texts_of_a_process_do_not_wait_for_each_other_for_ever() -> None:
    program = """
import sys, threading
sys.setswitchinterval(1e-6)
from index.search.embed import MiniLM
model, ready = MiniLM(), threading.Barrier(3)
def embed(number):
    ready.wait()
    model.embed([f"text {number}"])
threads = [threading.Thread(target=embed, args=(number,), daemon=True) for number in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
    for _ in range(4):  # about half of them hung before
        subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_a_processor_without_bfloat16_computes_in_full_and_gets_nearly_the_same_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    core, compiled = encoder._core(), list[openvino.Model]()

    def compile_model(model: openvino.Model, *given: object) -> object:
        compiled.append(model)
        return core.compile_model(model, *given)

    vectors = MiniLM().embed(TEXTS)
    plain = SimpleNamespace(
        read_model=core.read_model, compile_model=compile_model, get_property=lambda *_: ["FP32", "INT8"]
    )
    monkeypatch.setattr(encoder, "_core", lambda: plain)
    assert (MiniLM().embed(TEXTS) * vectors).sum(1).min() > 0.995
    assert "FakeQuantize" not in {node.get_type_name() for node in compiled[0].get_ops()}


def test_an_embedder_of_one_thread_is_tied_to_no_processor_as_others_would_be_to_the_same() -> None:
    one = encoder.Encoder(encoder.MODELS / MiniLM.name, 16, threads=1)
    assert one._idle.get().get_compiled_model().get_property("ENABLE_CPU_PINNING") is False


def test_a_model_without_its_files_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        MiniLM(tmp_path).embed(["text"])
    for name in ("tokenizer.json", "model.xml"):
        copyfile(encoder.MODELS / MiniLM.name / name, tmp_path / name)
    with pytest.raises(ModelError, match=r"model\.bin"):
        MiniLM(tmp_path).embed(["text"])


ALONE = """
import sys, threading
from index.search.embed import MiniLM
MiniLM().embed(["The river rose."])
assert "openvino" in sys.modules
print([name for name in sys.modules if "telemetry" in name], threading.active_count())
"""


def test_the_runtime_sends_no_telemetry(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    alone = {name: value for name, value in os.environ.items() if name != "CI"} | home
    ran = subprocess.run([sys.executable, "-c", ALONE], env=alone, capture_output=True, text=True, check=True)
    assert ran.stdout == "[] 1\n"
    assert list(tmp_path.rglob("*")) == []
