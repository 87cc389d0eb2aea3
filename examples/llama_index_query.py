"""Byline as a part of llama-index: python examples/llama_index_query.py "What happened in May?"."""

import sys

from bot import create_bot
from bot.llama import BylineQueryEngine
from index.llama import BylineRetriever

bot = create_bot()
question = sys.argv[1] if len(sys.argv) > 1 else "What is the latest news?"

reply = BylineQueryEngine(bot).query(question)
print(reply)
for source in reply.source_nodes:
    print(f"[{source.node.metadata['number']}] {source.node.metadata['title']}")

for found in BylineRetriever(bot.retriever, top_k=3).retrieve(question):
    print(f"{found.score:.2f} {found.node.metadata['title']}")
