from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from corpus.article import Article
from tests.corpus.fuzz import Edit, damaged
from tests.corpus.fuzz_replies import Babble, babbling, check
from tests.corpus.test_fuzz import EDITS

SERVED = "page", "packed page", "feed", "json", "sitemap", "sitemaps", "chunked", "redirection", "rules", "later"


@pytest.fixture(scope="module")
def server() -> Iterator[Babble]:
    with babbling() as started:
        yield started


def test_every_reply_is_among_those_that_are_damaged(server: Babble) -> None:
    assert set(server.sound()) == set(SERVED)


@pytest.mark.parametrize("name", ["page", "packed page", "feed", "json"])
def test_a_sound_reply_is_read(server: Babble, name: str) -> None:
    assert any(isinstance(one, Article) for one in check(server, server.sound()[name]))


@pytest.mark.parametrize("name", SERVED)
@settings(max_examples=10, deadline=None)
@given(edits=EDITS)
def test_a_damaged_reply_raises_nothing(server: Babble, name: str, edits: list[Edit]) -> None:
    check(server, damaged(server.sound()[name], edits))
