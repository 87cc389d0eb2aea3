import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Trace, Turn
from bot.ui.browser_record import MOST_EXCHANGES
from bot.ui.conversation import Conversation, Exchange, ask, refuse
from bot.ui.messages import messages
from bot.ui.restored import restore
from bot.ui.saved import to_saved
from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, ScriptedBot, abstention, answered, bridge_answer, cite, passage_of

LONG = Article(
    "A long report", "word " * 400 + "The crane fell on Friday. " + "more " * 400, "https://example.org/crane"
)


def after(bot: ScriptedBot, *questions: Question) -> Conversation:
    so_far: Conversation = ()
    for question in questions:
        *_, so_far = ask(bot, so_far, question)
    return so_far


def kept(conversation: Conversation) -> str:
    return json.dumps(to_saved(conversation))


def without_explanation(html: str) -> str:
    """What of a reply comes back: all but how it came about, and where in a long article a quote is, for an excerpt."""
    return re.sub(r' data-start="\d+"', "", html.partition('<details class="how">')[0])


def archive(*articles: Article) -> Any:
    known = {article.id: article for article in articles}

    def lookup(ids: Sequence[str]) -> Mapping[str, Article]:
        return {name: known[name] for name in ids if name in known}

    return lookup


@pytest.mark.parametrize("known", [(), (BRIDGE, FERRY, LONG)])
@pytest.mark.parametrize(
    "script", [None, abstention, lambda question: answered(question, [cite(1, LONG, "The crane fell on Friday.")])]
)
def test_a_kept_conversation_comes_back_as_it_was_shown(script: Any, known: tuple[Article, ...]) -> None:
    narrowed = Question("And the cost?", date(2022, 6, 1), date(2022, 5, 1), date(2022, 5, 31), ("The Harbour Post",))
    bot = ScriptedBot(script) if script else ScriptedBot()
    so_far = after(bot, Question("When did it <b>reopen</b>?"), narrowed)
    back = restore(kept(so_far), archive(*known))
    assert [one.question for one in back] == [one.question for one in so_far]
    assert [one.id for one in back] == [one.id for one in so_far]
    shown = [[without_explanation(one.reply_html) for one in them] for them in (back, so_far)]
    assert shown[0] == shown[1]
    assert [(one.turn.question, one.turn.answer) for one in back if one.turn] == [
        (one.turn.question, one.turn.answer) for one in so_far if one.turn
    ]
    again = restore(kept(back), archive(*known))
    assert [one.reply_html for one in again] == [one.reply_html for one in back]


def test_how_an_answer_came_about_comes_back_with_it() -> None:
    parts = {"words": 0.4, "meaning": 0.3}
    considered = tuple(ScoredPassage(passage_of(LONG), 0.7, parts=parts) for _ in range(30))

    def script(question: Question) -> Answer:
        answer = bridge_answer(question)
        return replace(answer, passages=answer.passages + considered, trace=Trace(timings_ms={"retrieve": 12.0}))

    so_far = after(ScriptedBot(script), Question("When?"))
    (back,) = restore(kept(so_far))
    assert "Also considered" in back.reply_html
    assert "How this answer came about" in back.reply_html
    assert "0.700 = words 0.40 + meaning 0.30  A long report" in back.reply_html
    assert "retrieve 12 ms" in back.reply_html
    assert len(kept(so_far)) < 2 * len(kept(after(ScriptedBot(), Question("When?"))))


def test_of_an_answer_kept_by_an_earlier_version_only_that_is_left_out() -> None:
    saved = json.loads(kept(after(ScriptedBot(), Question("When?"))))
    del saved[0]["answer"]["timings"]
    for passage in saved[0]["answer"]["passages"]:
        del passage["score"], passage["parts"]
    (back,) = restore(json.dumps(saved))
    assert back.answer
    assert "How this answer came about" not in back.reply_html


def test_an_excerpt_is_shown_where_the_archive_has_another_text_by_now() -> None:
    so_far = after(ScriptedBot(), Question("When?"))
    rewritten = replace(BRIDGE, text="Something else.")
    (back,) = restore(kept(so_far), archive(rewritten))
    assert without_explanation(back.reply_html) == without_explanation(so_far[0].reply_html)


