"""The bot as a llama-index query engine; importing this module imports llama-index."""

from asyncio import to_thread
from dataclasses import replace
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore, QueryBundle

from bot.answer import Answer, Citation
from bot.bot import Bot
from bot.question.limits import put_question
from index.llama import node_of
from index.passage import ScoredPassage


class BylineQueryEngine(BaseQueryEngine):
    """Answers a query from the archive; the source nodes are the citations, in the order of their marks.

    A source node is the exact quote with its span in the article, and its mark's number as `metadata["number"]`. The
    response's metadata holds the status: "abstained" for an abstention, which has no source nodes.
    """

    def __init__(self, bot: Bot) -> None:
        """Wraps a bot; each query is asked as of now, without a history."""
        self._bot = bot
        super().__init__(callback_manager=None)

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._bot.answer(put_question(query_bundle.query_str))
        stated = answer.to_json()
        kept = ("status", "confidence", "searched", "answerer", "model", "generation")
        nodes = [_source_node(citation, answer) for citation in answer.citations]
        return Response(answer.text, nodes, {name: stated[name] for name in kept})

    def _get_prompt_modules(self) -> dict[str, Any]:
        """Empty: no prompt can be changed."""
        return {}

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await to_thread(self._query, query_bundle)


def _source_node(citation: Citation, answer: Answer) -> NodeWithScore:
    """A citation as a node: its quote, with the score of the passage that holds it."""
    score = next((scored.score for scored in answer.passages if scored.passage == citation.passage), 0.0)
    quote = replace(citation.passage, start=citation.start, end=citation.end)
    found = node_of(ScoredPassage(quote, score))
    found.node.metadata["number"] = citation.number
    return found
