import pytest

from bot.answer.wanted import Kind, Wanted, covered


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people live on Gull Island?", "number"),
        ("About how much did the bridge cost?", "number"),
        ("The bridge was closed. What percentage of the town voted for it?", "number"),
        ("When does the bridge open?", "date"),
        ("In which year was the harbour built?", "date"),
        ("Who won?", "name"),
        ("Where did the ferry sink?", "name"),
        ("Which company builds the bridge?", "name"),
        ("Why was the ferry late?", "other"),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question: str, kind: Kind) -> None:
    assert Wanted.of(question).kind == kind


def test_what_is_asked_is_the_last_sentence() -> None:
    wanted = Wanted.of("The Mill Bridge opened this week. Who cut the ribbon?")
    assert wanted.asked == {"cut", "ribbon"}
    assert wanted.asked < wanted.words


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Where was the 7.0-magnitude earthquake?", {"7.0"}),
        ("Who got the 1,200 votes of 2024?", {"1,200", "2024"}),
        ("Who announced a 20-for-1 stock split?", {"20", "1"}),
        ("Who won?", set()),
    ],
)
def test_numbers_are_read_as_they_are_written(question: str, figures: set[str]) -> None:
    assert Wanted.of(question).figures == figures


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("How many came?", "Some 400 people came.", True),
        ("How many came?", "Three came.", True),
        ("How many came?", "Nobody came.", False),
        ("When was it?", "It happened on Tuesday.", True),
        ("When was it?", "It may happen again.", False),
        ("Who spoke to Okafor?", "The council heard Piet Lund.", True),
        ("Who spoke to Okafor?", "It was a bad day for Okafor.", False),
        ("Who spoke?", "Nobody did.", False),
        ("Why?", "Because of 3 storms in May.", False),
    ],
)
def test_a_sentence_holds_what_is_wanted_or_not(question: str, sentence: str, held: bool) -> None:
    assert Wanted.of(question).held_by(sentence) is held


def test_coverage_is_a_share_and_nothing_covers_nothing() -> None:
    assert covered(frozenset({"mill", "bridge"}), {"bridge", "open"}) == 0.5
    assert covered(frozenset(), {"bridge"}) == 0
