"""From an answer to safe HTML: every string that is not ours is escaped, and only http(s) addresses become links."""

from collections.abc import Sequence

from bot.answer import Answer
from bot.answer.wording import search_reach
from bot.ui.body import body_html
from bot.ui.declined_box import declined_html
from bot.ui.language import ENGLISH, Language
from bot.ui.narrowed import limits, window
from bot.ui.paragraphs import literal, marks_in, paragraphs
from bot.ui.sources import sources_html
from index.question import Question
from index.split import Span


def question_html(question: Question, language: Language = ENGLISH) -> str:
    """What a visitor asked, letter for letter, with a line on how the search was narrowed."""
    narrowed = limits(question, language)
    note = f'<p class="narrowed">{literal(narrowed)}</p>' if narrowed else ""
    return f'<div class="question"><p dir="auto">{literal(question.text)}</p>{note}</div>'


def pending_html(text: str = "", marks: Sequence[Span] | None = None, language: Language = ENGLISH) -> str:
    """An answer on its way, with as much of its text as has come; its marks lead nowhere yet."""
    if not text:
        return f'<p class="waiting">{literal(language.say("answer.waiting"))}</p>'
    return f'<div class="answer streaming">{paragraphs(text, _bare_marks(text, marks))}</div>'


def notice_html(message: str, text: str = "", marks: Sequence[Span] | None = None) -> str:
    """One calm line on why there is no full answer, below the text that had come until then."""
    partial = f'<div class="answer">{paragraphs(text, _bare_marks(text, marks))}</div>' if text else ""
    return f'{partial}<p class="notice" role="status">{literal(message)}</p>'


def answer_html(answer: Answer, answer_id: str, language: Language = ENGLISH) -> str:
    """A finished answer with its sources.

    Args:
        answer: What the bot said.
        answer_id: Unique on the page; marks of this answer lead to the sources of this answer only.
        language: Of what the page says around it.
    """
    if answer.status == "abstained":
        return _reading_html(answer, language) + declined_html(answer, language)
    sources = sources_html(answer, answer_id, language) if answer.citations else ""
    return body_html(answer, answer_id, language) + _reading_html(answer, language) + sources


def reading(answer: Answer, language: Language = ENGLISH) -> list[str]:
    """How the question was understood, where that is more than its words."""
    lines = []
    if answer.standalone_question.strip() != answer.question.text.strip():
        lines.append(language.say("answer.read_as", question=answer.standalone_question))
    if reach := search_reach(answer):
        lines.append(language.say(f"answer.{reach[0]}", limits=window(reach[1], language)))
    return lines


def _reading_html(answer: Answer, language: Language) -> str:
    return "".join(f'<p class="note reading">{literal(line)}</p>' for line in reading(answer, language))


def _bare_marks(text: str, marks: Sequence[Span] | None) -> dict[Span, str]:
    return {
        (start, end): f'<sup class="mark">{literal(text[start + 1 : end - 1])}</sup>'
        for start, end in marks_in(text, marks)
    }
