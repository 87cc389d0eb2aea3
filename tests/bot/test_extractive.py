from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answer.candidates import sentences_of
from bot.answer.choose import Choice, ExtractiveAnswerer
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.search.lexical import Term
from index.search.reader import Reading
from index.words import content_words
from tests.fakes import WordReader

TEXT = (
    "The council met on Tuesday evening in the old town hall. "
    "The Mill Bridge will open on 4 May, the mayor said. "
    "Yes! "
    "Parking stays free for the rest of the year."
)
BRIDGE = Article("Bridge to open", TEXT)
COPY = Article("The same words elsewhere", TEXT, "https://example.org/copy")


def scored(*articles: Article) -> list[ScoredPassage]:
    return [ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles]


def test_the_sentence_nearest_to_the_question_comes_first_word_for_word() -> None:
    first, *_ = ExtractiveAnswerer(WordReader()).choose("When will the Mill Bridge open?", scored(BRIDGE)).citations
    assert first.number == 1
    assert first.quote == "The Mill Bridge will open on 4 May, the mayor said."
    assert TEXT[first.start : first.end] == first.quote


def test_offsets_count_from_the_start_of_the_article_not_of_the_passage() -> None:
    start = TEXT.index("Parking")
    (citation,) = (
        ExtractiveAnswerer(WordReader())
        .choose("Is parking free?", [ScoredPassage(Passage(BRIDGE, start, len(TEXT)), 1.0)])
        .citations
    )
    assert (citation.start, citation.quote) == (start, "Parking stays free for the rest of the year.")


def test_no_more_sentences_than_asked_for_and_none_twice() -> None:
    citations = (
        ExtractiveAnswerer(WordReader(), max_sentences=2)
        .choose("the mayor said the Mill Bridge will open, the council met in the town hall", scored(BRIDGE, COPY))
        .citations
    )
    assert [citation.number for citation in citations] == [1, 2]
    assert len({citation.quote for citation in citations}) == 2


def test_an_exclamation_is_no_answer() -> None:
    citations = ExtractiveAnswerer(WordReader(), max_sentences=6).choose("Yes!", scored(BRIDGE)).citations
    assert "Yes!" not in [citation.quote for citation in citations]


def test_a_question_is_no_answer_though_it_repeats_the_one_asked() -> None:
    article = Article(
        "Quiz", "Who cut the ribbon at the Mill Bridge? “Who cut the ribbon?” The mayor cut it on Tuesday morning."
    )
    citations = (
        ExtractiveAnswerer(WordReader()).choose("Who cut the ribbon at the Mill Bridge?", scored(article)).citations
    )
    assert [citation.quote for citation in citations] == ["The mayor cut it on Tuesday morning."]


@pytest.mark.parametrize("before", ["Is it done?:", "Two things happened:\n\n– ", "Is it done? -- "])
def test_a_quote_excludes_a_list_dash_and_a_headline_colon(before: str) -> None:
    article = Article("Bridge", before + "The Mill Bridge opened on Tuesday.")
    first, *_ = ExtractiveAnswerer(WordReader()).choose("When did the Mill Bridge open?", scored(article)).citations
    assert first.quote == "The Mill Bridge opened on Tuesday."


def test_a_sentence_with_the_number_asked_about_comes_before_one_with_another() -> None:
    article = Article(
        "Quakes",
        "A 5.9-magnitude earthquake shook the hills of Ostra on Monday. "
        "A 7.0-magnitude earthquake shook the coast of Velm on Friday.",
    )
    first, *_ = (
        ExtractiveAnswerer(WordReader())
        .choose("Which place did the 7.0-magnitude quake hit?", scored(article))
        .citations
    )
    assert "Velm" in first.quote


def test_no_passages_give_no_citations() -> None:
    assert ExtractiveAnswerer(WordReader()).choose("Who?", []) == Choice()


def test_where_a_number_is_wanted_a_sentence_with_one_comes_before_one_that_repeats_the_question() -> None:
    article = Article(
        "Herons", "Volunteers counted the heron nests at the Salt Marsh on Sunday. They found 84 nests of the heron."
    )
    first, *_ = ExtractiveAnswerer(WordReader()).choose("How many heron nests were found?", scored(article)).citations
    assert first.quote == "They found 84 nests of the heron."


