from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from bot.answer import Answer, Turn
from bot.archive_bot import ArchiveBot
from bot.ui.offered import named
from bot.ui.suggested import MOST_SUGGESTIONS, Suggested, suggest
from corpus.article import Article
from corpus.read import read
from corpus.sample import SAMPLE
from index.passage import ScoredPassage
from index.question import Question
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import ScriptedBot, abstention, bridge_answer, cite, quoting
from tests.index.building import build

QUESTION = Question("When did the harbour bridge reopen?")


def turn(answer: Answer) -> Turn:
    return Turn(answer.question.text, answer.text, answer.status, answer.citations)


def always() -> bool:
    return True


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ArchiveBot:
    index = tmp_path_factory.mktemp("index")
    build(index, read([SAMPLE]))
    return archive_bot(index)


def suggested(bot: ArchiveBot, question: Question) -> tuple[Answer, tuple[str, ...]]:
    answer = bot.answer(question)
    return answer, suggest(bot, question, answer, [turn(answer)], always)


def test_what_is_suggested_is_answered_in_words_that_were_not_shown(sample: ArchiveBot) -> None:
    answer, found = suggested(sample, QUESTION)
    assert answer.status == "answered"
    assert 1 <= len(found) <= MOST_SUGGESTIONS
    shown = {citation.quote for citation in answer.citations}
    for text in found:
        further = sample.answer(Question(text), [turn(answer)])
        assert further.status == "answered"
        assert further.count or {citation.quote for citation in further.citations} - shown


def test_neither_headlines_nor_questions_asked_before_are_suggested(sample: ArchiveBot) -> None:
    answer, found = suggested(sample, QUESTION)
    titles = {article.title for article in read([SAMPLE]) if isinstance(article, Article)}
    assert not {text.rstrip("?") for text in found} & titles
    asked_before = Turn(found[0].upper(), "It did.")
    again = suggest(sample, QUESTION, answer, [asked_before, turn(answer)], always)
    assert QUESTION.text not in found
    assert found[0] not in again


def test_nothing_is_suggested_that_is_declined_or_says_the_same_again() -> None:
    answer = bridge_answer(QUESTION)
    assert suggest(ScriptedBot(abstention), QUESTION, answer, [turn(answer)], always) == ()
    assert suggest(ScriptedBot(bridge_answer), QUESTION, answer, [turn(answer)], always) == ()


def test_nothing_is_tried_after_an_answer_that_declines_or_searched_nothing() -> None:
    bot = ScriptedBot()
    for answer in (abstention(QUESTION), replace(bridge_answer(QUESTION), citations=(), passages=())):
        assert suggest(bot, QUESTION, answer, [turn(answer)], always) == ()
    assert bot.asked == []


def test_suggestions_keep_the_limits_and_the_groups_of_the_question() -> None:
    question = replace(QUESTION, sources=("Post",), groups=("board",), plain=("harbour",))
    pier = Article("Pier opens", "The pier was opened by Ines Okafor. It rained in Port Maren.", source="Post")
    first, second = "The pier was opened by Ines Okafor.", "It rained in Port Maren."
    bot = ScriptedBot(lambda asked: quoting(asked, [cite(1, pier, second)]))
    found = suggest(bot, question, quoting(question, [cite(1, pier, first)]), [], always)
    assert found
    for asked, _ in bot.asked:
        assert (asked.sources, asked.groups, asked.plain) == (("Post",), ("board",), ())


def test_a_person_is_asked_about_only_if_no_question_has_the_family_name() -> None:
    text = "At Mill Palace the mayor met Ines Okafor, 42. It rained in Port Maren."
    answer = quoting(QUESTION, [cite(1, Article("Pier opens", text, source="Post"), "It rained in Port Maren.")])

    def tried(*before: str) -> list[str]:
        bot = ScriptedBot(abstention)
        suggest(bot, QUESTION, answer, [Turn(question, "It did.") for question in before], always)
        return [asked.text for asked, _ in bot.asked if asked.text.startswith("Who is ")]

    assert tried() == ["Who is Ines Okafor?"]
    assert tried("Did okafor open the pier?") == []


