"""Articles of the newest generation by their ids."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.article import Article
from corpus.errors import BylineError
from index.storage.newest import newest_articles


def find_articles(index: Path, ids: Sequence[str]) -> Mapping[str, Article]:
    """Those of the articles that the newest generation has; none where there is no index that can be read."""
    try:
        with newest_articles(index) as store:
            return {article.id: article for article in store.named(ids)}
    except BylineError:
        return {}
