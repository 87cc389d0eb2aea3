from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grounding import check, claims_ignorance
from corpus.article import Article
from index.passage import Passage
from index.split import sentences


def passage_of(title: str, text: str, source: str = "", published: date | None = None) -> Passage:
    return Passage(Article(title, text, source=source, published=published), 0, len(text))


QUAY = passage_of(
    "Halm Quay reopens after storm repairs",
    "Halm Quay reopened to ferries on Monday, 14 months after a storm broke its eastern wall. "
    "Mayor Ada Pell said the repairs cost 41 million crowns, 12 percent less than planned. "
    "Tom Brent, who leads the opposition, called the work “a slow and costly embarrassment”. "
    "Three workers were injured during the repairs, but nobody was killed. "
    "A new crane may follow in spring. "
    "The council did not raise local taxes to pay for the work.",
    "The Harbour Post",
    date(2022, 5, 16),
)
TRIAL = passage_of(
    "Court clears shipping heir of fraud",
    "A court in Lunde acquitted the shipping heir Viktor Hale of fraud on 19 August. "
    "His former accountant, Paul Stern, was sentenced to four years in prison. "
    "Hale sued the newspaper Lunde Tidende in March over its reports about the payments.",
)
TRADE = passage_of(
    "Exports climb as imports slip",
    "Exports rose 8.2 percent in July, while imports fell 3.1 percent. "
    "The central bank cut its main interest rate from 4.5 percent to 4.25 percent. "
    "Unemployment stayed at 5.6 percent.",
)
STORIES = [pytest.param(passage, id=passage.article.title) for passage in (QUAY, TRIAL, TRADE)]
TRUE = [
    (QUAY, "Halm Quay reopened on Monday."),
    (QUAY, "According to Mayor Ada Pell, the repairs cost 41 million crowns."),
    (QUAY, "The repairs cost 12% less than planned, Pell said."),
    (QUAY, "Opposition leader Tom Brent described the work as “a slow and costly embarrassment.”"),
    (QUAY, "Nobody was killed during the repairs, but three workers were hurt."),
    (QUAY, "Local taxes were not raised to pay for the work."),
    (TRIAL, "Viktor Hale was acquitted of fraud on Aug. 19 by a court in Lunde."),
    (TRIAL, "Lunde Tidende was sued by Hale in March over its reports about the payments."),
    (TRADE, "Imports fell 3.1%, while exports rose 8.2%."),
    (TRADE, "The main interest rate was cut from 4.5 to 4.25 percent by the central bank."),
]
FALSE = {
    "number": (QUAY, "Halm Quay reopened 16 months after a storm broke its eastern wall."),
    "scale": (QUAY, "The repairs cost 41 billion crowns, Mayor Ada Pell said."),
    "day": (QUAY, "Halm Quay reopened to ferries on Tuesday."),
    "name": (QUAY, "Mayor Eva Pell said the repairs cost 41 million crowns."),
    "quotation": (QUAY, "Tom Brent called the work “a slow and costly disgrace”."),
    "denial": (QUAY, "The council raised local taxes to pay for the work."),
    "hedge": (QUAY, "A new crane will follow in spring."),
    "roles": (TRIAL, "The newspaper Lunde Tidende sued Hale in March over its reports about the payments."),
    "direction": (TRADE, "Exports fell 8.2 percent in July."),
    "order": (TRADE, "The central bank moved its main interest rate from 4.25 percent to 4.5 percent."),
}


@pytest.mark.parametrize(("passage", "text"), TRUE)
def test_a_true_sentence_close_to_the_source_is_supported(passage: Passage, text: str) -> None:
    verdict = check(text, [passage])
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(("passage", "text"), FALSE.values(), ids=FALSE)
def test_a_plain_falsehood_is_held_back_with_a_reason_and_no_supports(passage: Passage, text: str) -> None:
    verdict = check(text, [passage])
    assert not verdict.supported
    assert verdict.reason
    assert not verdict.supports


@pytest.mark.parametrize("passage", STORIES)
def test_every_sentence_of_a_passage_is_supported_by_that_very_sentence(passage: Passage) -> None:
    for start, end in sentences(passage.text):
        verdict = check(passage.text[start:end], [passage])
        assert [(support.start, support.end) for support in verdict.supports] == [(start, end)]


def test_no_sentence_is_supported_by_another_story() -> None:
    for passage, text in TRUE:
        assert not any(check(text, [other]).supported for other in (QUAY, TRIAL, TRADE) if other is not passage)


def test_supports_are_sentences_of_the_article_verbatim() -> None:
    for passage, text in TRUE:
        spans = sentences(passage.text)
        supports = check(text, [passage]).supports
        assert supports
        assert all((support.start, support.end) in spans for support in supports)


def test_supports_are_places_in_the_article_and_not_in_the_passage() -> None:
    text = "An opening line of no matter. " + QUAY.text
    article = Article("Title", text)
    passage = Passage(article, text.index("Halm"), len(text))
    (support,) = check("The council did not raise local taxes to pay for the work.", [passage]).supports
    assert text[support.start : support.end] == "The council did not raise local taxes to pay for the work."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The quay reopened 16 months after a storm broke its wall.", "the number 16 is not in the source"),
        ("The quay reopened on Friday.", "the date Friday is not in the source"),
        ("Mayor Emmanuel Pell said the repairs cost 41 million crowns.", "“Emmanuel” is not in the source"),
        ("Tom Brent called it “a triumph”.", "the quotation is not in the source"),
        ("Nobody was injured during the repairs.", "a denial that is not in the source"),
    ],
)
def test_the_reason_names_what_is_missing(text: str, shown: str) -> None:
    assert str(check(text, [QUAY]).reason) == shown


