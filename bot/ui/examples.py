"""Questions offered before the first one."""

import json
from contextlib import closing
from pathlib import Path

from corpus.errors import BylineError
from corpus.sample import QUESTIONS, SAMPLE
from index.articles import ArticleStore
from index.generations import Generations
from index.manifest import Manifest
from index.opened import ARTICLES

OFFERED = 4


def examples_from(index: Path) -> list[str]:
    """The newest headlines of an index, or for the sample its own questions; none where there is no index.

    The last of the sample's questions is one that it cannot answer, to show what that looks like.
    """
    generations = Generations(index)
    try:
        with generations.held(generations.current()) as folder:
            if Manifest.read(folder).sources == (str(SAMPLE),):
                return _sample_questions()
            with closing(ArticleStore.open(folder / ARTICLES)) as store:
                return store.newest_titles(OFFERED)
    except BylineError:  # the page itself says what is wrong with the index
        return []


def _sample_questions() -> list[str]:
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    answerable = [one["question"] for one in questions if one["answerable"]]
    unanswerable = [one["question"] for one in questions if not one["answerable"]]
    return [*answerable[::OFFERED][: OFFERED - 1], unanswerable[0]]
