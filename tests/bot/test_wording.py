from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Turn
from bot.answer.declining import decline, declined_wording, nearest
from bot.answer.wording import LONGEST_HEADLINE, searched, worded
from bot.question.follow_up import condense
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.time.period import period_of

BRIDGE = Article(
    "Bridge to open", "The bridge opens in May.\nIt cost £4 million.", source="Gazette", published=date(2025, 3, 9)
)
FERRY = Article("Ferry sinks", "The ferry sank.")
CAPTAIN = Article(
    "Captain of the\n Skua  blames fog",
    "Ane Holt took the Skua out at dawn. She saw nothing. A trawler came out of the fog. “We had no time,” she said.",
    source="Courier",
    published=date(2025, 3, 4),
)


def cite(number: int, article: Article, quote: str, answer: str | None = None) -> Citation:
    start = article.text.index(quote)
    citation = Citation(number, Passage(article, 0, len(article.text)), start, start + len(quote))
    if answer is None:
        return citation
    place = article.text.index(answer, start)
    return replace(citation, answer_start=place, answer_end=place + len(answer))


def test_outlet_and_date_precede_only_the_first_quote_of_an_article() -> None:
    citation = worded(
        [
            cite(1, BRIDGE, "The bridge opens in May."),
            cite(2, BRIDGE, "It cost £4 million."),
            cite(3, FERRY, "The ferry sank."),
        ]
    )
    assert citation.text == (
        "Gazette, 9 March 2025: The bridge opens in May. [1] It cost £4 million. [2]\n\nThe ferry sank. [3]"
    )


def test_a_timeline_opens_each_of_its_events_with_the_day() -> None:
    citation = worded([cite(1, BRIDGE, "The bridge opens in May."), cite(2, FERRY, "The ferry sank.")], "timeline")
    assert citation.text == "9 March 2025, Gazette: The bridge opens in May. [1]\n\nThe ferry sank. [2]"


def test_a_quote_over_a_line_break_is_shown_on_one_line() -> None:
    assert worded([cite(1, FERRY, "The ferry sank.")]).text == "The ferry sank. [1]"
    assert "May. It" in worded([cite(1, BRIDGE, BRIDGE.text)]).text


def test_a_quote_that_refers_back_is_introduced_by_the_headline_and_unchanged() -> None:
    citation = worded([cite(1, CAPTAIN, "She saw nothing.")])
    assert citation.text == "Courier, 4 March 2025, in “Captain of the Skua blames fog”: She saw nothing. [1]"
    bare = replace(CAPTAIN, source=None, published=None)
    assert worded([cite(1, bare, "She saw nothing.")]).text.startswith("In “Captain of the Skua blames fog”: She")
    dated = worded([cite(1, CAPTAIN, "She saw nothing.")], "timeline").text
    assert dated.startswith("4 March 2025, Courier, in “Captain of the Skua blames fog”: She saw")


@pytest.mark.parametrize("differing", [False, True])
def test_a_follow_up_takes_a_name_from_the_quote_and_none_from_what_leads_in_to_it(differing: bool) -> None:
    article = replace(
        CAPTAIN,
        text="He told Ane Holt to stop.",
        source="The Port Maren Courier",
        title="Fog: Jan Dirks blames it " * 4,
    )
    citation = worded([cite(1, article, article.text)], differing=differing)
    assert "in “Fog: Jan Dirks" in citation.text
    history = [Turn("Who was told to stop?", citation.text)]
    assert condense("Where does she live?", history) == "stop, Ane Holt. Where does she live?"


def test_a_quote_directly_after_the_one_it_refers_to_needs_no_headline() -> None:
    first, second = cite(1, CAPTAIN, "Ane Holt took the Skua out at dawn."), cite(2, CAPTAIN, "She saw nothing.")
    last = cite(3, CAPTAIN, "“We had no time,” she said.")
    assert "“Captain" not in worded([first, second]).text
    assert "in “Captain" in worded([second, first]).text
    assert "in “Captain" in worded([first, last]).text


def test_a_headline_without_end_is_cut() -> None:
    endless = replace(CAPTAIN, title="fog " * 500)
    assert len(worded([cite(1, endless, "She saw nothing.")]).text) < LONGEST_HEADLINE + 70


def test_sources_that_differ_are_announced() -> None:
    cited = [cite(1, BRIDGE, "It cost £4 million."), cite(2, FERRY, "The ferry sank.")]
    text = worded(cited, differing=True).text
    assert text.startswith("Sources differ:\n\nGazette, 9 March 2025")


def test_the_words_that_answer_and_the_marks_are_found_by_their_place() -> None:
    noted = Article("Notes", "As [1] says, it\n\ncost  [2]\n4 million crowns.", source="Gazette [3]")
    citation = worded([cite(1, noted, noted.text, "4 million"), cite(2, BRIDGE, "It cost £4 million.", "£4 million")])
    assert [citation.text[start:end] for start, end in citation.marks] == ["[1]", "[2]"]
    assert [citation.text[start:end] for start, end in citation.emphasis] == ["4 million", "£4 million"]
    assert citation.text[: citation.marks[0][0]] == "Gazette [3]: As [1] says, it cost [2] 4 million crowns. "


