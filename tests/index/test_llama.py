"""Our retriever inside llama-index."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle
from llama_index.core.settings import Settings

from corpus.errors import IndexMissing
from index.llama import BylineRetriever
from index.question import now
from tests.fakes import BRIDGE, FOUND, NOTE, ScriptedRetriever, UnbuiltRetriever


def test_llama_index_takes_it_for_one_of_its_own_and_gets_passages_best_first() -> None:
    ours = ScriptedRetriever(*FOUND)
    retriever = BylineRetriever(ours, top_k=7)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("Does the bridge open?")
    assert all(isinstance(node, NodeWithScore) for node in nodes)
    assert [(node.text, node.score) for node in nodes] == [(scored.passage.text, scored.score) for scored in FOUND]
    ((question, top_k),) = ours.asked
    assert (question.text, top_k) == ("Does the bridge open?", 7)
    assert (question.since, question.until, question.sources) == (None, None, ())


def test_each_query_is_asked_at_its_own_moment() -> None:
    ours = ScriptedRetriever()
    retriever = BylineRetriever(ours)
    before = now()
    retriever.retrieve("Who?")
    between = now()
    retriever.retrieve(QueryBundle("Who?"))
    first, second = (question.asked for question, _ in ours.asked)
    assert before <= first <= between <= second <= now()


def test_a_node_leads_back_to_the_exact_place_in_its_article() -> None:
    first, _ = (found.node for found in BylineRetriever(ScriptedRetriever(*FOUND)).retrieve("bridge"))
    assert first.node_id == FOUND[0].passage.id
    assert BRIDGE.text[first.start_char_idx : first.end_char_idx] == first.text == "The bridge opens today."
    assert first.metadata == {
        "article_id": BRIDGE.id,
        "title": "Bridge opens",
        "url": "https://news.example/b",
        "source": "Gazette",
        "published": "2022-05-02",
    }


def test_missing_metadata_is_left_out_and_ids_are_not_in_the_prompt() -> None:
    first, second = (found.node for found in BylineRetriever(ScriptedRetriever(*FOUND)).retrieve("bridge"))
    assert second.metadata == {"article_id": NOTE.id, "title": "A note"}
    prompted = first.get_content(MetadataMode.LLM)
    assert "Gazette" in prompted
    assert "2022-05-02" in prompted
    assert BRIDGE.id not in prompted


def test_it_can_be_awaited() -> None:
    found = BylineRetriever(ScriptedRetriever(*FOUND)).aretrieve("bridge")
    with ThreadPoolExecutor(1) as pool:  # a browser's event loop may run in this thread
        nodes = pool.submit(asyncio.run, found).result()
    assert [node.text for node in nodes] == [scored.passage.text for scored in FOUND]


def test_no_global_model_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(_: object) -> None:
        raise AssertionError("a global model was asked for")

    for name in ("llm", "embed_model"):
        monkeypatch.setattr(type(Settings), name, property(resolve))
    assert len(BylineRetriever(ScriptedRetriever(*FOUND)).retrieve("bridge")) == 2


def test_a_failed_retrieval_stays_an_error() -> None:
    with pytest.raises(IndexMissing, match="byline rebuild"):
        BylineRetriever(UnbuiltRetriever()).retrieve("bridge")


def test_neither_the_bot_nor_the_retriever_loads_a_framework_when_imported() -> None:
    program = "import sys, bot, bot.archive_bot, index.search.retriever; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "index.search.retriever" in loaded
    assert {"llama_index", "gradio", "chromadb", "openvino", "fastapi", "bm25s"} & set(loaded) == set()
