import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.amounts import amounts
from bot.answer.answer_words import answer_words


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        # numbers, with what they count or measure
        ("How many people were hurt?", "On 5 May 2024 the Skua hit Route 1 pier and 17 people were hurt.", "17 people"),
        ("How many people were hurt?", "Seventeen people were hurt and two boats sank.", "Seventeen people"),
        ("How many years did it last?", "It closed 3 docks and lasted seven years.", "seven years"),
        ("How many tonnes of fish were landed?", "Crews landed 4,100 tonnes of fish in 2023.", "4,100 tonnes"),
        ("How much did the gate cost?", "The gate cost €41 million and is 60 metres wide.", "€41 million"),
        ("What will the eel pass cost?", "The pass of 60 metres is to cost 85,000 euros.", "85,000 euros"),
        ("What share of boats was idle?", "Of 300 boats, 41 per cent were idle.", "41 per cent"),
        ("How old was the captain?", "Captain Ane Holt, 54, has sailed for 30 years.", "54"),
        ("How old is the keeper?", "The 71-year-old keeper lit 400 lamps.", "71-year-old"),
        ("How long is the bridge?", "The bridge with 4 lanes is 310 metres long.", "310 metres"),
        ("The Skua sank. How many were on board?", "There were 41 on board the Skua.", "41"),
        # days
        ("When did the bridge reopen?", "The bridge reopened on 16 May 2022.", "16 May 2022"),
        ("When will the ferry sail?", "The ferry will sail on Monday.", "Monday"),
        ("In which year did the mill burn?", "In May, keepers recalled how the mill burned in 1987.", "1987"),
        # people and places
        ("Who designed the bridge?", "PORT MAREN (MP) - The bridge was designed by Ane Holt.", "Ane Holt"),
        ("Which actor opened the fair?", "Before the crowd Pieter de Vries opened the fair.", "Pieter de Vries"),
        ("Where did the Skua sink?", "The Skua sank near Estmouth, owners said.", "Estmouth"),
        ("Which company runs the ferry?", "The ferry is run by Northline.", "Northline"),
    ],
)
def test_the_words_that_answer_are_found(question: str, quote: str, words: str) -> None:
    span = answer_words(question, quote)
    assert span is not None
    assert quote[slice(*span)] == words


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Why did the ferry stop?", "The ferry stopped on Monday after 17 people were hurt."),
        ("How many people were hurt?", "Nobody was hurt on 5 May 2024."),
        ("How many people were hurt?", "The Skua hit a pier on Route 66."),
        ("How much did it cost?", "The gate is 60 metres wide."),
        ("How many people were hurt?", "In May 12 people were hurt and in June 17 people were hurt."),
        ("When did it open?", "It never opened."),
        ("Who runs the ferry?", "The ferry is run by the town."),
        ("Which company runs the ferry?", "Northline and Skagen Lines both run the ferry with Holt Marine."),
        ("Where is the Skua?", "No one knows where the Skua is."),
        ("How many boats?", ""),
        ("", "It cost €41 million."),
    ],
)
def test_where_it_is_not_clear_which_words_answer_there_are_none(question: str, quote: str) -> None:
    assert answer_words(question, quote) is None


@pytest.mark.parametrize(
    ("quote", "value", "told"),
    [
        ("The gate cost €41 million.", 41_000_000, "exactly"),
        ("The gate cost forty-one million euros.", 41_000_000, "exactly"),
        ("The gate cost 1,250.50 crowns.", 1_250.5, "exactly"),
        ("The gate cost US$ 2bn.", 2_000_000_000, "exactly"),
        ("The gate cost at least €40.", 40, "at least"),
        ("The gate cost more than €40.", 40, "otherwise"),
        ("The gate cost €40 to 50.", 40, "otherwise"),
    ],
)
def test_an_amount_has_its_value_and_how_it_is_told(quote: str, value: float, told: str) -> None:
    (amount,) = amounts("How much did the gate cost?", quote)
    assert (amount.value, amount.told) == (value, told)


words = st.sampled_from(
    [
        "How many",
        "who",
        "when",
        "how much",
        "people",
        "12",
        "€41 million",
        "in May",
        "Ane Holt",
        "2024",
        "half",
        "-",
        ".",
    ]
)
anything = st.one_of(st.text(max_size=60), st.lists(words, max_size=12).map(" ".join))


@given(anything, anything)
def test_whatever_is_asked_and_quoted_the_words_lie_inside_the_quote(question: str, quote: str) -> None:
    span = answer_words(question, quote)
    assert span is None or 0 <= span[0] < span[1] <= len(quote)