def test_a_fact_is_asked_of_cited_articles_only_and_nothing_about_an_outlet() -> None:
    cited = Article(
        "Vote", "Ines Okafor was elected mayor of Port Maren. It rained, The Port Week said.", source="Post"
    )
    other = Article("Vote", "Tom Ferrand was elected head of Old Lock, The Port Week said.", source="The Port Week UK")
    answer = quoting(QUESTION, [cite(1, cited, "It rained, The Port Week said.")])
    found = ScoredPassage(cite(1, other, other.text).passage, 1.0, {})
    bot = ScriptedBot(abstention)
    suggest(bot, QUESTION, replace(answer, passages=(*answer.passages, found)), [], always)
    tried = [asked.text for asked, _ in bot.asked]
    assert "Who was elected mayor of Port Maren?" in tried
    assert not [text for text in tried if text.startswith("Who was elected head")]
    assert not [text for text in tried if "Port Week" in text]


def test_nothing_is_tried_out_of_articles_that_the_caller_may_not_read(tmp_path: Path) -> None:
    opened = Article("Mill Pier opens", "The Mill Pier in Maren was opened by Ines Okafor.", source="Post")
    paid = Article("Mill Pier paid", "The Mill Pier was paid for by Tom Ferrand.", source="Post", groups=("board",))
    build(tmp_path, [opened, paid])
    bot = archive_bot(tmp_path, threshold=0.0)

    def tried(*groups: str) -> str:
        question, spy = Question("Who opened the Mill Pier?", groups=groups), ScriptedBot(abstention)
        suggest(spy, question, bot.answer(question), [], always)
        return " ".join(asked.text for asked, _ in spy.asked)

    assert "Ines Okafor" in tried()
    assert "Tom Ferrand" not in tried()
    assert "Tom Ferrand" in tried("board")


@pytest.mark.parametrize("stopping", ["busy", "gone"])
def test_a_busy_desk_and_a_visitor_who_goes_on_end_the_trying(sample: ArchiveBot, stopping: str) -> None:
    tried: list[str] = []
    gone = Event()

    def is_idle() -> bool:
        tried.append("")
        return stopping != "busy"

    if stopping == "gone":
        gone.set()
    answer = sample.answer(QUESTION)
    found: Callable[..., tuple[str, ...]] = Suggested(sample, is_idle).questions
    assert found(QUESTION, answer, [turn(answer)], gone) == ()
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rained in Kharkiv, Lviv and Port Maren.", ["Kharkiv", "Lviv", "Port Maren"]),
        ("Kharkiv was dark. Others spoke.", []),
        ("Kharkiv was dark. Then the mayor of Kharkiv spoke.", ["Kharkiv"]),
        ("The Russian army, Ukrainian drones, the Chinese, the Turkish and American ships met the Dutch.", []),
        ("Ships from Japan, Iran and Pakistan met the US fleet of NATO.", ["Japan", "Iran", "Pakistan", "NATO"]),
        ("A rise by the Bank of England was a surprise in Wales.", ["Wales"]),
        ("Flooding Is Widespread in Nevada. The town of Reno had widespread floods.", ["Nevada", "Reno"]),
        ("The Week in pictures: what Ruth saw in The Hague.", ["Ruth", "The Hague"]),
        ("It was a Storm, and a storm of Alma Reyes.", ["Alma Reyes"]),
        ("A march of pro-Alma Reyes crews in Wales.", ["Wales"]),
    ],
)
def test_questions_are_made_of_what_is_surely_a_name(text: str, names: list[str]) -> None:
    assert list(named(text)) == names


def test_only_one_answers_suggestions_are_worked_out_at_a_time(sample: ArchiveBot) -> None:
    answer, inner = sample.answer(QUESTION), list[tuple[str, ...]]()

    def is_idle() -> bool:
        inner.append(both.questions(QUESTION, answer, [], Event()))
        return True

    both = Suggested(sample, is_idle)
    assert both.questions(QUESTION, answer, [], Event())
    assert set(inner) == {()}
