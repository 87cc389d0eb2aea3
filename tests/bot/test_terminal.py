import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import typer
from typer.testing import CliRunner

from bot.answer import Answer
from bot.answer.wording import worded
from bot.commands.terminal import answer_lines
from corpus.article import Article
from index.question import Question
from tests.bot.fakes import BRIDGE, answered, cite

NOTED = Article("Note", "As [1] says,\tit cost \x1b[31m41 million\x03 crowns [9].", source="Gazette\x1b[2J")


def quoting(article: Article, words: str) -> Answer:
    start = article.text.index(words)
    cited = replace(cite(1, article, article.text), answer_start=start, answer_end=start + len(words))
    wording = worded([cited])
    answer = answered(Question("What did it cost?"), [cited], wording.text)
    return replace(answer, emphasis=wording.emphasis, marks=wording.marks)


def test_the_words_that_answer_are_bold_and_only_real_marks_are_faint() -> None:
    text = "\n".join(answer_lines(quoting(NOTED, "41 million")))
    assert "\x1b[1m41 million\x1b[0m" in text
    assert text.count("\x1b[2m") == 1
    assert "\x1b[2m[1]\x1b[0m" in text
    assert "As [1] says, it cost \\x1b[31m" in text
    assert text.count("\x1b") == 4


def test_a_source_that_was_changed_on_a_later_day_says_so() -> None:
    changed = replace(BRIDGE, updated=date(2022, 5, 18))
    shown = " ".join("\n".join(answer_lines(quoting(changed, "41 million crowns"))).split())
    assert "(The Harbour Post, 16 May 2022, updated 18 May 2022)" in shown
    morning, noon = (datetime(2022, 5, 16, hour, tzinfo=UTC) for hour in (8, 12))
    on_the_day = replace(BRIDGE, published=morning, updated=noon)
    assert "updated" not in "\n".join(answer_lines(quoting(on_the_day, "41 million crowns")))


def test_output_that_is_no_terminal_is_plain() -> None:
    shown = typer.Typer()
    shown.command()(lambda: [typer.echo(line) for line in answer_lines(quoting(BRIDGE, "41 million crowns"))] and None)
    printed = CliRunner().invoke(shown, []).stdout
    assert "41 million crowns" in " ".join(printed.split())
    assert "\x1b" not in printed


@pytest.mark.parametrize("width", [20, 40, 100])
def test_lines_keep_to_the_width_whatever_is_bold(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    paragraphs = "\n".join(answer_lines(quoting(BRIDGE, "41 million crowns"))).split("[1] ")[0]
    bare = re.sub(r"\x1b\[\dm", "", paragraphs)
    assert max(map(len, bare.splitlines())) <= width
