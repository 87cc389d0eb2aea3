from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus.article import Article
from corpus.errors import SettingsError
from index.search.counting import LISTED, ArticleCount, count_articles
from index.search.topic import Topic
from index.storage.live import LiveIndex
from index.storage.snapshot import Snapshot
from tests.fakes import WordEmbedder
from tests.index.building import build

ASKED = date(2024, 12, 31)


def article_of(
    number: int,
    text: str,
    published: date | None = date(2024, 5, 2),
    title: str = "Harbour notes",
    source: str | None = "Gazette",
) -> Article:
    return Article(title, text, f"https://news.example/{number}", source, published)


@contextmanager
def opened(*articles: Article) -> Iterator[Snapshot]:
    with TemporaryDirectory() as folder:
        build(Path(folder), articles)
        live = LiveIndex(Path(folder), WordEmbedder.name)
        try:
            with live.snapshot() as snapshot:
                yield snapshot
        finally:
            live.close()


def counted(
    snapshot: Snapshot,
    topic: Topic,
    since: date | None = None,
    until: date | None = None,
    sources: tuple[str, ...] = (),
    asked: date = ASKED,
) -> ArticleCount:
    return count_articles(snapshot, topic, since, until, sources, asked)


def holding(texts: Iterable[str], topic: Topic) -> list[bool]:
    """Which texts are counted, each an article of its own."""
    articles = [article_of(number, text) for number, text in enumerate(texts)]
    with opened(*articles) as snapshot:
        found = {article.id for article in counted(snapshot, topic).articles}
    return [article.id in found for article in articles]


def test_name_is_counted_by_its_spelling_without_case_and_accents() -> None:
    texts = [
        "The mayor of Malmö spoke.", "In MALMO it rained.", "Malmö’s trams stopped.", "Two Malmos met.",
        "Malmohus is a castle.", "The old-malmo road is shut.", "Nothing happened in Lund.",
    ]  # fmt: skip
    assert holding(texts, Topic(("Malmo",))) == [True, True, True, True, False, True, False]


def test_name_is_not_counted_by_its_stem() -> None:
    assert holding(["Wells spoke.", "The well is dry.", "All is well."], Topic(("Wells",))) == [True, False, False]


def test_words_of_a_name_are_next_to_each_other_also_over_a_line_or_a_hyphen() -> None:
    texts = [
        "The port of Port Maren.", "Port\nMaren slept.", "The Port-Maren line.", "Maren left the port. Port was dear.",
        "They came to port. Maren stayed.", "Port Maren's mayor.",
    ]  # fmt: skip
    assert holding(texts, Topic(("Port Maren",))) == [True, True, True, False, False, True]


def test_name_is_found_where_a_short_word_of_it_has_a_dot() -> None:
    assert holding(["They live in St. Louis now.", "St Louis won."], Topic(("St Louis",))) == [True, True]


def test_initials_are_found_with_dots_and_not_as_an_everyday_word() -> None:
    texts = ["The US agreed.", "The U.S. agreed.", "They told us so.", "The U.S.S.R. fell.", "It is USable."]
    assert holding(texts, Topic(("US",))) == [True, True, False, False, False]
    assert holding(["ICE said so.", "The ice is thin.", "Who spoke?"], Topic(("ICE",))) == [True, False, False]
    assert holding(["The WHO met.", "Who spoke?"], Topic(("WHO",))) == [True, False]
    assert holding(["Nato met.", "N.A.T.O. met.", "NATO met.", "No one met."], Topic(("NATO",))) == [True] * 3 + [False]


def test_other_words_are_counted_in_any_form_and_anywhere() -> None:
    texts = ["The ferries are late. A strike began.", "Strikes hit the ferry.", "The ferry sailed.", "A strike."]
    assert holding(texts, Topic(words=("ferry", "strike"))) == [True, True, False, False]


def test_article_counts_once_that_mentions_any_of_several_topics() -> None:
    texts = ["Penguins arrived.", "Polio and penguins.", "The bird flu is back.", "Polio.", "A bird sang."]
    either = Topic(words=("penguins",), others=(Topic(words=("polio",)), Topic(words=("bird", "flu"))))
    assert holding(texts, either) == [True, True, True, True, False]
    articles = [article_of(number, text) for number, text in enumerate(texts)]
    with opened(*articles) as snapshot:
        assert counted(snapshot, either).total == 4


def test_word_in_the_headline_alone_counts() -> None:
    with opened(article_of(1, "It sank.", title="Ferry lost"), article_of(2, "It sailed.")) as snapshot:
        assert counted(snapshot, Topic(words=("ferries",))).total == 1


def test_day_of_publication_is_no_mention() -> None:
    articles = [
        article_of(1, "The protest was calm.", date(2024, 3, 5)),
        article_of(2, "They marched on.", date(2024, 4, 6)),
    ]
    with opened(*articles) as snapshot:
        assert counted(snapshot, Topic(words=("march",))).articles == (articles[1],)
        assert counted(snapshot, Topic(words=("2024",))).total == 0


