from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grounding import check, claims_ignorance
from corpus.article import Article
from index.passage import Passage
from index.split import sentences
from tests.bot.adversary import BRIDGE, CLOSE, COURT, FREE, MARKET, STORM, Story

FREELY = tuple(story for stories in FREE.values() for story in stories)
STORIES = (*CLOSE, *FREELY)
PLANTED = [pytest.param(story, text, id=kind) for story in CLOSE for kind, text in story.planted]


@pytest.mark.parametrize(("story", "text"), PLANTED)
def test_a_planted_falsehood_is_held_back_with_a_reason(story: Story, text: str) -> None:
    verdict = check(text, [story.passage])
    assert not verdict.supported, text
    assert verdict.reason
    assert not verdict.supports


def test_true_sentences_are_kept_and_falsehoods_among_free_paraphrases_held_back() -> None:
    assert kept(CLOSE) >= 0.95
    assert kept(FREELY) >= 0.34
    held = [not check(text, [story.passage]).supported for story in FREELY for _, text in story.planted]
    assert sum(held) / len(held) >= 0.985


def kept(stories: tuple[Story, ...]) -> float:
    found = [check(text, [story.passage]).supported for story in stories for text in story.faithful]
    return sum(found) / len(found)


def test_the_list_is_long_and_varied() -> None:
    kinds = {kind for story in STORIES for kind, _ in story.planted}
    assert len(kinds) >= 60
    assert len(STORIES) >= 12
    assert sum(len(story.faithful) for story in STORIES) >= 100


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.article.title)
def test_every_sentence_of_a_passage_is_supported_by_that_very_sentence(story: Story) -> None:
    text = story.article.text
    for start, end in sentences(text):
        verdict = check(text[start:end], [story.passage])
        assert [(support.start, support.end) for support in verdict.supports] == [(start, end)]


@pytest.mark.parametrize("story", CLOSE, ids=lambda story: story.article.title)
def test_no_sentence_is_supported_by_another_story(story: Story) -> None:
    for other in CLOSE:
        if other is not story:
            assert not any(check(text, [other.passage]).supported for text in story.faithful)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.article.title)
def test_supports_are_sentences_of_the_article_verbatim(story: Story) -> None:
    spans = {story.article.text[start:end] for start, end in sentences(story.article.text)}
    for text in story.faithful:
        for support in check(text, [story.passage]).supports:
            assert support.passage.article.text[support.start : support.end] in spans


def test_supports_are_places_in_the_article_and_not_in_the_passage() -> None:
    text = "An opening line of no matter. " + BRIDGE.article.text
    article = Article("Title", text)
    passage = Passage(article, text.index("The Orrin"), len(text))
    (support,) = check("The council did not raise local taxes to pay for the work.", [passage]).supports
    assert text[support.start : support.end] == "The council did not raise local taxes to pay for the work."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The bridge reopened 16 months after a barge struck it.", "the number 16 is not in the source"),
        ("The bridge reopened on Friday.", "the date Friday is not in the source"),
        ("Mayor Emmanuel Pell said the repairs cost 41 million crowns.", "“Emmanuel” is not in the source"),
        ("Tom Brent called it “a triumph”.", "the quotation is not in the source"),
        ("Nobody was injured during the repairs.", "a denial that is not in the source"),
    ],
)
def test_the_reason_names_what_is_missing(text: str, reason: str) -> None:
    assert check(text, [BRIDGE.passage]).reason == reason


def test_a_sentence_without_source_is_held_back() -> None:
    assert check("The Orrin Bridge reopened on Monday.", []).reason == "it cites no source"


@pytest.mark.parametrize(
    "text",
    ["Here is what the articles say:", "Summary", "Key points:", "In short:", "", "And so.", "It was.", "However,"],
)
def test_a_lead_in_that_claims_nothing_needs_no_source(text: str) -> None:
    verdict = check(text, [])
    assert verdict.supported
    assert not verdict.supports


def test_a_lead_in_that_claims_something_needs_one() -> None:
    assert not check("Here is what the articles say about Macron:", [BRIDGE.passage]).supported
    assert not check("Here are 3 points:", [BRIDGE.passage]).supported


def test_a_sentence_over_two_passages_rests_on_both() -> None:
    text = "The Orrin Bridge reopened on Monday, while a court in Lunde acquitted Viktor Hale of fraud."
    verdict = check(text, [BRIDGE.passage, COURT.passage])
    assert [support.passage for support in verdict.supports] == [BRIDGE.passage, COURT.passage]
    assert not check(text, [BRIDGE.passage]).supported


def test_a_passage_that_was_not_cited_may_be_the_support() -> None:
    text = "Unemployment stayed at 5.6 percent."
    verdict = check(text, [STORM.passage], [BRIDGE.passage, MARKET.passage])
    assert [support.passage for support in verdict.supports] == [MARKET.passage]
    assert not check(text, [STORM.passage], [BRIDGE.passage]).supported


def test_the_day_of_publication_and_the_outlet_stand_in_the_source() -> None:
    assert check("The Harbour Post reported on May 16, 2022 that the bridge had reopened.", [BRIDGE.passage]).supported
    assert not check(
        "The Harbour Post reported on May 17, 2022 that the bridge had reopened.", [BRIDGE.passage]
    ).supported


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
@given(st.integers(0, 10**7), st.sampled_from(["{} people crossed the old bridge.", "It cost {} million crowns."]))
def test_a_number_that_is_not_in_the_source_is_never_shown(number: int, form: str) -> None:
    known = {str(value) for value in (14, 41, 12, 3, 9400, 2100, 16, 2022, 5)}
    if str(number) not in known:
        assert not check(form.format(number), [BRIDGE.passage]).supported


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
def test_a_model_that_cannot_tell_is_understood(text: str) -> None:
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
def test_news_of_somebody_who_does_not_know_is_no_such_claim(text: str) -> None:
    assert not claims_ignorance(text)


def test_every_story_is_one_passage_of_its_own() -> None:
    assert len({story.passage.id for story in STORIES}) == len(STORIES)
    assert all(story.passage.text == story.article.text for story in STORIES)
