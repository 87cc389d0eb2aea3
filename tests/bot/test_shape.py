from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.back_reference import refers_back
from bot.answer.candidates import sentences_of
from bot.answer.sentence import Sentence
from bot.answer.shape import latest, timeline, topic
from corpus.article import Article
from index.passage import Passage


@pytest.mark.parametrize(
    "text",
    [
        *("He said the bridge was safe.", "But they never came back.", "It’s the third strike this year."),
        *("This has angered the crews.", "“It was awful,” he said.", "“We lost everything.”", "Its roof is gone."),
        *("The company will appeal.", "The 34-year-old was taken to hospital.", "The two were arrested on Sunday."),
        *(
            "However, she declined to comment.",
            "Those are the first since May.",
            "Both were unhurt, the ministry said.",
        ),
        *("“I am sorry for what happened on the boat,” she added.", "“For all these reasons, the boats must stay.”"),
        *("Her roof is gone.", "Hers was the first.", "His was lost.", "Their boat sank.", "They’d left."),
        *("When he came back, the boat was gone.", "We have been here before.", "Well, that was not meant to happen."),
    ],
)
def test_a_sentence_that_opens_with_a_reference_refers_back(text: str) -> None:
    assert refers_back(text)


@pytest.mark.parametrize(
    "text",
    [
        *("The mayor of Port Maren resigned.", "The bridge reopened on Monday.", "This week the ferry sailed again."),
        *(
            "Those who sail on Sunday pay half.",
            "The company that runs the ferry will appeal.",
            "",
            "Hebrides ferries.",
        ),
        *("“We lost everything,” said Ane Holt, a baker.", "Italy won.", "The attack on the mill killed two."),
        *("The president, Ane Holt, resigned.", "That month, rain fell."),
        *("It has been a year since the Skua sank.", "It was not clear who had called the police."),
        *("“Fog is no excuse” is what the judge wrote.", "The captain left and said he saw nothing."),
    ],
)
def test_a_sentence_that_names_what_it_is_about_does_not_lean(text: str) -> None:
    assert not refers_back(text)


def article_of(text: str, published: date | None, title: str = "Harbour") -> Article:
    return Article(title, text, published=published)


def candidates_of(*spans: tuple[Article, int, int]) -> list[Sentence]:
    return [Sentence(Passage(article, 0, len(article.text)), start, end) for article, start, end in spans]


def texts(*spans: tuple[Article, int, int], most: int = 6) -> list[str]:
    return [sentence.text for sentence in timeline(topic(ASKED), candidates_of(*spans), most)]


def whole(article: Article) -> tuple[Article, int, int]:
    return article, 0, len(article.text)


ASKED = "What happened to the ferries?"
STRIKE = article_of("Ferry crews walked out at dawn over night shifts.", date(2024, 5, 2))
TALKS = article_of("Talks between crews and owners broke down after nine hours.", date(2024, 5, 6))
DEAL = article_of("Owners agreed to pay for night work and ferries sailed again.", date(2024, 5, 9))
UNDATED = article_of("Passengers slept in the terminal while no boat left.", None)


def test_a_timeline_is_in_order_of_days_with_undated_ones_last() -> None:
    shown = texts(whole(UNDATED), whole(DEAL), whole(STRIKE), whole(TALKS))
    assert shown == [STRIKE.text, TALKS.text, DEAL.text, UNDATED.text]


def test_a_timeline_has_no_more_than_asked_for_and_they_are_the_best() -> None:
    assert texts(whole(UNDATED), whole(DEAL), whole(STRIKE), most=2) == [DEAL.text, UNDATED.text]


def test_an_article_gives_one_event_and_two_if_it_is_the_only_one() -> None:
    three = article_of("Crews walked out. Talks broke down. Owners agreed to pay.", date(2024, 5, 9))
    spans = [(three, 36, 57), (three, 18, 34), (three, 0, 17)]
    assert texts(*spans) == ["Crews walked out.", "Owners agreed to pay."]
    assert texts(*spans, whole(STRIKE)) == [STRIKE.text, "Crews walked out."]


def test_the_same_thing_said_by_two_outlets_is_one_event() -> None:
    copy = article_of("At dawn ferry crews walked out over night shifts!", date(2024, 5, 3))
    assert texts(whole(STRIKE), whole(copy), whole(DEAL)) == [STRIKE.text, DEAL.text]


def test_an_article_is_represented_by_its_opening_if_that_is_on_the_topic() -> None:
    text = "The ferries stood still. Divers of the harbour police looked for the missing anchor."
    halt = article_of(text, date(2024, 5, 1))
    assert texts((halt, 25, len(text)), whole(DEAL)) == ["The ferries stood still.", DEAL.text]
    aside = article_of(text.replace("The ferries stood still.", "Fog lay over the bay"), date(2024, 5, 1))
    place = aside.text.index("Divers")
    assert texts((aside, place, len(aside.text)), whole(DEAL))[1:] == [DEAL.text]


