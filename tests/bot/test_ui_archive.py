from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

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
from index.storage.opened import OpenGeneration
from index.storage.purge import purge
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import ScriptedBot, abstention, bridge_answer
from tests.fakes import WordEmbedder, WordReader
from tests.index.building import article, build
from tests.local_server import until


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


def test_another_archive_offers_what_was_worked_out_for_it(tmp_path: Path) -> None:
    build(tmp_path, [Article("Ferry sails", "It sails.")])
    assert describe_index(tmp_path).examples == ()
    assert describe_index(tmp_path, lambda: ("Who sails?",)).examples == ("Who sails?",)


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


def test_the_month_to_begin_with_is_the_last_with_much_to_ask_about(tmp_path: Path) -> None:
    titles = [f"Storm {number} over Halden and Port Maren" for number in range(9)]
    busy = [
        Article(title, f"{title} went by.", f"https://a.example/{title}", "Post", date(2022, 5, 9)) for title in titles
    ]
    late = Article("Regatta in Halden", "It went by.", "https://a.example/late", "Post", date(2023, 9, 1))
    build(tmp_path, [*busy, late])
    asked: list[str] = []

    def script(question: Question) -> Answer:
        asked.append(question.text)
        return abstention(question)

    offer(ScriptedBot(script), tmp_path)
    happened = [text for text in asked if text.startswith("What happened with ")]
    assert happened
    assert all(text.endswith(" in May 2022?") for text in happened)


@pytest.fixture
def ports(tmp_path: Path) -> tuple[Article, Article]:
    """Two articles that are in an index; a question is made of each."""
    mill = Article("Mill pier opens", "The Mill Pier was opened by Ines Okafor.", "https://a.example/mill", "Post")
    lock = Article("Old lock closes", "The Old Lock was closed by Tom Ferrand.", "https://a.example/lock", "Post")
    build(tmp_path, [mill, lock])
    return mill, lock


def offered_by(index: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Offered, Event]:
    """Who offers a question of each article; while the event is cleared, new ones are not found."""
    first = iter([("Who opened the Mill Pier?", "Who closed the Old Lock?")])
    go_on = Event()
    go_on.set()

    def found(*_: object) -> tuple[str, ...]:
        go_on.wait(60)
        return next(first, ("What is new?",))

    monkeypatch.setattr("bot.ui.offered.offer", found)
    bot = archive_bot(index)
    assert bot.index
    with bot.index.snapshot():
        offered = Offered(bot, bot.index)
    until(lambda: len(offered.questions()) == 2)
    return offered, go_on


def test_they_are_worked_out_once_a_generation_in_the_background(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=["elsewhere"])
    index = LiveIndex(tmp_path, "words")
    bot = ArchiveBot(HybridRetriever(index, WordEmbedder()), ExtractiveAnswerer(WordReader()), 0.0, index=index)
    offered = Offered(bot, index)
    assert offered.questions() == ()
    assert not index.is_open, "no page waits for an index that is being opened"
    with index.snapshot():
        until(lambda: bool(offered.questions()))
    assert all(is_answered(bot.answer(Question(text))) for text in offered.questions())
    assert offered.questions() is offered.questions()


def test_after_a_rebuild_those_that_are_still_answered_stay_until_the_new_ones_are_there(
    tmp_path: Path, ports: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, go_on = offered_by(tmp_path, monkeypatch)
    go_on.clear()
    build(tmp_path, [ports[0], article(1)])
    assert offered.questions() == ("Who opened the Mill Pier?",)
    go_on.set()
    until(lambda: offered.questions() == ("What is new?",))


def test_none_stays_where_an_article_was_purged(
    tmp_path: Path, ports: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, go_on = offered_by(tmp_path, monkeypatch)
    go_on.clear()
    purge(tmp_path, [ports[1].id], lambda *_: None)
    assert offered.questions() == ()
    go_on.set()
    until(lambda: offered.questions() == ("What is new?",))


def test_while_a_newer_generation_is_opened_they_are_those_of_the_one_that_answers(
    tmp_path: Path, ports: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, go_on = offered_by(tmp_path, monkeypatch)
    go_on.clear()
    opens = Event()

    def warm_up(_: OpenGeneration) -> None:
        opens.wait(60)

    build(tmp_path, [ports[1], article(1)])
    monkeypatch.setattr("index.storage.live.PATIENCE", 0.0)
    monkeypatch.setattr(OpenGeneration, "warm_up", warm_up)
    assert len(offered.questions()) == 2
    opens.set()
    until(lambda: offered.questions() == ("Who closed the Old Lock?",))
    go_on.set()


def test_they_are_worked_out_once_the_server_has_warmed_up(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=["elsewhere"])
    bot = archive_bot(tmp_path, threshold=0.0)
    assert bot.index
    offered = Offered(bot, bot.index)
    warm_up(bot, partial(describe_index, tmp_path, offered.questions))
    for thread in enumerate_threads():
        if thread.name == THREAD:
            thread.join(60)
    assert describe_index(tmp_path, offered.questions).examples


def test_warming_up_survives_that_there_is_no_index_yet(tmp_path: Path) -> None:
    warm_up(ScriptedBot(), partial(describe_index, tmp_path))


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