def test_words_outside_the_quote_are_not_emphasised() -> None:
    cited = cite(1, BRIDGE, "The bridge opens in May.", "£4 million")
    assert worded([cited]).emphasis == ()
    assert worded([replace(cited, answer_end=None)]).emphasis == ()


prose = st.text(st.sampled_from("ab. [1]\n\t“É"), min_size=1, max_size=40).filter(str.strip)


@given(prose, st.data(), st.booleans())
def test_emphasis_covers_the_answering_words_despite_white_space(
    text: str, data: st.DataObject, differing: bool
) -> None:
    article = Article("A title", text)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    citation = worded(
        [replace(cite(1, article, text), answer_start=start, answer_end=end), cite(2, FERRY, "The ferry sank.")],
        differing=differing,
    )
    words = " ".join(text[start:end].split())
    assert [citation.text[a:b] for a, b in citation.emphasis] == ([words] if words else [])
    assert [citation.text[a:b] for a, b in citation.marks] == ["[1]", "[2]"]
    assert all(citation.pieces)


def test_declining_names_the_nearest_articles_once_each() -> None:
    passages = [ScoredPassage(Passage(article, 0, 5), 1.0) for article in (BRIDGE, BRIDGE, FERRY)]
    assert declined_wording(decline(passages, "The bridge or the ferry?")).text == (
        "I found nothing in the archive that answers this. "
        "Nearest: “Bridge to open” (Gazette, 9 March 2025); “Ferry sinks”."
    )


def test_declining_over_nothing_names_nothing() -> None:
    assert declined_wording(decline([], "Who?")).text == "I found nothing in the archive that answers this."


def test_declining_names_only_articles_that_share_something_with_the_question() -> None:
    passages = [ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in (BRIDGE, FERRY, CAPTAIN)]
    assert nearest("Who built the bridge in May?", passages) == passages[:1]
    assert nearest("What did Ane Holt say about the price of fish in Bergen last winter?", passages) == passages[2:]
    assert nearest("Who landed on Mars?", passages) == []
    assert nearest("", passages) == []
    assert (
        declined_wording(decline(passages, "Who landed on Mars?")).text
        == "I found nothing in the archive that answers this."
    )


def test_declining_says_what_no_article_mentions() -> None:
    passages = [ScoredPassage(Passage(BRIDGE, 0, 5), 1.0)]
    said = declined_wording(
        decline(passages, "What did Ruth Amsel pay for the bridge?", ["Ruth Amsel", "Orrin Isle"])
    ).text
    assert said == "I found nothing in the archive that answers this. No article mentions Ruth Amsel or Orrin Isle."


def test_declining_a_code_names_the_articles_on_its_kin() -> None:
    jet = Article("Jets for Halden", "Halden buys twelve F-16 jets.", source="Gazette", published=date(2025, 3, 9))
    passages = [ScoredPassage(Passage(each, 0, len(each.text)), 1.0) for each in (FERRY, jet)]
    assert declined_wording(decline(passages, "How many F15 did Halden buy?", ["F15"])).text == (
        "I found nothing in the archive that answers this. No article mentions F15. "
        "Nearest, about F-16: “Jets for Halden” (Gazette, 9 March 2025)."
    )


def test_limits_from_the_words_are_stated_and_those_set_by_hand_are_not() -> None:
    question = Question("What happened in August 2020?", date(2026, 1, 1))
    narrowed = replace(question, since=date(2020, 8, 1), until=date(2020, 8, 31), sources=("Reuters",))
    citation = searched(Answer(question, question.text, "abstained", "", searched=narrowed))
    assert citation == "from 1 August 2020, until 31 August 2020, only Reuters"
    assert searched(Answer(narrowed, question.text, "abstained", "", searched=narrowed)) == ""
    assert searched(Answer(question, question.text, "abstained", "")) == ""


@pytest.mark.parametrize(
    ("text", "published", "citation"),
    [
        ("Who won this week?", date(2025, 12, 30), "all days, above all from 29 December 2025, until 1 January 2026"),
        (
            "Who won this week?",
            date(2024, 5, 4),
            "all days, as nothing was found from 29 December 2025, until 1 January 2026",
        ),
        ("Who won this week?", None, "all days, as nothing was found from 29 December 2025, until 1 January 2026"),
        (
            "What happened in August 2020?",
            date(2024, 5, 4),
            "all days, as nothing was found from 1 August 2020, until 31 August 2020",
        ),
        ("Who won?", date(2025, 12, 30), ""),
    ],
)
def test_preferred_days_are_stated_and_so_is_that_they_are_empty(
    text: str, published: date | None, citation: str
) -> None:
    article = Article("Harbour", "Okafor won.", published=published)
    found = (ScoredPassage(Passage(article, 0, 11), 1.0),)
    question = Question(text, date(2026, 1, 1))
    period = period_of(text, question.asked)
    assert (
        searched(Answer(question, text, "answered", "", passages=found, searched=question, period=period)) == citation
    )
