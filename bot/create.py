"""From settings to a bot: the entry point for Python."""

from typing import TYPE_CHECKING

from bot.answer.choose import ExtractiveAnswerer
from bot.answer.evidence import THRESHOLDS
from bot.archive_bot import ArchiveBot
from bot.embedding import embedding_server as embedding
from bot.generate.generator import Generator
from bot.llm import LLM
from bot.llm.llm_server import adapted, served
from bot.question.analysis import Analyst
from bot.settings import Settings
from index.search.embed import Embedder, MiniLM
from index.search.reader import MiniLMReader
from index.search.retriever import HybridRetriever
from index.storage.live import LiveIndex
from index.storage.remote.follow import Follower
from index.storage.remote.place import Origin

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.llms import LLM as LlamaIndexLLM


def create_bot(
    settings: Settings | None = None,
    llm: "LLM | LlamaIndexLLM | None" = None,
    embedder: "Embedder | BaseEmbedding | None" = None,
    *,
    wait: bool = True,
) -> ArchiveBot:
    """A bot over the index of the settings; values not given come from the environment.

    The index is opened at the first question, and again whenever there is a newer generation. An index at a URL is
    copied first; the copy follows the URL until the main thread ends.

    Args:
        settings: The index and how to answer from it.
        llm: The model that writes the answers: an `LLM`, or any LLM of llama-index. Defaults to the server in the
            settings; without one, answers are in the articles' own words.
        embedder: What the index was made with, if not what the settings name: an `Embedder`, or any embedding model of
            llama-index.
        wait: Whether to wait for the copy of an index at a URL; otherwise questions fail until it is complete.

    Raises:
        BylineError: The URL cannot be read, and there is no earlier copy.
    """
    settings = settings or Settings()
    if isinstance(settings.place, Origin):
        follower = Follower(settings.place)
        if wait:
            follower.wait()
    own = MiniLM()  # loaded at its first use; questions are classified by its vectors, whatever searches
    searching = (embedding.adapted(embedder) if embedder else embedding.served(settings)) or own
    room = settings.llm_context - settings.llm_reply
    writer = served(settings) if llm is None else adapted(llm, settings)
    style, most = settings.llm_style, settings.max_sentences
    index = LiveIndex(settings.folder, searching.name, server=settings.vector_server)
    return ArchiveBot(
        retriever=HybridRetriever(index, searching),
        answerer=ExtractiveAnswerer(MiniLMReader(), settings.max_sentences),
        threshold=THRESHOLDS[settings.caution],
        generator=Generator(writer, room, settings.unsupported, style, most) if writer else None,
        analyst=Analyst(own),
        index=index,
    )
