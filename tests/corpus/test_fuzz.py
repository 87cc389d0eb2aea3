from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.read import CONTAINERS, READERS
from tests.corpus.fuzz import OPERATIONS, TOKENS, Edit, check, damaged, sound

EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(OPERATIONS), st.binary(min_size=1, max_size=8) | st.sampled_from(TOKENS)
    ),
    min_size=1,
    max_size=6,
)


def test_every_kind_is_among_those_that_are_damaged() -> None:
    aliases = {
        ".markdown": ".md",
        ".ndjson": ".jsonl",
        ".tsv": ".csv",
        ".htm": ".html",
        ".xhtml": ".html",
        ".mht": ".mhtml",
    }
    kinds = {aliases.get(suffix, suffix) for suffix in [*READERS, *CONTAINERS]}
    assert kinds <= {Path(name).suffix for name in sound()}


@pytest.mark.parametrize("name", sound())
def test_a_sound_file_of_each_kind_is_read(tmp_path: Path, name: str) -> None:
    assert name == "sitemap.xml" or any(isinstance(one, Article) for one in check(tmp_path, name, sound()[name]))


@pytest.mark.parametrize("name", sound())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_a_damaged_file_is_read_as_far_as_it_goes_and_never_raises(
    tmp_path: Path, name: str, edits: list[Edit]
) -> None:
    assert check(tmp_path, name, damaged(sound()[name], edits))
