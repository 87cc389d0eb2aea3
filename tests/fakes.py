"""Stand-ins that behave: near texts are near, and every reply is known."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.errors import IndexMissing
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.search.reader import Reading
from index.search.retriever import Retrieval
from index.split import sentences

BRIDGE = Article(
    "Bridge opens", "It rained. The bridge opens today.", "https://news.example/b", "Gazette", date(2022, 5, 2)
)
NOTE = Article("A note", "Nobody knows where this is from.")
FOUND = (ScoredPassage(Passage(BRIDGE, 11, 34), 0.03), ScoredPassage(Passage(NOTE, 0, 32), 0.01))
"""Passages to find: one of a dated article, one of an article of which only the headline is known."""


class WordEmbedder:
    """Hashes words to a unit vector, so texts that share words are near and an order can be asserted."""

    name = "words"
    dimensions = 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 64) unit vectors."""
        vectors = np.full((len(texts), self.dimensions), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, zlib.crc32(word.strip(".,?!:;“”\"'").encode()) % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """(64,) a unit vector."""
        (vector,) = self.embed([text])
        return vector


class WordReader:
    """Takes a passage for an answer the more words it shares with the question, and so each of its sentences.

    A word that the question lacks is the likelier to be the answer.
    """

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading of each passage."""
        return [self._reading(_words(question), passage) for passage in passages]

    def _reading(self, asked: set[str], passage: Passage) -> Reading:
        offsets, logits = [], []
        for start, end in sentences(passage.text):
            shared = len(asked & _words(passage.text[start:end]))
            for word in re.finditer(r"[^\W_]+", passage.text[start:end]):
                offsets.append((word.start() + start + passage.start, word.end() + start + passage.start))
                logits.append(2.0 * shared - (3.2 if word[0].lower() in asked else 1.6))
        share = len(asked & _words(passage.text)) / max(1, len(asked))
        found = np.array(logits, np.float32)
        return Reading(12 * share - 4, np.array(offsets, np.int64).reshape(-1, 2), found, found)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


class ScriptedRetriever:
    """Finds the same whatever is asked, and keeps what it was asked."""

    def __init__(self, *passages: ScoredPassage) -> None:
        self.found = Retrieval(passages, "g1", Question(""))
        self.asked: list[tuple[Question, int]] = []

    def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
        self.asked.append((question, top_k))
        return replace(self.found, searched=question)


class UnbuiltRetriever:
    """Has no index to look into."""

    def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
        raise IndexMissing("there is no index; run: byline rebuild")
