"""From settings to a bot: the Python way in."""

from bot.archive import ArchiveBot
from bot.evidence import THRESHOLDS
from bot.extractive import ExtractiveAnswerer
from bot.settings import Settings
from index.embed import MiniLM
from index.live import LiveIndex
from index.retriever import HybridRetriever


def create_bot(settings: Settings | None = None) -> ArchiveBot:
    """A bot over the index that the settings name; what they do not say comes from the environment.

    The index is opened at the first question, and again whenever a newer generation is there.
    """
    settings = settings or Settings()
    embedder = MiniLM()
    return ArchiveBot(
        retriever=HybridRetriever(LiveIndex(settings.index, embedder.name), embedder),
        answerer=ExtractiveAnswerer(embedder, settings.max_sentences),
        threshold=THRESHOLDS[settings.caution],
    )
