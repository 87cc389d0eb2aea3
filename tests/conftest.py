"""What is too slow to make for each test file anew."""

from pathlib import Path

import pytest

from corpus.read import read
from corpus.sample import SAMPLE
from index.build import rebuild
from index.embed import MiniLM


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample, built once; not to be changed."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    rebuild(folder, read([SAMPLE]), MiniLM())
    return folder
