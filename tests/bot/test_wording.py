from dataclasses import replace
from datetime import date

from bot.answer import Answer, Citation
from bot.wording import compose, declined, searched
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question

BRIDGE = Article(
    "Bridge to open", "The bridge opens in May.\nIt cost £4 million.", source="Gazette", published=date(2025, 3, 9)
)
FERRY = Article("Ferry sinks", "The ferry sank.")


def cite(number: int, article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(number, Passage(article, 0, len(article.text)), start, start + len(quote))


def test_outlet_and_date_stand_before_the_first_quote_of_an_article_only() -> None:
    text = "".join(
        compose(
            [
                cite(1, BRIDGE, "The bridge opens in May."),
                cite(2, BRIDGE, "It cost £4 million."),
                cite(3, FERRY, "The ferry sank."),
            ]
        )
    )
    assert text == (
        "Gazette, 9 March 2025: The bridge opens in May. [1] It cost £4 million. [2]\n\nThe ferry sank. [3]"
    )


def test_a_quote_over_a_line_break_is_shown_on_one_line() -> None:
    assert "".join(compose([cite(1, FERRY, "The ferry sank.")])) == "The ferry sank. [1]"
    assert "May. It" in "".join(compose([cite(1, BRIDGE, BRIDGE.text)]))


def test_declining_names_the_nearest_articles_once_each() -> None:
    passages = [ScoredPassage(Passage(article, 0, 5), 1.0) for article in (BRIDGE, BRIDGE, FERRY)]
    assert declined(passages) == (
        "I found nothing in the archive that answers this. "
        "Nearest: “Bridge to open” (Gazette, 9 March 2025); “Ferry sinks”."
    )


def test_declining_over_nothing_names_nothing() -> None:
    assert declined([]) == "I found nothing in the archive that answers this."


def test_what_the_words_narrowed_the_search_to_is_told_and_what_the_person_set_is_not() -> None:
    question = Question("What happened in August 2020?", date(2026, 1, 1))
    narrowed = replace(question, since=date(2020, 8, 1), until=date(2020, 8, 31), sources=("Reuters",))
    told = searched(Answer(question, question.text, "abstained", "", searched=narrowed))
    assert told == "from 1 August 2020, until 31 August 2020, only Reuters"
    assert searched(Answer(narrowed, question.text, "abstained", "", searched=narrowed)) == ""
    assert searched(Answer(question, question.text, "abstained", "")) == ""
