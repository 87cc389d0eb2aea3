from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer.small_talk import small_talk
from index.storage.live import LiveIndex
from tests.index.building import article, build


@pytest.mark.parametrize("said", ["thanks!", "Thank you very much", "cheers"])
def test_thanks_are_not_greeted(said: str) -> None:
    assert small_talk(said, None).text.startswith("You are welcome.")


def test_a_greeting_says_what_can_be_asked() -> None:
    assert small_talk("hi there", None).text.startswith("Hello. Ask me about the articles")


def test_no_outlet_named_in_the_headlines_is_an_example(tmp_path: Path) -> None:
    titles = ("Mill Pier opens again | The Port Week", "Rain in the hills | The Port Week", "A fair | The Port Week")
    build(
        tmp_path,
        [replace(article(place), title=title, source="The Port Week UK") for place, title in enumerate(titles)],
    )
    with LiveIndex(tmp_path, "words").snapshot() as snapshot:
        said = small_talk("hi", snapshot).text
    assert "What is the latest on Mill Pier?" in said
    assert "Port Week?" not in said
