import pytest

from bot.question.report import matter_of_report


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("What did the Harbour Gazette write about the ferry in March 2024?", "the ferry in March 2024?"),
        ("what has Reuters reported on Belarus", "Belarus"),
        ("And what did CNN say about the storm?", "the storm?"),
        ("What did the mayor say?", ""),
        ("Who wrote about the ferry?", ""),
        ("", ""),
    ],
)
def test_the_matter_of_a_report_is_what_follows_the_verb(question: str, matter: str) -> None:
    assert matter_of_report(question) == matter
