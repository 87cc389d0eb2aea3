from datetime import date
from functools import partial
from pathlib import Path
from threading import enumerate as enumerate_threads
from time import sleep

from bot.answer import Answer
from bot.answer.choose import ExtractiveAnswerer
from bot.archive_bot import ArchiveBot
from bot.create import create_bot
from bot.portal.serve import warm_up
from bot.settings import Settings
from bot.ui.archive_summary import describe_index
from bot.ui.offered import THREAD, Offered, is_answered, offer
from corpus.article import Article
from corpus.read import read
from corpus.sample import SAMPLE, START_QUESTIONS
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.build import rebuild
from index.storage.live import LiveIndex
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import ScriptedBot, abstention, bridge_answer
from tests.fakes import WordEmbedder, WordReader
from tests.index.building import build


def test_the_sample_offers_a_question_of_each_kind_that_it_answers(sample: Path, tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=[str(SAMPLE)])
    assert describe_index(tmp_path).examples == START_QUESTIONS
    bot = create_bot(Settings(index=str(sample)))
    answers = [bot.answer(Question(text)) for text in START_QUESTIONS]
    assert [answer.status for answer in answers] == ["answered"] * 4
    assert [answer.shape for answer in answers[:3]] == ["fact", "latest", "timeline"]
    assert answers[0].citations[0].quote == "The first crossing had taken her 24 minutes."
    assert [answer.count for answer in answers][:3] == [None] * 3
    assert answers[3].count


def test_another_archive_offers_what_was_worked_out_for_its_generation(tmp_path: Path) -> None:
    build(tmp_path, [Article("Ferry sails", "It sails.")])
    assert describe_index(tmp_path).examples == ()
    assert describe_index(tmp_path, lambda generation: (f"Of {generation}?",)).examples[0].startswith("Of 20")


def test_questions_to_begin_with_are_of_several_kinds_and_all_are_answered(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=["elsewhere"])
    asked: list[str] = []

    def script(question: Question) -> Answer:
        asked.append(question.text)
        return (bridge_answer if len(asked) % 2 == 0 else abstention)(question)

    questions = offer(ScriptedBot(script), tmp_path)
    assert list(questions) == asked[1::2]
    assert any(question.startswith("What is the latest on ") for question in questions)
    assert any(question.startswith("How many articles mention ") for question in questions)
    titles = {article.title for article in read([SAMPLE]) if isinstance(article, Article)}
    assert not titles & set(questions)


def test_they_are_worked_out_once_a_generation_in_the_background(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=["elsewhere"])
    index = LiveIndex(tmp_path, "words")
    bot = ArchiveBot(HybridRetriever(index, WordEmbedder()), ExtractiveAnswerer(WordReader()), 0.0, index=index)
    offered = Offered(bot, tmp_path)
    assert offered.questions("g1") == ()
    for _ in range(600):
        if found := offered.questions("g1"):
            break
        sleep(0.05)
    assert found
    assert offered.questions("g1") is offered.questions("g1")
    assert offered.questions("g2") == ()


def test_they_are_worked_out_once_the_server_has_warmed_up(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=["elsewhere"])
    offered, asked = Offered(archive_bot(tmp_path, threshold=0.0), tmp_path), ScriptedBot()
    warm_up(asked, partial(describe_index, tmp_path, offered.questions))
    assert len(asked.asked) == 1
    for thread in enumerate_threads():
        if thread.name == THREAD:
            thread.join(60)
    assert describe_index(tmp_path, offered.questions).examples


def test_warming_up_survives_that_there_is_no_index_yet(tmp_path: Path) -> None:
    warm_up(ScriptedBot(), partial(describe_index, tmp_path, Offered(archive_bot(tmp_path), tmp_path).questions))


def test_an_answer_with_nothing_of_the_days_asked_for_is_no_answer_to_offer(sample: Path) -> None:
    bot = create_bot(Settings(index=str(sample)))
    emptied = bot.answer(Question("What happened with Gull Island in May 2026?", date(2026, 6, 1)))
    assert "newest_before" in {one.note.kind for one in emptied.statements}
    assert not is_answered(emptied)
    assert is_answered(bot.answer(Question("What is the latest on Gull Island?", date(2026, 6, 1))))


def test_status_describes_the_newest_generation(tmp_path: Path) -> None:
    build(tmp_path, [Article("Ferry sails", "It sails.", source="Post"), Article("Pier opens", "It opens.")])
    assert describe_index(tmp_path).outlets == ("Post",)
    build(tmp_path, [Article(f"Ferry {day}", "It sails.", source=outlet) for day, outlet in enumerate(["A", "B", "B"])])
    archive = describe_index(tmp_path)
    assert (archive.articles, archive.outlets) == (3, ("B", "A"))