def test_a_reporting_sentence_is_preferred_to_one_that_refers_back_or_teases() -> None:
    text = (
        "Will the ferries be back? He blamed the fog. ► Ferries: all you need to know. Divers found the ferries' cable."
    )
    fog = article_of(text, date(2024, 5, 1))
    starts = [text.index(word) for word in ("Will", "He", "►", "Divers")]
    spans = [(fog, start, end) for start, end in zip(starts, [25, 44, 77, len(text)], strict=True)]
    assert texts(*spans, whole(DEAL)) == ["Divers found the ferries' cable.", DEAL.text]
    assert texts(*spans[:3], whole(DEAL)) == [DEAL.text]
    assert texts(spans[0], spans[2], whole(DEAL)) == [DEAL.text]
    assert texts(spans[0]) == ["Will the ferries be back?"]


@pytest.mark.parametrize(
    "page",
    [
        "Click here for the latest updates on the ferries.",
        "Good afternoon, dear readers of the ferries' chronicle.",
        "Editor's note: This page recaps the ferries' week.",
        "Here is everything you need to know about the ferries.",
        "A version of this story on the ferries appeared in our newsletter.",
    ],
)
def test_text_about_the_page_is_no_news(page: str) -> None:
    news = article_of(f"{page} Divers found the ferries' cable.", date(2024, 5, 1))
    spans = [(news, 0, len(page)), (news, len(page) + 1, len(news.text))]
    assert texts(*spans, whole(DEAL)) == ["Divers found the ferries' cable.", DEAL.text]


def test_an_article_that_opens_off_topic_is_represented_by_a_sentence_on_it() -> None:
    text = "Fog lay over the bay last night. Nobody slept well. The ferries stood still."
    news = article_of(text, date(2024, 5, 1))
    spans = [(news, text.index(word), text.index(word) + size) for word, size in (("Nobody", 18), ("The ferries", 24))]
    assert texts(*spans, whole(DEAL)) == ["The ferries stood still.", DEAL.text]


def test_no_sentences_make_no_timeline() -> None:
    assert texts() == []


articles = st.builds(
    article_of,
    st.sampled_from(["Crews walked out. He left.", "She resigned. Talks failed.", "Ferries sailed again. It rained."]),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 1, 9))),
    st.sampled_from("ABC"),
)


@given(st.lists(st.tuples(articles, st.booleans()), max_size=9), st.integers(1, 6))
def test_a_timeline_is_in_order_and_quotes_different_articles_word_for_word(
    drawn: list[tuple[Article, bool]], most: int
) -> None:
    spans = [(article, 0 if first else article.text.index(".") + 2) for article, first in drawn]
    candidates = candidates_of(*((article, start, len(article.text)) for article, start in spans))
    chosen = timeline(topic(ASKED), candidates, most)
    days = [sentence.passage.article.published or date.max for sentence in chosen]
    assert days == sorted(days)
    assert len(chosen) <= most
    assert bool(chosen) == bool(drawn)
    used = [sentence.passage.article for sentence in chosen]
    assert len(set(used)) == len(used) or (len(set(used)) == 1 and len(used) == 2)
    assert all(one.passage.start <= one.start < one.end <= one.passage.end for one in chosen)
    assert len({one.text for one in chosen}) == len(chosen)


def reported(*articles: Article) -> list[str]:
    """The latest on the ferry strike."""
    passages = [Passage(article, 0, len(article.text)) for article in articles]
    candidates = [sentence for passage in passages for sentence in sentences_of(passage)]
    return [sentence.text for sentence in latest(topic("Any news on the ferry strike?"), candidates)]


OLD = article_of("Crews of the ferry walked out on Monday. They want more pay.", date(2024, 5, 3), "Ferry strike")
NEW = article_of(
    "The ferry is sailing again. Its crews accepted. The mayor was pleased.", date(2024, 5, 7), "Strike ends"
)


def test_the_latest_is_the_newest_article_s_first_two_statements_and_the_first_of_the_one_before() -> None:
    assert reported(OLD, NEW) == [
        "The ferry is sailing again.",
        "Its crews accepted.",
        "Crews of the ferry walked out on Monday.",
    ]


def test_an_undated_article_is_no_latest_beside_a_dated_one() -> None:
    undated = article_of("The ferry strike is the third of its kind.", None)
    assert undated.text not in reported(OLD, undated)
    assert reported(undated) == [undated.text]


def test_of_a_round_up_the_latest_is_what_it_says_of_the_topic() -> None:
    others = " ".join(f"Eggs cost {pence} pence more than before." for pence in range(10))
    text = f"It rains in Lund all week. {others} The ferry strike is over, crews said."
    assert (
        reported(OLD, article_of(text, date(2024, 5, 8), "Five things"))[0] == "The ferry strike is over, crews said."
    )
