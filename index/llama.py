"""Our retriever as a llama-index `BaseRetriever`; importing this module imports llama-index."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.passage import ScoredPassage, article_to_json
from index.question import Question
from index.search.retriever import Retriever


class BylineRetriever(BaseRetriever):
    """Returns Byline's passages to llama-index, with their offsets and origin."""

    def __init__(self, retriever: Retriever, top_k: int = 10) -> None:
        """Wraps a retriever; each query is asked as of now."""
        self._retriever = retriever
        self._top_k = top_k
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._retriever.retrieve(Question(query_bundle.query_str), self._top_k)
        return [node_of(scored) for scored in found.passages]


def node_of(scored: ScoredPassage) -> NodeWithScore:
    """A passage as a text node; its id is the passage's, so citations can be traced back."""
    passage = scored.passage
    article = passage.article
    stated = article_to_json(article)
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={name: value for name, value in stated.items() if value is not None},
        excluded_embed_metadata_keys=["article_id", "url"],
        excluded_llm_metadata_keys=["article_id"],
    )
    return NodeWithScore(node=node, score=scored.score)
