"""What is found, over real generations, and what is not."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.search.retriever
from corpus.article import Article
from corpus.errors import IndexMissing, ModelError, SettingsError
from index.question import Question
from index.search.retriever import HybridRetriever, _support
from index.search.stories import PER_ARTICLE
from index.storage.live import LiveIndex
from index.storage.snapshot import EXACT
from tests.fakes import WordEmbedder
from tests.index.building import build

Open = Callable[[Sequence[Article]], HybridRetriever]
ASKED = date(2022, 3, 1)
TOPICS = ["roads", "bread", "trams", "water", "ships", "birds", "music", "chess", "fever", "glass", "roses", "clocks"]
TOWN = [
    Article(
        f"Story {number}",
        f"The mayor spoke of {topic} again.",
        f"https://news.example/{number}",
        ("The Gazette", "Straßenblatt", None)[number % 3],
        date(2022, 1, number) if number % 4 else None,
    )
    for number, topic in enumerate(TOPICS, 1)
]


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with ExitStack() as opened:

        def retriever_over(articles: Sequence[Article]) -> HybridRetriever:
            folder = tmp_path_factory.mktemp("index")
            build(folder, articles)
            live = opened.enter_context(closing(LiveIndex(folder, WordEmbedder.name)))
            return HybridRetriever(live, WordEmbedder())

        yield retriever_over


@pytest.fixture(scope="module")
def town(opening: Open) -> HybridRetriever:
    return opening(TOWN)


def titles(retriever: HybridRetriever, question: Question, top_k: int = 20) -> list[str]:
    return [scored.passage.article.title for scored in retriever.retrieve(question, top_k).passages]


def admits(question: Question, article: Article) -> bool:
    """The window as a person would put it."""
    if question.sources and (article.source or "").casefold() not in {name.casefold() for name in question.sources}:
        return False
    if not article.published:
        return not (question.since or question.until)
    return (question.since or date.min) <= article.published <= (question.until or date.max)


days = st.none() | st.dates(date(2021, 12, 30), date(2022, 1, 14))
outlets = st.lists(st.sampled_from(["the gazette", "STRASSENBLATT", "Straßenblatt"]), max_size=2)

texts = st.sampled_from(["What did the mayor speak of?", "quetzalcoatl"])


@settings(max_examples=60, deadline=None)
@given(since=days, until=days, sources=outlets, exact=st.sampled_from([0, EXACT]), text=texts)
def test_a_window_lets_in_the_articles_of_its_days_and_outlets_all_of_them_and_no_others(
    town: HybridRetriever, since: date | None, until: date | None, sources: list[str], exact: int, text: str
) -> None:
    question = Question(text, ASKED, since, until, tuple(sources))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index.search.retriever, "EXACT", exact)
        found = titles(town, question)
    assert sorted(found) == sorted(article.title for article in TOWN if admits(question, article))


@pytest.mark.parametrize("exact", [0, EXACT], ids=["fetched-and-sifted", "compared-one-by-one"])
def test_the_few_articles_that_a_window_admits_are_found_however_low_they_rank(
    town: HybridRetriever, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr(index.search.retriever, "EXACT", exact)
    monkeypatch.setattr(index.search.retriever, "CANDIDATES", 2)
    question = Question("The mayor spoke of roads again", ASKED)
    assert "Story 1" in titles(town, question)
    assert "Story 11" not in titles(town, question)
    assert titles(town, replace(question, since=date(2022, 1, 11))) == ["Story 11"]


@pytest.mark.parametrize("since", [None, ASKED])
@pytest.mark.parametrize("exact", [0, EXACT])
def test_without_indexed_words_only_nearness_decides(
    opening: Open, monkeypatch: pytest.MonkeyPatch, since: date | None, exact: int
) -> None:
    monkeypatch.setattr(index.search.retriever, "EXACT", exact)
    texts = ["Boats.", "It is not for the mayor.", "They will be at the bridge.", "They will not be there."]
    articles = [Article(text, text, f"https://news.example/{text}", None, ASKED) for text in texts]
    assert titles(opening(articles), Question("Will they not be there?", ASKED, since)) == texts[::-1]


def test_a_window_that_admits_nothing_finds_nothing(town: HybridRetriever) -> None:
    found = town.retrieve(Question("What did the mayor speak of?", ASKED, until=date(1900, 1, 1)), 5)
    assert found.passages == ()
    assert found.generation


def test_days_set_by_hand_and_days_in_the_words_both_count(town: HybridRetriever) -> None:
    question = Question("What did the mayor say in 2022?", date(2024, 1, 1), since=date(2022, 6, 1))
    found = town.retrieve(question, 5)
    assert (found.searched.since, found.searched.until) == (date(2022, 6, 1), date(2022, 12, 31)) or found.widened


def test_articles_later_than_the_question_are_not_found(town: HybridRetriever) -> None:
    asked = date(2022, 1, 5)
    found = town.retrieve(Question("What did the mayor speak of?", asked), 100).passages
    assert all(scored.passage.article.published <= asked for scored in found if scored.passage.article.published)


def test_an_unknown_outlet_is_reported(town: HybridRetriever) -> None:
    with pytest.raises(SettingsError, match="No article is from 'The Nobody'"):
        town.retrieve(Question("What did the mayor speak of?", ASKED, sources=("The Nobody",)), 5)


@pytest.mark.parametrize("text", ["What is the of and to?", "?", "", "quetzalcoatl"])
def test_words_in_no_article_are_no_error(town: HybridRetriever, text: str) -> None:
    assert len(town.retrieve(Question(text, ASKED), 3).passages) == 3


def test_the_best_come_first_and_never_more_than_asked_for(town: HybridRetriever) -> None:
    for top_k in (0, 1, 5, 100):
        scores = [scored.score for scored in town.retrieve(Question("mayor on birds", ASKED), top_k).passages]
        assert len(scores) == min(top_k, len(TOWN))
        assert scores == sorted(scores, reverse=True)


def test_a_long_article_takes_no_more_than_its_share_of_places(opening: Open) -> None:
    text = "\n\n".join(f"The river rose in village {number}, and the river took the bridge." for number in range(90))
    long = Article("The river floods", text, "https://news.example/flood", published=ASKED)
    other = Article("A river cruise", "A river boat sails in May.", "https://news.example/boat", published=ASKED)
    retriever = opening([long, other])
    with retriever.index.snapshot() as snapshot:
        assert len(snapshot.days) > PER_ARTICLE + 3
    found = titles(retriever, Question("river bridge village", ASKED))
    assert Counter(found) == {long.title: PER_ARTICLE, other.title: 1}


def test_near_identical_copies_are_one_result_that_names_the_others(opening: Open) -> None:
    words = " ".join(f"word{number}" for number in range(30))
    copies = [
        Article("Bridge opens", f"The bridge opens today. {words}", f"https://{name}.example/bridge", name, ASKED)
        for name in ("Gazette", "Herald", "Courier")
    ]
    other = Article("Ferry sinks", "The ferry sank by the bridge.", "https://news.example/ferry", "Gazette", ASKED)
    retriever = opening([*copies, other])
    first, second = retriever.retrieve(Question("When does the bridge open?", ASKED), 10).passages
    assert {first.passage.article, *first.also_in} == set(copies)
    assert len(first.also_in) == 2
    assert (second.passage.article, second.also_in) == (other, ())


def test_a_copy_outside_the_window_is_neither_the_result_nor_named_by_it(opening: Open) -> None:
    text = "The bridge opens today, and the mayor will cut the ribbon at noon."
    copies = [
        Article("Bridge opens", text, f"https://{name}.example/bridge", name, date(2022, 1, day))
        for day, name in enumerate(("Gazette", "Herald", "Courier"), 1)
    ]
    (found,) = (
        opening(copies).retrieve(Question("bridge", ASKED, until=date(2022, 1, 2), sources=("herald",)), 10).passages
    )
    assert (found.passage.article, found.also_in) == (copies[1], ())


@pytest.mark.parametrize(("asked", "first"), [(date(2022, 1, 2), "old"), (date(2022, 6, 10), "new")])
def test_of_equal_matches_the_newer_comes_first_unless_it_is_after_the_question(
    opening: Open, asked: date, first: str
) -> None:
    published = {"old": date(2022, 1, 1), "new": date(2022, 6, 9)}
    articles = [
        Article(f"The {name}", "There is a tram strike in town.", f"https://news.example/{name}", None, day)
        for name, day in published.items()
    ]
    articles = [
        replace(article, text=f"{article.text} {word}") for article, word in zip(articles, TOPICS, strict=False)
    ]
    assert titles(opening(articles), Question("tram strike", asked))[0] == f"The {first}"


def test_a_new_irrelevant_article_ranks_below_an_old_relevant_one(opening: Open) -> None:
    old = Article(
        "Bridge closed", "The Mill Bridge is closed for repairs.", "https://a.example/", None, date(2021, 5, 1)
    )
    new = [
        Article(f"Storm {topic}", f"The storm took {topic} with it.", f"https://b.example/{topic}", None, ASKED)
        for topic in TOPICS
    ]
    assert titles(opening([old, *new]), Question("Why is the Mill Bridge closed?", ASKED))[0] == "Bridge closed"


def test_before_anything_is_built_the_error_says_what_to_run(tmp_path: Path) -> None:
    with closing(LiveIndex(tmp_path / "none", WordEmbedder.name)) as live:
        retriever = HybridRetriever(live, WordEmbedder())
        with pytest.raises(IndexMissing, match="run: byline rebuild"):
            retriever.retrieve(Question("Who?"), 5)


def test_an_embedder_that_fails_is_an_error_and_not_an_empty_result(town: HybridRetriever) -> None:
    class Failing(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> None:  # type: ignore[override]
            raise ModelError("the model is gone")

    with pytest.raises(ModelError):
        replace(town, embedder=Failing()).retrieve(Question("Who?"), 5)


def test_words_that_demand_days_or_an_outlet_narrow_the_search_and_say_so(opening: Open) -> None:
    old = Article("Mill Bridge", "The Mill Bridge is closed.", "https://news.example/a", "Reuters", date(2020, 8, 3))
    new = Article("Mill Bridge", "The Mill Bridge is open.", "https://news.example/b", "Courier", date(2022, 2, 1))
    bridges = opening([old, new])

    found = bridges.retrieve(Question("What became of the Mill Bridge in August 2020?", ASKED), 10)
    assert [scored.passage.article for scored in found.passages] == [old]
    assert (found.searched.since, found.searched.until) == (date(2020, 8, 1), date(2020, 8, 31))

    found = bridges.retrieve(Question("What is the Mill Bridge, according to the Courier?", ASKED), 10)
    assert [scored.passage.article for scored in found.passages] == [new]
    assert found.searched.sources == ("Courier",)


def test_options_overrule_what_the_words_demand(opening: Open, town: HybridRetriever) -> None:
    question = Question("Which mayor spoke in August 2020?", ASKED, since=date(2022, 1, 1))
    assert town.retrieve(question, 10).searched == question


def test_everything_is_searched_if_the_days_in_the_words_are_empty(town: HybridRetriever) -> None:
    question = Question("What did the mayor speak of in August 2020?", ASKED)
    found = town.retrieve(question, 10)
    assert found.passages
    assert found.searched == question


def test_an_outlet_is_known_without_the_article_before_its_name(town: HybridRetriever) -> None:
    with_it, without = (
        titles(town, Question("What did the mayor speak of?", ASKED, sources=(name,)))
        for name in ("The Gazette", "gazette")
    )
    assert with_it == without != []


def test_a_passage_is_supported_by_the_best_other_passage_of_its_article() -> None:
    article_of, scores = np.array([7, 7, 2, 7, 2]), np.array([0.5, 0.9, -0.4, 0.2, -0.6])
    assert _support(article_of, scores).tolist() == [0.9, 0.5, 0.0, 0.9, 0.0]


def test_a_score_is_the_sum_of_its_parts(town: HybridRetriever) -> None:
    for scored in town.retrieve(Question("mayor on birds", ASKED), 5).passages:
        assert list(scored.parts) == ["words", "meaning", "day", "article"]
        assert sum(scored.parts.values()) == pytest.approx(scored.score)


def test_the_newest_on_a_large_subject_is_found_among_hundreds_of_better_matches(opening: Open) -> None:
    old = [
        Article(f"Roads {n}", f"Roads, roads: roads of district {n}.", published=date(2022, 1, 1 + n % 20))
        for n in range(300)
    ]
    new = Article(
        "Council meets", "The council spoke of lamps, trees, benches and the roads.", published=date(2022, 2, 27)
    )
    retriever, question = opening([*old, new]), Question("roads", ASKED)
    assert new.title not in titles(retriever, question, 250)
    found = retriever.retrieve(question, 250, newest=True)
    assert new.title in [scored.passage.article.title for scored in found.passages]
    ranked, passages = retriever.rankings(found.searched, 250, newest=True)
    assert new in [passages[row].article for row, _ in ranked.weighed if row in passages]


def test_where_the_newest_is_wanted_an_archive_that_has_ended_prefers_its_newest(opening: Open) -> None:
    days = [date(2020, 1, 1), date(2020, 12, 1), date(2020, 6, 1)]
    texts = ["The trams run again.", "Six trams were sold to Lund.", "No trams on Sunday, the council says."]
    articles = [Article(text, text, published=day) for day, text in zip(days, texts, strict=True)]
    retriever = opening(articles)
    found = retriever.retrieve(Question("trams", ASKED), 20, newest=True)
    prior = {scored.passage.article.published: scored.parts["day"] for scored in found.passages}
    assert sorted(days, key=lambda day: prior[day]) == sorted(days)
    plain = retriever.retrieve(Question("trams", ASKED), 20)
    assert max(scored.parts["day"] for scored in plain.passages) < 0.001
