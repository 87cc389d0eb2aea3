"""A bot over a real index, with an embedder and a reader that need no model."""

from pathlib import Path

from bot.answer.choose import ExtractiveAnswerer
from bot.archive_bot import ArchiveBot
from index.search.retriever import HybridRetriever
from index.storage.live import LiveIndex
from tests.fakes import WordEmbedder, WordReader


def archive_bot(index: Path, threshold: float = 0.4) -> ArchiveBot:
    embedder = WordEmbedder()
    live = LiveIndex(index, embedder.name)
    return ArchiveBot(
        HybridRetriever(live, embedder), ExtractiveAnswerer(WordReader()), threshold=threshold, index=live
    )
