"""Articles of the newest generation by their ids."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from corpus.article import Article
from corpus.errors import BylineError
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.opened import ARTICLES


def find_articles(index: Path, ids: Sequence[str]) -> Mapping[str, Article]:
    """Those of the articles that the newest generation has; none where there is no index that can be read."""
    generations = Generations(index)
    try:
        with (
            generations.held(generations.current()) as folder,
            closing(ArticleStore.open(folder / ARTICLES)) as store,
        ):
            return {article.id: article for article in store.named(ids)}
    except BylineError:
        return {}