def test_a_sentence_that_is_held_back_has_the_nearest_one_of_the_passages() -> None:
    for cited, others in (([TRADE, QUAY], []), ([], [TRADE, QUAY])):
        nearest = check("The quay reopened 16 months after a storm broke its wall.", cited, others).nearest
        assert nearest
        assert nearest.passage is QUAY
        assert "storm" in QUAY.article.text[nearest.start : nearest.end]
    assert check("Owls hoot.", [QUAY]).nearest is None


def test_a_sentence_without_source_is_held_back() -> None:
    assert str(check("Halm Quay reopened on Monday.", []).reason) == "it cites no source"


@pytest.mark.parametrize(
    "text",
    ["Here is what the articles say:", "Summary", "Key points:", "In short:", "", "And so.", "It was.", "However,"],
)
def test_a_lead_in_that_claims_nothing_needs_no_source(text: str) -> None:
    verdict = check(text, [])
    assert verdict.supported
    assert not verdict.supports


def test_a_lead_in_that_claims_something_needs_one() -> None:
    assert not check("Here is what the articles say about Macron:", [QUAY]).supported
    assert not check("Here are 7 points:", [QUAY]).supported


def test_a_sentence_over_two_passages_rests_on_both() -> None:
    text = "Halm Quay reopened on Monday, while a court in Lunde acquitted Viktor Hale of fraud."
    verdict = check(text, [QUAY, TRIAL])
    assert [support.passage for support in verdict.supports] == [QUAY, TRIAL]
    assert not check(text, [QUAY]).supported


def test_a_passage_that_was_not_cited_may_be_the_support() -> None:
    text = "Unemployment stayed at 5.6 percent."
    verdict = check(text, [TRIAL], [QUAY, TRADE])
    assert [support.passage for support in verdict.supports] == [TRADE]
    assert not check(text, [TRIAL], [QUAY]).supported


def test_the_day_of_publication_and_the_outlet_belong_to_the_source() -> None:
    assert check("The Harbour Post reported on May 16, 2022 that the quay had reopened.", [QUAY]).supported
    assert not check("The Harbour Post reported on May 17, 2022 that the quay had reopened.", [QUAY]).supported


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("The ferry sails on 1 May 2024.", True),
        ("The ferry sails in May 2024.", True),
        ("The hull was launched on 30 August 2023.", True),
        ("The ferry sails on 12 September 2024.", False),
        ("The ferry sails on 1 May 2023.", False),
        ("The ferry sails in September 2024.", False),
        ("The hull was launched on 30 August 2024.", False),
        ("The hull was launched on 30 August 2021.", False),
    ],
)
def test_a_date_with_a_year_is_never_put_together_of_two(text: str, supported: bool) -> None:
    source = "The ferry sails on May 1, 2024. Its hull was launched on 30 August. It was ordered in 2021."
    article = Article("Electric ferry", source, source="The Isle Post", published=date(2023, 9, 12))
    assert check(text, [Passage(article, 0, len(source))]).supported == supported


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The firm paid 1.2 million euros.", "The firm paid €1,200,000."),
        ("The firm paid $3.5bn.", "The firm paid 3.5 billion dollars."),
        ("Twenty-one people came.", "21 people came."),
        ("Two hundred and fifty people came.", "250 people came."),
        ("A dozen ships came.", "12 ships came."),
        ("It rose 12 per cent.", "It rose 12%."),
        ("Half of the ships sank.", "50 percent of the ships sank."),
        ("It happened on 19 August.", "It happened on Aug. 19."),
        ("It happened on 2020-08-19.", "It happened on August 19th, 2020."),
        ("It was the 3rd visit.", "It was the third visit."),
        ("The train left at 8 p.m.", "The train left at 20:00."),
        ("The U.S. signed the treaty.", "The United States signed the treaty."),
        ("The World Health Organization signed.", "The WHO signed."),
        ("The council didn’t vote.", "The council did not vote."),
        ("“It is over,” he said.", '"It is over," he said.'),
    ],
)
def test_another_notation_says_the_same(source: str, text: str) -> None:
    article = Article("Title", source, published=date(2020, 8, 20))
    verdict = check(text, [Passage(article, 0, len(source))])
    assert verdict.supported, verdict.reason


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_checked(sentence: str, source: str) -> None:
    verdict = check(sentence, [Passage(Article("T", source), 0, len(source))])
    assert verdict.supported or verdict.reason
    assert all(0 <= support.start < support.end <= len(source) for support in verdict.supports)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**7), st.sampled_from(["{} workers were injured.", "It cost {} million crowns."]))
def test_a_number_that_is_not_in_the_source_is_never_shown(number: int, form: str) -> None:
    known = {str(value) for value in (14, 41, 12, 3, 16, 2022, 5)}
    if str(number) not in known:
        assert not check(form.format(number), [QUAY]).supported


@pytest.mark.parametrize(
    "text",
    [
        "The passages do not say who won.",
        "The provided articles don't mention the cost.",
        "I don't know.",
        "I cannot answer this from the sources.",
        "There is no information about the trial.",
        "None of the articles mentions it.",
        "It is not clear from the passages when he left.",
        "The answer is not given in the text.",
        "There is not enough information to answer.",
    ],
)
def test_a_model_that_says_it_does_not_know_is_recognised(text: str) -> None:
    assert claims_ignorance(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council did not say who would pay.",
        "He said he did not know the man.",
        "The court found no evidence of fraud.",
        "The articles were signed in 1787.",
        "It is not clear when the bridge will open.",
    ],
)
def test_news_of_someone_who_does_not_know_is_no_claim_of_ignorance(text: str) -> None:
    assert not claims_ignorance(text)
