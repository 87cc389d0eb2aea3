"""Bots over earlier generations of an index."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from bot.archive_bot import ArchiveBot
from bot.bot import Bot
from corpus.errors import IndexMissing
from index.search.retriever import HybridRetriever
from index.storage.generations import Generations
from index.storage.live import LiveIndex


@dataclass(slots=True)
class EarlierBots:
    """Answers from the generation that a link names; keeps one earlier generation open at a time.

    Attributes:
        bot: The bot over the newest generation.
        index: The folder of the index.
    """

    bot: ArchiveBot
    index: Path
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[str, LiveIndex] | None = None

    def at(self, generation: str) -> Bot | None:
        """A bot over an earlier generation; None if it is the newest.

        Raises:
            IndexMissing: There is no such generation, or no longer.
        """
        generations = Generations(self.index)
        if generation == generations.current():
            return None
        if generation not in generations.kept() or not isinstance(self.bot.retriever, HybridRetriever):
            raise IndexMissing(f"generation {generation[:80]!r} is gone; run: byline status")
        live = self._opened(generation)
        return replace(self.bot, retriever=replace(self.bot.retriever, index=live), index=live)

    def _opened(self, generation: str) -> LiveIndex:
        with self._lock:
            if self._held and self._held[0] == generation:
                return self._held[1]
            if self._held:
                self._held[1].close()
            assert isinstance(self.bot.retriever, HybridRetriever)
            retriever = self.bot.retriever
            live = LiveIndex(self.index, retriever.embedder.name, generation, retriever.index.server)
            self._held = generation, live
            return live