def test_a_sentence_beside_the_point_is_not_shown_to_fill_up_the_answer() -> None:
    citations = ExtractiveAnswerer(WordReader()).choose("When will the Mill Bridge open?", scored(BRIDGE)).citations
    assert [citation.quote for citation in citations] == ["The Mill Bridge will open on 4 May, the mayor said."]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The trust names three aims:\n\n- to repair the roof\n- to open the tower\n\nThe work begins next May.",
            [
                "The trust names three aims:\n\n- to repair the roof\n- to open the tower",
                "The work begins next May.",
            ],
        ),
        (
            "The boat has new times.\n\n| Day | Last boat |\n|---|---|\n| Friday | 22:10 |\n\nThey hold until May.",
            [
                "The boat has new times.",
                "| Day | Last boat |\n|---|---|\n| Friday | 22:10 |",
                "They hold until May.",
            ],
        ),
        ("Two were hurt: a nurse and a driver.", ["Two were hurt: a nurse and a driver."]),
    ],
)
def test_a_short_list_or_table_is_quoted_whole_with_its_lead_in(text: str, quotes: list[str]) -> None:
    passage = Passage(Article("Title", text), 0, len(text))
    assert [sentence.text for sentence in sentences_of(passage)] == quotes


def test_a_long_list_is_quoted_by_its_items() -> None:
    text = "\n".join(f"- The council wants to repair bridge number {number} next." for number in range(30))
    assert len(list(sentences_of(Passage(Article("Title", text), 0, len(text))))) == 30


class Listening(WordReader):
    """Keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.asked.append(question)
        return super().read(question, passages)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wich muncipal brige will open", "wich municipal Bridge will open"),
        ("will the bridge open", "will the bridge open"),
        ("will the fridge open", "will the fridge open"),
    ],
)
def test_a_word_that_no_article_has_is_read_as_the_passages_spell_it(typed: str, read: str) -> None:
    article = Article("Bridge to open", "The municipal Bridge will open on 4 May, the mayor said.")
    lacking = [Term(stem, stem, 1.0) for stem in content_words(typed) if stem not in content_words(article.text)]
    kept = [] if "fridge" in typed else lacking
    reader = Listening()
    ExtractiveAnswerer(reader).choose(typed, scored(article), "when", kept)
    assert reader.asked == [read]


class Rating(WordReader):
    """Finds each passage as relevant as its article's number says, and keeps how many it read."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.count += len(passages)
        numbers = [float(passage.article.title) for passage in passages]
        readings = super().read(question, passages)
        return [replace(one, relevance=number) for one, number in zip(readings, numbers, strict=True)]


@pytest.mark.parametrize(
    ("relevances", "count"),
    [
        ([-3, 4, -5, -9, 9, 9, 9, 9, 9], 4),  # the second clearly answers
        ([-9, -9, -10, -9, 9, 9, 9, 9, 9], 4),  # all are of another matter
        ([-9, 1, -9, -9, 0, 0, 0, 9, 9], 8),
        ([-9, 1, -9], 3),
        ([], 0),
    ],
)
def test_further_passages_are_read_only_where_the_first_leave_it_open(relevances: list[int], count: int) -> None:
    reader = Rating()
    articles = [Article(str(number), "The municipal bridge will open on 4 May.") for number in relevances]
    ExtractiveAnswerer(reader).choose("When will the bridge open?", scored(*articles), "when")
    assert reader.count == count


def test_a_follow_up_is_read_with_the_name_too_and_in_what_the_turn_before_leads_to() -> None:
    aside = Article("The harbour", "The mayor, Piet Lund, is 52 years old, the town hall said.")
    reader = Listening()
    chosen = ExtractiveAnswerer(reader).choose(
        "mayor, bridge. how old is he?", scored(BRIDGE), beside=scored(aside), resolved="how old is Piet Lund?"
    )
    assert reader.asked == ["mayor, bridge. how old is he?", "how old is Piet Lund?"]
    assert chosen.citations[0].passage.article == aside
