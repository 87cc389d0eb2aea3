"""From an answer to safe HTML: every string that is not ours is escaped, and only http(s) addresses become links."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from bot.answer import Answer, Citation
from bot.answer.declining import nearest
from bot.answer.wording import day, narrowing, searched
from bot.ui.paragraphs import alike_marks, literal, paragraphs, strong
from corpus.article import Article
from index.question import Question
from index.split import Span

CONTEXT = 240
"""Characters shown on either side of a quote."""
NEAREST = 5
"""Articles listed under an answer that abstains."""


def web_address(url: str | None) -> str | None:
    """The URL if a reader may follow it: http or https, with a host, and nothing that is not a URL's character."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def question_html(question: Question) -> str:
    """What a visitor asked, letter for letter, with a line on how the search was narrowed."""
    narrowed = narrowing(question)
    note = f'<p class="narrowed">{literal(narrowed)}</p>' if narrowed else ""
    return f'<div class="question"><p>{literal(question.text)}</p>{note}</div>'


def pending_html(text: str = "", marks: Sequence[Span] | None = None) -> str:
    """An answer on its way, with as much of its text as has come; its marks lead nowhere yet."""
    if not text:
        return '<p class="waiting">Reading the archive…</p>'
    return f'<div class="answer streaming">{paragraphs(text, _bare_marks(text, marks))}</div>'


def notice_html(message: str, text: str = "", marks: Sequence[Span] | None = None) -> str:
    """One calm line on why there is no full answer, below the text that had come until then."""
    partial = f'<div class="answer">{paragraphs(text, _bare_marks(text, marks))}</div>' if text else ""
    return f'{partial}<p class="notice" role="status">{literal(message)}</p>'


def answer_html(answer: Answer, answer_id: str) -> str:
    """A finished answer with its sources.

    Args:
        answer: What the bot said.
        answer_id: Unique on the page; marks of this answer lead to the sources of this answer only.
    """
    if answer.status == "abstained":
        return _abstained_html(answer)
    body = f'{_reading(answer)}<div class="answer">{_text_html(answer, answer_id)}</div>'
    return body + _sources_html(answer, answer_id) if answer.citations else body


def _text_html(answer: Answer, answer_id: str) -> str:
    by_number = {citation.number: citation for citation in answer.citations}
    marks = alike_marks(answer.text) if answer.marks is None else answer.marks
    links = {}
    for start, end in marks:
        cited = by_number.get(int(answer.text[start + 1 : end - 1]))
        links[start, end] = _mark_link(cited, answer_id) if cited else literal(answer.text[start:end])
    words = {span: f'<span class="lead-in">{literal(answer.text[slice(*span)])}</span>' for span in _lead_ins(answer)}
    words |= {span: strong(answer.text[slice(*span)]) for span in answer.emphasis}
    return paragraphs(answer.text, links, words)


def _lead_ins(answer: Answer) -> Iterator[Span]:
    """Where a paragraph says whence its first quote comes: outlet, date, headline."""
    quotes = {f"[{citation.number}]": " ".join(citation.quote.split()) for citation in answer.citations}
    last = 0
    for start, end in answer.marks or ():
        paragraph = answer.text.rfind("\n\n", 0, start) + 2
        paragraph = paragraph if paragraph > 1 else 0
        quote = quotes.get(answer.text[start:end], "")
        place = start - 1 - len(quote)
        if last <= paragraph < place and quote and answer.text.startswith(quote, place):
            yield paragraph, place
        last = end


def _abstained_html(answer: Answer) -> str:
    """In our own words: an answer's text may name the nearest articles too, but it cannot link them."""
    near = nearest(answer.standalone_question, answer.passages)
    articles = _distinct(scored.passage.article for scored in near)
    rows = "".join(f"<li>{_headline(article)}{_signature(article)}</li>" for article in articles[:NEAREST])
    listed = f"<h4>The nearest articles</h4><ul>{rows}</ul>" if rows else ""
    return f'<div class="abstained">{_reading(answer)}<h3>The archive does not answer this.</h3>{listed}</div>'


def _reading(answer: Answer) -> str:
    """How the question was understood, where that is more than its words."""
    told = []
    if answer.standalone_question.strip() != answer.question.text.strip():
        told.append(f"Read as: {answer.standalone_question}")
    if limits := searched(answer):
        told.append(f"Searched {limits}")
    return "".join(f'<p class="reading">{literal(line)}</p>' for line in told)


def _distinct(articles: Iterable[Article]) -> list[Article]:
    return list({article.id: article for article in articles}.values())


