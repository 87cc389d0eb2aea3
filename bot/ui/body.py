"""An answer's text as HTML: the quotes first and large, each with its outlet and day below it; notes as notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer import Answer, Citation
from bot.answer.wording import needs_headline
from bot.ui.language import Language
from bot.ui.paragraphs import borders, literal, marks_in, paragraph, strong, unbroken
from bot.ui.signature import signature, time_html
from bot.ui.writing_system import speech
from index.split import Span

OPEN = 3
"""Articles whose quotes are shown at once; the others are folded away."""
LARGE = 220
"""Characters: a first quote that is no longer is set large."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A paragraph of quotes.

    Attributes:
        html: The quotes with their marks.
        citations: What the marks refer to; all of one article.
        text: What is quoted.
    """

    html: str
    citations: tuple[Citation, ...]
    text: str


def body_html(answer: Answer, answer_id: str, language: Language) -> str:
    """The answer's text.

    Args:
        answer: One that is not declined.
        answer_id: Unique on the page; its marks lead to its own sources.
        language: Of days and labels.
    """
    text, set_off = _set_off(answer, answer_id, language)
    before, quoted, after = list[str](), list[_Quoted](), list[str]()
    for start, end in borders(answer.text):
        own = [span for span in answer.quotes if start <= span[0] and span[1] <= end]
        if own:
            inside = paragraph(text, own[0][0], end, set_off)
            quoted.append(_Quoted(inside, _cited(answer, start, end), answer.text[own[0][0] : end]))
        else:
            note = any(first <= start and end <= last for first, last in answer.notes)
            written = answer.answerer == "llm"  # else the bot's own words, in the page's language
            kind = ' class="note"' if note else speech(answer.text[start:end], language.code if written else "en")
            (after if quoted else before).append(f"<p{kind}>{paragraph(text, start, end, set_off)}</p>")
    dated = answer.shape != "fact"
    quotes = "".join(before) + _quotes(quoted, dated, language) + "".join(after)
    return f'<div class="answer{" rail" if dated and len(quoted) > 1 else ""}">{quotes}</div>'


def _quotes(quoted: Sequence[_Quoted], dated: bool, language: Language) -> str:
    """The quotes, the first few open; where they are dated, under their days."""
    shown, last = list[str](), ""
    for place, one in enumerate(quoted):
        day = _day(one, language) if dated else ""
        label = f'<p class="day">{day}</p>' if day and day != last else ""
        shown.append(_figure(one, label, dated, place == 0, language))
        last = day
    more = len(shown) - OPEN
    if more <= 0:
        return "".join(shown)
    label, hidden = literal(language.say("answer.more", n=more)), "".join(shown[OPEN:])
    folded = f'<details class="more"><summary>{label}</summary>{hidden}</details>'
    return "".join(shown[:OPEN]) + folded


def _figure(quoted: _Quoted, day: str, dated: bool, first: bool, language: Language) -> str:
    article = quoted.citations[0].passage.article if quoted.citations else None
    size = " large" if first and not dated and len(quoted.text) <= LARGE else ""
    quote = f"<p{speech(quoted.text, language.code)}>{quoted.html}</p>"
    if article is None:
        return f'<figure class="quote{size}">{quote}</figure>'
    signed = signature(article, language, dated=not dated or not article.published)
    about = f'<bdi class="about">{literal(article.title)}</bdi>' if needs_headline(quoted.citations) else ""
    return f'<figure class="quote{size}">{day}{quote}<figcaption>{about}{signed}</figcaption></figure>'


def _day(quoted: _Quoted, language: Language) -> str:
    """The day of an article, without its time."""
    published = quoted.citations[0].passage.article.published if quoted.citations else None
    return time_html(date(published.year, published.month, published.day), language) if published else ""


def _cited(answer: Answer, start: int, end: int) -> tuple[Citation, ...]:
    """What the marks of a paragraph refer to."""
    by_number = {citation.number: citation for citation in answer.citations}
    numbers = [int(answer.text[first + 1 : last - 1]) for first, last in _marks(answer) if start <= first < end]
    return tuple(by_number[number] for number in numbers if number in by_number)


def _marks(answer: Answer) -> Sequence[Span]:
    return marks_in(answer.text, answer.marks)


def _set_off(answer: Answer, answer_id: str, language: Language) -> tuple[str, dict[Span, str]]:
    """The text with no break before its marks, and what is shown for marks and for the words that answer."""
    by_number = {citation.number: citation for citation in answer.citations}
    set_off = {span: strong(answer.text[slice(*span)]) for span in answer.emphasis}
    for start, end in _marks(answer):
        cited = by_number.get(int(answer.text[start + 1 : end - 1]))
        set_off[start, end] = _mark_link(cited, answer_id, language) if cited else literal(answer.text[start:end])
    return unbroken(answer.text, _marks(answer)), set_off


def _mark_link(citation: Citation, answer_id: str, language: Language) -> str:
    """A mark; reader.js shows what it refers to."""
    article = citation.passage.article
    source = language.say("answer.source", n=citation.number, title=article.title)
    label = language.comma([source, article.source] if article.source else [source])
    return (
        f'<a class="mark" href="#{answer_id}-{citation.number}" aria-label="{literal(label)}" aria-haspopup="dialog" '
        f'data-article="{article.id}" data-start="{citation.start}" data-quote="{literal(citation.quote)}">'
        f"{citation.number}</a>"
    )
