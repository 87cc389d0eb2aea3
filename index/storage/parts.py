"""Writes the parts of a new generation, each from the last generation and what is new."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.duplicates import groups
from corpus.errors import ReadError
from index.passage import Passage
from index.search.embed import Embedder
from index.search.lexical import Wordlists
from index.split import split
from index.storage.articles import ArticleStore, Span
from index.storage.dense import Dense
from index.storage.incoming import Incoming
from index.storage.opened import ARTICLES, WORDS, OpenGeneration
from index.storage.rows import Rows, Show, texts_of
from index.storage.vector_server import VectorServer


@dataclass(frozen=True, slots=True)
class Written:
    """The result of writing the parts.

    Attributes:
        passages: The number of passages.
        embedded: The number of texts embedded.
        patched: Vectors changed in copies of the vector store since that was built whole.
    """

    passages: int
    embedded: int
    patched: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a generation being written.

    Attributes:
        folder: Its folder.
        last: The generation to carry over from, if any.
        show: Called with the stage, how much is done, and of how much.
        whole: Whether to keep no trace of the last generation's articles: none of its files are copied.
        server: Where the vectors are to be, unless in the folder.
    """

    folder: Path
    last: OpenGeneration | None
    show: Show
    whole: bool = False
    server: VectorServer | None = None

    def write(self, incoming: Incoming, embedder: Embedder) -> Written:
        """Writes all parts.

        Raises:
            ReadError: No article has any text.
        """
        with closing(ArticleStore.create(self.folder / ARTICLES)) as store:
            self._write_articles(store, incoming)
            rows = Rows.compare(store.passage_ids(), self.last.store.passage_ids() if self.last else [])
            if not rows.ids:
                raise ReadError("no article has any text; the index is unchanged")
            words = Wordlists.read(self.last.folder / WORDS) if self.last else None
            texts = texts_of(store, rows.new, "indexing words", self.show)
            Wordlists.join(rows.carried, words, texts).write(self.folder / WORDS)
            dense = Dense(self.folder, self.last, self.show, self.whole, self.server)
            patched = dense.write(store, rows, embedder)
        return Written(len(rows.ids), dense.embedded, patched)

    def _write_articles(self, store: ArticleStore, incoming: Incoming) -> None:
        """Writes texts and passages in the order of the articles' ids, regardless of the order of reading."""
        kept = incoming.kept if self.last else set()
        rows = 0
        for number, name in enumerate(sorted(incoming.digests)):
            source = self.last.store if self.last and name in kept else incoming.store
            assert source is not None  # articles that are not kept were put there
            stored = source.get(name).with_key(incoming.keys.get(name))
            spans = source.spans(name) if name in kept else [_span(passage) for passage in split(stored.article)]
            store.put(stored, number)
            store.put_spans(number, rows, spans)
            rows += len(spans)
            self.show("cutting", number + 1, len(incoming.digests))
        store.put_groups(groups(store.signatures()))


def _span(passage: Passage) -> Span:
    return passage.id, passage.start, passage.end
