"""What is too slow to make for each test file anew."""

from pathlib import Path

import pytest

from corpus.read import read
from corpus.sample import SAMPLE
from index.search.embed import MiniLM
from index.storage.build import rebuild


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample, built once; not to be changed."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    rebuild(folder, read([SAMPLE]), MiniLM())
    return folder
