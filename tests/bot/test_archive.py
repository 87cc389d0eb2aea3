"""The bot with a scripted retriever: what comes out, in which order and form."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Delta, Turn
from bot.answer.choose import READ, ExtractiveAnswerer
from bot.archive_bot import CONSIDERED, ArchiveBot
from corpus.article import Article
from corpus.errors import IndexMissing
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.search.retriever import Retrieval
from tests.bot.fakes import BRIDGE, FERRY, WIRE, marks_of, passage_of
from tests.fakes import ScriptedRetriever, WordReader

ASKED = Question("When was the harbour bridge reopened to traffic?", date(2022, 5, 17))
FOUND = (ScoredPassage(passage_of(BRIDGE), 0.03, (WIRE,)), ScoredPassage(passage_of(FERRY), 0.02))


def bot_over(retriever: ScriptedRetriever, threshold: float = 0.4) -> ArchiveBot:
    return ArchiveBot(retriever, ExtractiveAnswerer(WordReader()), threshold)


@pytest.mark.parametrize("threshold", [0.0, 1.0])
@pytest.mark.parametrize("found", [FOUND, ()])
def test_the_deltas_make_the_text_and_the_answer_comes_last_and_once(
    found: tuple[ScoredPassage, ...], threshold: float
) -> None:
    *pieces, answer = bot_over(ScriptedRetriever(*found), threshold).stream(ASKED)
    assert isinstance(answer, Answer)
    deltas = [piece for piece in pieces if isinstance(piece, Delta)]
    assert deltas
    assert len(deltas) == len(pieces)
    assert "".join(delta.text for delta in deltas) == answer.text
    assert marks_of(deltas) == answer.marks


def test_an_answer_quotes_the_sentences_that_answer_each_with_its_mark() -> None:
    answer = bot_over(ScriptedRetriever(*FOUND)).answer(ASKED)
    assert (answer.status, answer.answerer, answer.model, answer.generation) == ("answered", "extractive", None, "g1")
    assert answer.passages == FOUND
    assert answer.text.startswith("The Harbour Post, 16 May 2022: Engineers reopened the bridge to traffic")
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
    assert all(f"[{citation.number}]" in answer.text for citation in answer.citations)


pieces = [
    "The harbour bridge opened at noon.",
    "“Nobody knew of it,”  she\nsaid.",
    "Yes!",
    "📰 É’ tram.",
    "\n\n",
    "a" * 90,
]
prose = st.lists(st.sampled_from(pieces), min_size=1, max_size=6).map(" ".join)


@given(texts=st.lists(prose, min_size=1, max_size=4), cut=st.integers(0, 60))
def test_every_citation_is_a_span_of_its_passage_word_for_word(texts: list[str], cut: int) -> None:
    articles = [Article(f"Title {number}", text) for number, text in enumerate(texts)]
    passages = [Passage(article, min(cut, len(article.text) - 1), len(article.text)) for article in articles]
    found = (ScoredPassage(passage, 1.0 / place) for place, passage in enumerate(passages, 1))
    answer = bot_over(ScriptedRetriever(*found), threshold=0.0).answer(ASKED)
    for citation in answer.citations:
        article = citation.passage.article
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.passage.start <= citation.start < citation.end <= citation.passage.end
        assert " ".join(citation.quote.split()) in answer.text
    assert (answer.status == "answered") == bool(answer.citations)


def test_below_the_threshold_it_abstains_and_names_the_nearest() -> None:
    sure = bot_over(ScriptedRetriever(*FOUND)).answer(ASKED).confidence
    assert 0 < sure < 1
    assert bot_over(ScriptedRetriever(*FOUND), sure).answer(ASKED).status == "answered"
    declined = bot_over(ScriptedRetriever(*FOUND), sure + 1e-6).answer(ASKED)
    assert (declined.status, declined.citations, declined.confidence) == ("abstained", (), sure)
    assert declined.needed is not None
    assert declined.needed > sure
    assert declined.passages == FOUND
    assert f"“{BRIDGE.title}” (The Harbour Post, 16 May 2022)" in declined.text
    assert FERRY.title in declined.text
    assert "[1]" not in declined.text


@pytest.mark.parametrize("threshold", [0.0, 0.4])
def test_an_empty_retrieval_abstains_and_names_nothing(threshold: float) -> None:
    answer = bot_over(ScriptedRetriever(), threshold).answer(ASKED)
    assert (answer.status, answer.confidence, answer.citations, answer.passages) == ("abstained", 0.0, (), ())
    assert answer.text == "I found nothing in the archive that answers this."


def test_a_passage_without_a_sentence_to_quote_is_no_answer() -> None:
    heading = Article("Harbour bridge", "Yes!")
    answer = bot_over(ScriptedRetriever(ScoredPassage(passage_of(heading), 1.0)), threshold=0.0).answer(ASKED)
    assert (answer.status, answer.citations) == ("abstained", ())
    assert "“Harbour bridge”" in answer.text


def test_a_follow_up_is_searched_with_the_previous_question_and_its_window() -> None:
    retriever = ScriptedRetriever(*FOUND)
    follow_up = Question(
        "And what did it cost?", ASKED.asked, date(2022, 1, 1), date(2022, 12, 31), ("The Harbour Post",)
    )
    answer = bot_over(retriever).answer(follow_up, [Turn(ASKED.text, "On Monday. [1]")])
    joined = "harbour bridge reopened, traffic. And what did it cost?"
    assert answer.question == follow_up
    assert answer.standalone_question == joined
    window = Question(joined, ASKED.asked, follow_up.since, follow_up.until, follow_up.sources)
    behind = replace(window, text=f"{ASKED.text} On Monday. {follow_up.text}")
    assert retriever.asked == [(window, CONSIDERED), (behind, READ)]


def test_an_answer_to_a_follow_up_is_of_one_generation_even_if_the_index_changes_meanwhile() -> None:
    class Changing(ScriptedRetriever):
        """Has another article by the second search, of a new generation."""

        def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
            found = super().retrieve(question, top_k, newest=newest)
            if len(self.asked) == 1:
                return found
            return replace(found, generation="g2", passages=(ScoredPassage(passage_of(FERRY), 1.0),))

    answer = bot_over(Changing(ScoredPassage(passage_of(BRIDGE), 1.0)), 0.0).answer(
        Question("And what did it cost?", ASKED.asked), [Turn(ASKED.text, "On Monday. [1]")]
    )
    assert answer.generation == "g1"
    assert [scored.passage.article for scored in answer.passages] == [BRIDGE]


def test_a_standalone_question_is_searched_unchanged() -> None:
    retriever = ScriptedRetriever(*FOUND)
    bot_over(retriever).answer(ASKED, [Turn("Who won the chess championship?", "Nobody.")])
    assert retriever.asked == [(ASKED, CONSIDERED)]


def test_the_bot_keeps_nothing_of_a_conversation() -> None:
    bot = bot_over(ScriptedRetriever(*FOUND))
    before = bot.answer(ASKED)
    bot.answer(Question("And what did it cost?", ASKED.asked), [Turn(ASKED.text, before.text)])
    after = bot.answer(ASKED)
    assert (after.text, after.standalone_question) == (before.text, before.standalone_question)


def test_a_failed_retrieval_is_an_error_and_not_an_abstention() -> None:
    class Missing(ScriptedRetriever):
        def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
            raise IndexMissing("there is no index; run: byline rebuild")

    with pytest.raises(IndexMissing):
        bot_over(Missing()).answer(ASKED)


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_the_json_has_the_promised_keys_and_no_others(threshold: float) -> None:
    answer = bot_over(ScriptedRetriever(*FOUND), threshold).answer(ASKED)
    result = json.loads(json.dumps(answer.to_json()))
    assert set(result) == {
        *("question", "standalone_question", "asked", "status", "text", "citations", "passages", "confidence"),
        *("searched", "emphasis", "marks", "quotes", "notes", "shape", "declined", "sentences"),
        *("answerer", "model", "generation", "timings_ms"),
    }
    place = {"article_id", "title", "url", "source", "published", "updated", "start", "end"}
    texts = {article.id: article.text for article in (BRIDGE, FERRY)}
    for citation in result["citations"]:
        assert set(citation) == place | {"number", "quote", "answer"}
        assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]
    for passage in result["passages"]:
        assert set(passage) == place | {"text", "score", "also_in"}
    assert result["passages"][0]["also_in"] == [{"title": WIRE.title, "url": WIRE.url, "source": WIRE.source}]
    assert (result["asked"], result["passages"][0]["published"]) == ("2022-05-17", "2022-05-16")
    assert set(result["timings_ms"]) == {"retrieve", "choose", "total"} | ({"reword"} if threshold else set())
    assert (result["status"], len(result["citations"])) == (("answered", 3) if threshold == 0 else ("abstained", 0))


def test_a_newspaper_without_an_article_here_is_named_and_others_answer() -> None:
    retriever = ScriptedRetriever(*FOUND)
    retriever.found = replace(retriever.found, unknown_outlet="The Coast Gazette")
    question = replace(ASKED, text=f"According to The Coast Gazette, {ASKED.text}")
    answer = bot_over(retriever).answer(question)
    assert answer.status == "answered"
    assert answer.text.startswith("No article here is from The Coast Gazette.\n\nThe Harbour Post")


def test_an_abstention_offers_a_rewording_only_if_that_is_answered() -> None:
    typed = replace(ASKED, text="When was the harbour bridge reopened to traffic in 1950?")
    bot = bot_over(ScriptedRetriever(*FOUND))
    sure = bot.answer(ASKED).confidence
    declined = replace(bot, threshold=sure).answer(typed).declined
    assert declined
    assert declined.rewording == ASKED
    hopeless = replace(bot, threshold=1.0).answer(typed).declined
    assert hopeless
    assert hopeless.rewording is None
    assert bot.answer(ASKED).declined is None