def _bare_marks(text: str, marks: Sequence[Span] | None) -> dict[Span, str]:
    places = alike_marks(text) if marks is None else marks
    return {(start, end): f'<sup class="mark">{literal(text[start + 1 : end - 1])}</sup>' for start, end in places}


def _mark_link(citation: Citation, answer_id: str) -> str:
    article = citation.passage.article
    label = ", ".join(part for part in (f"Source {citation.number}: {article.title}", article.source) if part)
    address = f"#{answer_id}-{citation.number}"
    return f'<a class="mark" href="{address}" aria-label="{literal(label)}">{citation.number}</a>'


def _sources_html(answer: Answer, answer_id: str) -> str:
    """One row an article, in the order of their first marks."""
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.passage.article.id, []).append(citation)
    rows = "".join(_source_html(citations, answer, answer_id) for citations in cited.values())
    return f'<section class="sources" aria-label="Sources"><h4>Sources</h4>{rows}</section>'


def _source_html(citations: list[Citation], answer: Answer, answer_id: str) -> str:
    article = citations[0].passage.article
    numbers = ", ".join(str(citation.number) for citation in citations)
    copies = [copy for scored in answer.passages if scored.passage.article == article for copy in scored.also_in]
    quotes = "".join(f"<blockquote>{_excerpt(near, answer_id)}</blockquote>" for near in _neighbours(citations))
    return (
        f'<details class="source"><summary><span class="number">{numbers}</span><span class="headline">'
        f"<bdi>{literal(article.title)}</bdi>{_signature(article)}</span></summary>"
        f"{quotes}{_where(article)}{_also_in(_distinct(copies))}</details>"
    )


def _neighbours(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The quotes of one article in its order; those whose surroundings would touch stand together."""
    together: list[list[Citation]] = []
    for citation in sorted(citations, key=lambda citation: citation.start):
        if together and citation.start - together[-1][-1].end <= 2 * CONTEXT:
            together[-1].append(citation)
        else:
            together.append([citation])
    return together


def _excerpt(near: list[Citation], answer_id: str) -> str:
    """Quotes in the text around and between them."""
    text = near[0].passage.article.text
    place = max(0, near[0].start - CONTEXT)
    if place:
        place = text.find(" ", place, near[0].start) + 1 or near[0].start
    pieces = ["…" if place else ""]
    for citation in near:
        quote = _quote(citation, max(place, citation.start))
        pieces.append(literal(text[place : citation.start]))
        pieces.append(f'<mark id="{answer_id}-{citation.number}" data-number="{citation.number}">{quote}</mark>')
        place = max(place, citation.end)
    after = text[place : place + CONTEXT]
    if place + CONTEXT < len(text):
        after = f"{after[: after.rfind(' ') + 1].rstrip()}…"
    return "".join([*pieces, literal(after)])


def _quote(citation: Citation, start: int) -> str:
    """A quote from a place of its article on, the words that answer set off."""
    text, end = citation.passage.article.text, citation.end
    if citation.answer_start is None or citation.answer_end is None:
        return literal(text[start:end])
    first, last = (min(max(place, start), end) for place in (citation.answer_start, citation.answer_end))
    answer = strong(text[first:last]) if first < last else ""
    return f"{literal(text[start:first])}{answer}{literal(text[last:end])}"


def _signature(article: Article) -> str:
    source = f"<bdi>{literal(article.source)}</bdi>" if article.source else ""
    when = _time("published" if article.revised else "", article.published)
    if changed := _time("updated", article.revised):
        when = f"{when}, {changed}" if when else changed
    return f'<span class="signature">{" · ".join(part for part in (source, when) if part)}</span>'


def _time(label: str, moment: date | None) -> str:
    return f'{label} <time datetime="{moment.isoformat()}">{day(moment)}</time>'.lstrip() if moment else ""


def _headline(article: Article) -> str:
    return _link(article, f"<bdi>{literal(article.title)}</bdi>")


def _link(article: Article, label: str) -> str:
    address = web_address(article.url)
    if address is None:
        return label
    return f'<a class="away" href="{literal(address)}" target="_blank" rel="noopener noreferrer">{label}</a>'


def _where(article: Article) -> str:
    """The address in full: a link where it can be followed, plain text where it cannot."""
    return f'<p class="where">{_link(article, literal(article.url))}</p>' if article.url else ""


def _also_in(copies: Iterable[Article]) -> str:
    outlets = [_link(copy, f"<bdi>{literal(copy.source or copy.title)}</bdi>") for copy in copies]
    return f'<p class="also">Also in {", ".join(outlets)}</p>' if outlets else ""
