"""The bot as a query engine of llama-index."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import TextNode

from bot.llama import BylineQueryEngine
from corpus.errors import SettingsError
from tests.bot.fakes import BRIDGE, FERRY, ScriptedBot, abstention


def test_the_source_nodes_of_an_answer_are_its_citations() -> None:
    bot = ScriptedBot()
    engine = BylineQueryEngine(bot)
    assert isinstance(engine, BaseQueryEngine)
    reply = engine.query("When did it reopen?")
    assert isinstance(reply, Response)
    assert "Engineers reopened the bridge" in str(reply)
    nodes = [found.node for found in reply.source_nodes]
    for node, article in zip(nodes, (BRIDGE, BRIDGE, FERRY), strict=True):
        assert isinstance(node, TextNode)
        assert article.text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.metadata["title"] == article.title
    assert [node.metadata["number"] for node in nodes] == [1, 2, 3]
    assert [found.score for found in reply.source_nodes] == [1.0, 1.0, 1.0]
    assert len({node.node_id for node in nodes}) == 3
    assert reply.metadata
    assert (reply.metadata["status"], reply.metadata["generation"]) == ("answered", "g1")
    assert [question.text for question, _ in bot.asked] == ["When did it reopen?"]


def test_an_abstention_has_no_source_nodes_and_says_so() -> None:
    reply = BylineQueryEngine(ScriptedBot(abstention)).query("Who?")
    assert reply.source_nodes == []
    assert reply.metadata
    assert reply.metadata["status"] == "abstained"


def test_it_can_be_awaited() -> None:
    with ThreadPoolExecutor(1) as pool:  # a browser's event loop may run in this thread
        reply = pool.submit(lambda: asyncio.run(BylineQueryEngine(ScriptedBot()).aquery("When?"))).result()
    assert len(reply.source_nodes) == 3


def test_an_empty_query_is_refused() -> None:
    with pytest.raises(SettingsError, match="empty"):
        BylineQueryEngine(ScriptedBot()).query("  ")
