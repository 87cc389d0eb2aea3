import re

import pytest

from bot.outlets import check_outlets
from corpus.errors import SettingsError

OUTLETS = ["The Harbour Post", "Harbour Post", "Northern Courier", "Evening Wire", "Northern Courier", None]


@pytest.mark.parametrize("name", ["harbour post", "The Harbour Post", " NORTHERN COURIER ", "the evening wire"])
def test_an_outlet_is_known_without_case_and_article(name: str) -> None:
    check_outlets([name], OUTLETS)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Habour Post", "No article is from 'Habour Post'. The nearest outlets: The Harbour Post."),
        ("Harbour", "The nearest outlets: The Harbour Post."),
        ("Northern Courier Weekly", "The nearest outlets: Northern Courier."),
        ("Zzz", "No article is from 'Zzz'. Outlets here: Northern Courier, The Harbour Post, Evening Wire."),
        ("?", "No article is from '?'. Outlets here: "),
        ("x" * 500, f"No article is from '{'x' * 80}…'."),
    ],
)
def test_one_that_no_article_is_from_is_told_with_those_that_are_like_it(name: str, told: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(told)):
        check_outlets(["Evening Wire", name], OUTLETS)


def test_where_no_article_tells_its_outlet_that_is_said() -> None:
    with pytest.raises(SettingsError, match="No article is from 'Post', or any outlet"):
        check_outlets(["Post"], [None])
