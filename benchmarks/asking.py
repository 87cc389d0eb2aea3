"""Shared by the benchmarks that ask questions."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.archive_bot import ArchiveBot
from bot.create import create_bot
from bot.evaluate import Expected, read_questions
from bot.settings import Settings
from index.search.embed import Embedder
from index.storage.snapshot import Vector


def given(description: str | None) -> tuple[ArchiveBot, list[Expected]]:
    """The default bot over the index in the first argument, and the questions of the file in the second."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, metavar="INDEX", help="a folder that byline rebuild made")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help="a file that byline evaluate reads")
    named = parser.parse_args()
    return create_bot(Settings(index=named.index)), read_questions(named.questions)


class RememberingEmbedder:
    """Embeds each text once, however often it is requested."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vector] = {}
        self.name, self.dimensions = embedder.name, embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vector:
        """(len(texts), dimensions) unit vectors."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def embed_question(self, text: str) -> Vector:
        """(dimensions,) the unit vector of a question, under a key of its own: it may differ from a passage's."""
        if (asked := f"? {text}") not in self._vectors:
            self._vectors[asked] = self._embedder.embed_question(text)
        return self._vectors[asked]
