import pytest

from bot.answer.small_talk import small_talk


@pytest.mark.parametrize("said", ["thanks!", "Thank you very much", "cheers"])
def test_thanks_are_not_greeted(said: str) -> None:
    assert small_talk(said, None).text.startswith("You are welcome.")


def test_a_greeting_says_what_can_be_asked() -> None:
    assert small_talk("hi there", None).text.startswith("Hello. Ask me about the articles")