def test_only_the_surroundings_of_a_quote_are_kept() -> None:
    so_far = after(
        ScriptedBot(lambda question: answered(question, [cite(1, LONG, "The crane fell on Friday.")])),
        Question("When?"),
    )
    assert len(kept(so_far)) < len(LONG.text)


def test_failed_and_unfinished_answers_are_kept_with_the_reason() -> None:
    failed = refuse(after(ScriptedBot(), Question("fail")), "x" * 3_000, "too <b>long</b>")
    growing = ask(ScriptedBot(), failed, Question("slow"))
    next(growing)
    first, second, third = restore(kept(next(growing)))
    assert "Something went wrong" in first.reply_html
    assert "too &lt;b&gt;long&lt;/b&gt;" in second.reply_html
    assert "Stopped." in third.reply_html
    assert [one.turn for one in (first, second, third)] == [Turn("fail", "Engineers"), None, Turn("slow", "Engineers")]


def test_characters_that_cannot_be_sent_become_question_marks() -> None:
    so_far = (Exchange(Question("Who? \ud800"), "", notice="gone"),)
    assert json.loads(kept(so_far))[0]["question"]["text"] == "Who? ?"


def test_the_last_exchanges_of_a_long_conversation_are_kept() -> None:
    so_far = tuple(Exchange(Question(str(number)), "", notice="gone") for number in range(MOST_EXCHANGES + 5))
    assert to_saved(so_far)[0]["question"]["text"] == "5"
    plain = json.loads(kept(so_far))
    assert len(restore(json.dumps(plain * 3))) == MOST_EXCHANGES


@pytest.mark.parametrize(
    "hostile",
    ["", "null", "{}", "[1, null, {}]", "[" * 100_000, "[]" + " " * 2_000_000, '[{"id": "' + "0" * 32 + '"}]'],
)
def test_invalid_input_is_no_conversation(hostile: str) -> None:
    assert restore(hostile) == ()


def damaged() -> st.SearchStrategy[Any]:
    scary = st.one_of(
        st.text(), st.just('"><img src=x onerror=alert(1)>'), st.integers(), st.none(), st.just([]), st.floats()
    )
    return st.tuples(st.integers(0, 200), scary)


@settings(max_examples=40, deadline=None)
@given(st.lists(damaged(), min_size=1, max_size=6))
def test_a_damaged_conversation_never_becomes_markup_or_an_error(changes: list[tuple[int, Any]]) -> None:
    plain = json.loads(kept(after(ScriptedBot(), Question("When?"), Question("Who?"))))
    for number, value in changes:
        leaves = list(_leaves(plain))
        holder, key = leaves[number % len(leaves)]
        holder[key] = value
    text = json.dumps(plain).encode("utf-8", "replace").decode()
    shown = "".join(message.content[0].value for message in messages(restore(text)))  # type: ignore[union-attr]
    assert "<img" not in shown


def _leaves(value: Any) -> Any:
    places = enumerate(value) if isinstance(value, list) else value.items()
    for key, inside in places:
        if isinstance(inside, list | dict) and inside:
            yield from _leaves(inside)
        else:
            yield value, key


def test_the_moment_of_a_question_comes_back_with_its_zone() -> None:
    asked = datetime.fromisoformat("2022-06-01T10:00:00+02:00")
    (back,) = restore(kept(after(ScriptedBot(), Question("When?", asked))))
    assert back.question.asked == asked


@pytest.mark.parametrize(("text", "asked", "day"), [
    ("When?", datetime(2022, 6, 1, 10, tzinfo=UTC), None),
    ("What happened yesterday?", datetime(2022, 6, 1, 10, tzinfo=UTC), "2022-06-01"),
    ("When?", date(2022, 5, 1), "2022-05-01"),
])  # fmt: skip
def test_a_link_carries_the_day_set_by_hand_or_that_its_words_are_relative_to(
    text: str, asked: date, day: str | None
) -> None:
    assert to_saved(after(ScriptedBot(), Question(text, asked)))[0]["link_day"] == day
