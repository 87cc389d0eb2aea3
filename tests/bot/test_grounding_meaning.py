"""Words, days and numbers that are not in the source as they are, and yet are in it."""

from datetime import date

import pytest

from bot.grounding import check
from corpus.article import Article
from index.passage import Passage


def supported(source: str, sentence: str, title: str = "Title", published: date | None = None) -> bool:
    article = Article(title, source, source="The Isle Post", published=published)
    return check(sentence, [Passage(article, 0, len(source))]).supported


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank on 12 March.", True),
        ("The ferry sank on 13 March.", False),
        ("The ferry sank on 19 March.", False),
        ("A hearing will be held on 18 March.", True),
        ("A hearing will be held on 11 March.", False),
        ("The owner will be paid in 2025.", True),
        ("The owner will be paid in 2023.", False),
    ],
)
def test_a_weekday_is_the_one_next_to_the_day_of_publication(text: str, expected: bool) -> None:
    source = "The ferry sank on Tuesday. A hearing will be held on Monday. The owner will be paid next year."
    assert supported(source, text, published=date(2024, 3, 14)) == expected


@pytest.mark.parametrize("published", [date.min, date.max])
def test_a_source_of_the_calendars_first_or_last_day_can_be_read(published: date) -> None:
    assert supported(
        "The ferry sank on Sunday; it sails next Friday.", "The ferry sank on Sunday.", published=published
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 800 patients took the drug.", True),
        ("More than 700 patients took the drug.", False),
        ("More than 812 patients took the drug.", False),
        ("Nearly 900 patients took the drug.", True),
        ("About 810 patients took the drug.", True),
        ("About 815 patients took the drug.", False),
        ("More than a quarter of them were women.", True),
        ("More than a third of them were women.", False),
        ("The tunnel costs 75 million crowns more than budgeted.", True),
        ("The tunnel costs 85 million crowns more than budgeted.", False),
    ],
)
def test_a_rounded_number_and_a_difference_derive_from_the_source(text: str, expected: bool) -> None:
    source = "Some 812 patients took the drug. 27 percent of them were women. "
    source += "The tunnel was budgeted at 310 million crowns and now costs 385 million."
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“You robbed them,” said Judge Ann Holt.", True),
        ("“You robbed them,” said Adil Rahm.", False),
        ("Prosecutor Adil Rahm said: “You robbed them.”", False),
        ("Holt said: “You robbed them.”", True),
    ],
)
def test_quoted_words_are_said_by_those_who_said_them(text: str, expected: bool) -> None:
    source = "Prosecutor Adil Rahm said the clerk took the money. Judge Ann Holt said: “You robbed them.”"
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bank expects a cut in May and the union expects a cut in June.", True),
        ("Prices rose 3.4 percent in April.", True),
        ("Prices rose 3.4 percent in May.", False),
        ("Prices rose 2.8 percent in April.", False),
    ],
)
def test_a_number_goes_with_its_own_month(text: str, expected: bool) -> None:
    source = "The bank expects a cut in May and the union expects a cut in June. "
    source += "Prices rose 2.8 percent in May after they rose 3.4 percent in April."
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge may open in May.", True),
        ("The bridge will open in May.", False),
        ("More people came in June.", False),
        ("Fewer people came in June.", True),
        ("No one was hurt.", True),
        ("The driver was hurt.", False),
        ("The shop had no roof.", True),
        ("The shop had a roof.", False),
    ],
)
def test_neither_a_contrary_nor_a_doubt_is_turned(text: str, expected: bool) -> None:
    source = "The bridge may open in May. Fewer people came in June. The driver was unhurt; nobody was hurt. "
    source += "The shop lacked a roof."
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marr spent most of the money on gambling.", True),
        ("Marr spent most of the money on a kitchen.", False),
        ("Marr took money from Brunn and Holt.", True),
        ("Brunn took money from Marr and Holt.", False),
    ],
)
def test_most_of_a_sum_went_where_the_source_says(text: str, expected: bool) -> None:
    source = (
        "Marr took money from Brunn and Holt. Marr spent most of the money on gambling and 60,000 crowns on a kitchen."
    )
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The contract costs the town 380,000 crowns a year.", True),
        ("Each year the contract costs the town 380,000 crowns.", True),
        ("The contract costs the town 380,000 crowns.", False),
        ("The contract costs the town 380,000 crowns a month.", False),
        ("The bulletin appears weekly.", True),
        ("The bulletin appears daily.", False),
    ],
)
def test_rates_match_only_with_the_same_unit_of_time(text: str, expected: bool) -> None:
    source = "The contract costs the town 380,000 crowns a year. The bulletin appears weekly, not on fixed days."
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The museum had been due to reopen on 2 February.", True),
        ("The museum will reopen on 2 February.", False),
        ("The judge took a lack of previous convictions into account.", True),
        ("The judge took previous convictions into account.", False),
        ("It was the third break-in at a farm since May.", True),
        ("It was the third break-in at the museum since May.", False),
        ("The mill school will open on 18 May.", True),
        ("The Oakfield school will open on 11 May.", False),
        ("BA.5 caused 40 infections.", True),
        ("BA.4 caused 40 infections.", False),
        ("The SHA announced a review.", True),
    ],
)
def test_plans_lacks_places_and_days_stay_with_their_subject(text: str, expected: bool) -> None:
    source = (
        "The museum is shut. It had been due to reopen on 2 February. The judge took into account a lack of previous "
        "convictions. It was the third break-in at a farm since May. The Hill school will open on 11 May and the "
        "Oakfield school on 18 May. The mill school will open on 18 May. BA.5 caused 40 infections, and BA.4 caused 9. "
        "The US State Health Agency announced a review."
    )
    assert supported(source, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joan Petty said that her husband had restored the tractor.", True),
        ("Joan Petty said that she had restored the tractor.", False),
        ("Joan Petty said that she had offered a reward.", True),
    ],
)
def test_an_act_of_a_relative_is_not_attributed_to_the_person(text: str, expected: bool) -> None:
    source = "Joan Petty said that her late husband had restored the tractor. She said that she had offered a reward."
    assert supported(source, text) == expected
