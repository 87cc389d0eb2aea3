"""The same question of one generation is answered once."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from bot.answer import Answer, Delta, Turn
from bot.archive_bot import ArchiveBot
from bot.portal import answer_cache
from bot.portal.answer_cache import AnswerCache
from bot.portal.answer_queue import Desk
from corpus.article import Article
from corpus.errors import Busy
from index.question import Question
from index.search.retriever import Retrieval, Retriever
from index.storage.purge import purge
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import BRIDGE, FERRY
from tests.bot.portal.sites import client_of, site_with
from tests.index.building import build
from tests.local_server import until

MORNING = datetime(2022, 5, 30, 9, 0, tzinfo=UTC)
ASKED = Question("When did engineers reopen the harbour bridge to traffic?", MORNING)
UNKNOWN = Question("Who painted the ceiling of the observatory on Mars?", MORNING)
COUNT = Question("How many articles mention the bridge?", MORNING)
SECRET = Article(
    "Bridge to close again",
    "Engineers reopen the harbour bridge to traffic for one day only, the board decided in private.",
    "https://example.org/secret",
    "The Harbour Post",
    date(2022, 5, 20),
    groups=("board",),
)


class Counting:
    """A retriever that keeps what it is asked, and waits where it is to."""

    def __init__(self, inner: Retriever) -> None:
        self.inner = inner
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.release = Event()
        self.release.set()

    def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
        self.asked.append(question.text)
        self.release.wait(30)
        if self.error:
            raise self.error
        return self.inner.retrieve(question, top_k, newest=newest)


class Asked:
    """A desk over an index, and what its bot had to search for."""

    def __init__(self, index: Path, at_once: int = 2) -> None:
        bot = archive_bot(index)
        self.retriever = Counting(bot.retriever)
        self.bot: ArchiveBot = replace(bot, retriever=self.retriever)
        self.desk = Desk(self.bot, at_once, 32, AnswerCache.of(self.bot))

    def searches(self, question: Question, history: Sequence[Turn] = ()) -> int:
        """How often the index is searched for a question."""
        before = len(self.retriever.asked)
        self.desk.answer(question, history)
        return len(self.retriever.asked) - before


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path, [BRIDGE, FERRY])
    return tmp_path


@pytest.fixture
def asked(index: Path) -> Iterator[Asked]:
    asked = Asked(index)
    yield asked
    assert asked.bot.index
    asked.bot.index.close()


@pytest.mark.parametrize("question", [ASKED, UNKNOWN, COUNT])
def test_a_question_that_comes_again_gets_the_same_deltas_and_answer_without_a_search(
    asked: Asked, question: Question
) -> None:
    *deltas, answer = asked.desk.stream(question)
    searched = len(asked.retriever.asked)
    evening = replace(question, asked=MORNING.replace(hour=20))
    *again, repeated = asked.desk.stream(evening)
    assert isinstance(answer, Answer)
    assert isinstance(repeated, Answer)
    assert again == deltas
    assert len(asked.retriever.asked) == searched
    assert repeated.to_json() | {"asked": "", "timings_ms": {}} == answer.to_json() | {"asked": "", "timings_ms": {}}
    assert repeated.question == evening
    assert list(repeated.trace.timings_ms) == ["total"]


@pytest.mark.parametrize(
    ("question", "history"),
    [
        (replace(ASKED, asked=date(2022, 5, 31)), ()),
        (replace(ASKED, since=date(2022, 5, 1)), ()),
        (replace(ASKED, until=date(2022, 5, 29)), ()),
        (replace(ASKED, sources=("The Harbour Post",)), ()),
        (replace(ASKED, groups=()), ()),
        (replace(ASKED, text=f"{ASKED.text} "), ()),
        (ASKED, (Turn("What did the ferry office say?", "Crossings fell by half."),)),
    ],
)
def test_whatever_an_answer_depends_on_makes_another_question(
    asked: Asked, question: Question, history: tuple[Turn, ...]
) -> None:
    asked.desk.answer(ASKED)
    assert asked.searches(question, history)
    assert not asked.searches(question, history)


def test_what_one_group_is_answered_is_never_shown_to_another(tmp_path: Path) -> None:
    build(tmp_path, [BRIDGE, FERRY, SECRET])
    asked = Asked(tmp_path)
    board, staff = replace(ASKED, groups=("board",)), replace(ASKED, groups=("staff",))
    for _ in range(2):
        assert SECRET.title in str(asked.desk.answer(board).to_json())
        assert SECRET.title not in str(asked.desk.answer(staff).to_json())
    assert not asked.searches(replace(ASKED, groups=("board", "board")))
    assert asked.searches(replace(ASKED, groups=("board", "staff")))


def test_a_new_generation_is_searched_and_nothing_of_the_last_one_is_kept(index: Path, asked: Asked) -> None:
    first = asked.desk.answer(ASKED)
    build(index, [BRIDGE, FERRY, replace(BRIDGE, title="Another", url="https://example.org/other")])
    again = asked.desk.answer(ASKED)
    assert (again.generation != first.generation, len(asked.retriever.asked)) == (True, 2)


def test_a_purged_article_leaves_with_the_answers_that_rest_on_it(index: Path, asked: Asked) -> None:
    assert BRIDGE.title in str(asked.desk.answer(ASKED).to_json())
    purge(index, [BRIDGE.url or ""], lambda *_: None)
    assert BRIDGE.title not in str(asked.desk.answer(ASKED).to_json())


def test_a_failure_is_not_kept(asked: Asked) -> None:
    asked.retriever.error = RuntimeError("the disk is on fire")
    with pytest.raises(RuntimeError):
        asked.desk.answer(ASKED)
    asked.retriever.error = None
    assert asked.desk.answer(ASKED).status == "answered"


def test_an_answer_that_is_abandoned_is_not_kept(asked: Asked) -> None:
    stream = asked.desk.stream(ASKED)
    assert isinstance(next(stream), Delta)
    stream.close()  # type: ignore[attr-defined]
    assert asked.searches(ASKED)


def test_the_same_question_at_once_is_answered_once_and_others_pass_it_by(asked: Asked) -> None:
    asked.retriever.release.clear()
    with ThreadPoolExecutor(5) as pool:
        same = [pool.submit(asked.desk.answer, ASKED) for _ in range(4)]
        until(lambda: asked.desk.waiting == 3)
        other = pool.submit(asked.desk.answer, replace(ASKED, text="What did the ferry office say?"))
        until(lambda: len(asked.retriever.asked) == 2)  # both that may run do
        asked.retriever.release.set()
        assert len({one.result(30).text for one in same}) == 1
        assert other.result(30)
    assert len(asked.retriever.asked) == 2
    assert (asked.desk.running, asked.desk.waiting) == (0, 0)


def test_a_repeated_answer_is_counted_and_audited_like_the_first(index: Path, tmp_path: Path) -> None:
    audit = tmp_path / "audit.jsonl"
    client = client_of(site_with(index, archive_bot(index), open=True, audit=audit))
    for _ in range(2):
        assert client.post("/api/v1/ask", json={"question": ASKED.text}).json()["status"] == "answered"
    first, second = map(json.loads, audit.read_text("utf-8").splitlines())
    assert first["articles"] == second["articles"] != []
    assert first["request_id"] != second["request_id"]
    meters = client.app.state.portal.meters.text()[0].decode()  # type: ignore[attr-defined]
    assert 'byline_answers_total{status="answered"} 2.0' in meters
    assert "byline_answers_repeated_total 1.0" in meters


def test_a_desk_that_is_closed_answers_nothing_from_memory(asked: Asked) -> None:
    asked.desk.answer(ASKED)
    asked.desk.close()
    with pytest.raises(Busy):
        asked.desk.answer(ASKED)


def test_what_was_used_longest_ago_is_dropped_first(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MOST_ANSWERS", 2)
    second, third = (replace(ASKED, asked=date(2022, 6, day)) for day in (1, 2))
    for question in (ASKED, second, ASKED, third):
        asked.desk.answer(question)
    assert not asked.searches(ASKED)
    assert asked.searches(second)


def test_an_answer_that_is_too_large_is_given_and_not_kept(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MOST_BYTES", 100)
    asked = Asked(index)
    assert asked.searches(ASKED)
    assert asked.searches(ASKED)