def test_word_that_is_not_in_the_index_is_looked_for_in_the_texts() -> None:
    assert holding(["Plan B is ready.", "The plan is ready."], Topic(("Plan B",))) == [True, False]
    assert holding(["“It will be.”", "It was."], Topic(words=("will",))) == [True, False]


def test_topic_without_words_counts_all_articles() -> None:
    with opened(article_of(1, "One spoke."), article_of(2, "Two sang.")) as snapshot:
        assert counted(snapshot, Topic()).total == counted(snapshot, Topic(("?!",))).total == 2


def test_months_and_outlets_are_counted_each() -> None:
    articles = [
        article_of(1, "A ferry came in.", date(2024, 5, 2)),
        article_of(2, "The ferry was late again.", date(2024, 5, 30), source="Courier"),
        article_of(3, "No ferry has a bar.", date(2023, 12, 1), source="The Gazette"),
        article_of(4, "One ferry is for sale.", None, source=None),
        article_of(5, "A tram came.", date(2024, 5, 2)),
    ]
    with opened(*articles) as snapshot:
        count = counted(snapshot, Topic(words=("ferry",)))
    assert (count.total, count.stories, count.without_date, count.without_outlet) == (4, 4, 1, 1)
    assert list(count.by_month.items()) == [("2023-12", 1), ("2024-05", 2)]
    assert list(count.by_outlet.items()) == [("Gazette", 2), ("Courier", 1)]
    assert (count.first, count.last) == (date(2023, 12, 1), date(2024, 5, 30))
    assert [article.url for article in count.articles] == [articles[place].url for place in (1, 0, 2, 3)]
    assert [article.url for article in count.earliest] == [articles[place].url for place in (2, 0, 1)]


def test_window_and_outlets_are_hard_filters_and_nothing_is_later_than_asked() -> None:
    days = [None, date(2024, 1, 1), date(2024, 5, 1), date(2024, 5, 31), date(2024, 6, 1), date(2025, 1, 1)]
    names = ["Gazette", "Courier", "Gazette", "The Gazette", "Gazette", "Gazette"]
    articles = [
        article_of(number, f"The ferry made trip {number} of many.", day, source=name)
        for number, (day, name) in enumerate(zip(days, names, strict=True))
    ]
    ferry = Topic(words=("ferry",))
    with opened(*articles) as snapshot:
        assert counted(snapshot, ferry).total == 5
        assert counted(snapshot, ferry, asked=datetime(2024, 5, 31, 9, tzinfo=UTC)).total == 4
        assert counted(snapshot, ferry, since=date(2024, 5, 1)).total == 3
        assert counted(snapshot, ferry, until=date(2024, 5, 1)).total == 2
        assert counted(snapshot, ferry, date(2024, 5, 1), date(2024, 5, 31), ("gazette",)).total == 2
        assert counted(snapshot, ferry, sources=("Courier",)).total == 1
        with pytest.raises(SettingsError, match="No article is from 'Herald'"):
            counted(snapshot, ferry, sources=("Herald",))


def test_copies_count_each_and_are_one_story() -> None:
    wire = (
        "The Mill Bridge will open on the fourth of June after two years of work, the council said on Monday. "
        "Its builders spent nine million on stone, steel and a footpath that leads down to the old weir by the inn."
    )
    articles = [
        article_of(1, wire),
        article_of(2, wire, source="Courier"),
        article_of(3, "The bridge in Upton has a new toll."),
    ]
    with opened(*articles) as snapshot:
        count = counted(snapshot, Topic(words=("bridge",)))
    assert (count.total, count.stories) == (3, 2)


def test_newest_articles_are_listed_up_to_a_limit() -> None:
    articles = [
        article_of(number, f"Ferry {number} came.", date.fromordinal(738_000 + number)) for number in range(210)
    ]
    with opened(*articles) as snapshot:
        count = counted(snapshot, Topic(words=("ferry",)))
    assert (count.total, len(count.articles)) == (210, LISTED)
    assert count.articles[0] == articles[-1]
    assert count.earliest[0] == articles[0]


def test_count_has_a_json_form() -> None:
    article = article_of(1, "The ferry came to Port Maren.", datetime(2024, 5, 2, 9, tzinfo=UTC))
    with opened(article) as snapshot:
        count = counted(snapshot, Topic(("Port Maren",), ("ferry",)), date(2024, 5, 1), sources=("Gazette",))
    assert count.to_json() == {
        "topic": '"Port Maren" ferry',
        "total": 1,
        "stories": 1,
        "since": "2024-05-01",
        "until": None,
        "sources": ["Gazette"],
        "by_month": {"2024-05": 1},
        "by_outlet": {"Gazette": 1},
        "first": "2024-05-02",
        "last": "2024-05-02",
        "without_date": 0,
        "articles": [
            {
                "article_id": article.id,
                "title": "Harbour notes",
                "url": "https://news.example/1",
                "source": "Gazette",
                "published": "2024-05-02T09:00:00+00:00",
            }
        ],
    }
