"""Our retriever as a LangChain `BaseRetriever`; importing this module imports langchain-core (extra `langchain`)."""

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.passage import ScoredPassage, article_to_json
from index.question import Question
from index.search.retriever import Retriever


class BylineRetriever(BaseRetriever):
    """Returns Byline's passages to LangChain, with their offsets and origin.

    Attributes:
        retriever: Finds the passages.
        top_k: The most passages returned.
        since: Only articles published on this day or later.
        until: Only articles published on this day or earlier.
        sources: Only these outlets; empty for all.
    """

    retriever: Any
    top_k: int = 10
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()

    def __init__(self, retriever: Retriever, **options: Any) -> None:
        """Wraps a retriever; each query is asked as of now."""
        super().__init__(retriever=retriever, **options)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = Question(query, since=self.since, until=self.until, sources=self.sources)
        return [_document(scored) for scored in self.retriever.retrieve(question, self.top_k).passages]


def _document(scored: ScoredPassage) -> Document:
    """A passage as a document; `article.text[start:end]` is its content."""
    passage = scored.passage
    stated = {name: value for name, value in article_to_json(passage.article).items() if value is not None}
    place = {"start": passage.start, "end": passage.end, "score": scored.score}
    return Document(passage.text, id=passage.id, metadata=stated | place)
