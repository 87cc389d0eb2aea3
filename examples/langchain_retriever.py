"""Byline's retriever in LangChain (pip install 'byline[langchain]'): python examples/langchain_retriever.py "...?"."""

import sys

from bot import create_bot
from index.langchain import BylineRetriever

retriever = BylineRetriever(create_bot().retriever, top_k=3)
for document in retriever.invoke(sys.argv[1] if len(sys.argv) > 1 else "What is the latest news?"):
    print(f"{document.metadata['score']:.2f} {document.metadata['title']}: {document.page_content[:80]!r}")
