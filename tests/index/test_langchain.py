"""Our retriever inside LangChain."""

from datetime import date

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from corpus.errors import IndexMissing
from index.langchain import BylineRetriever
from index.question import now
from tests.fakes import BRIDGE, FOUND, ScriptedRetriever, UnbuiltRetriever


def test_langchain_takes_it_for_one_of_its_own_and_gets_passages_best_first() -> None:
    ours = ScriptedRetriever(*FOUND)
    retriever = BylineRetriever(ours, top_k=7, since=date(2022, 5, 1), sources=("Gazette",))
    assert isinstance(retriever, BaseRetriever)
    before = now()
    first, second = (retriever | RunnableLambda(list)).invoke("Does the bridge open?")
    ((question, top_k),) = ours.asked
    assert (question.text, question.since, question.sources, top_k) == (
        "Does the bridge open?", date(2022, 5, 1), ("Gazette",), 7,
    )  # fmt: skip
    assert before <= question.asked <= now()
    assert first.id == FOUND[0].passage.id
    assert (
        BRIDGE.text[first.metadata["start"] : first.metadata["end"]] == first.page_content == "The bridge opens today."
    )
    assert (first.metadata["source"], first.metadata["published"], first.metadata["score"]) == (
        "Gazette", "2022-05-02", 0.03,
    )  # fmt: skip
    assert set(second.metadata) == {"article_id", "title", "start", "end", "score"}


def test_a_failed_retrieval_stays_an_error() -> None:
    with pytest.raises(IndexMissing, match="byline rebuild"):
        BylineRetriever(UnbuiltRetriever()).invoke("bridge")
