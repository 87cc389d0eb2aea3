"""What an answer rests on, a row an article: its quotes in the text around them, where it is, how to cite it.

Below that, what else was considered, and why: the words, the meaning and the day it shares with the question.
"""

from collections.abc import Collection, Iterable, Sequence

from bot.answer import Answer, Citation
from bot.ui.citing import citing_html
from bot.ui.language import Language
from bot.ui.links import link, read_button, web_address
from bot.ui.paragraphs import literal, strong
from bot.ui.signature import signature
from bot.ui.writing_system import speech
from corpus.article import Article
from index.passage import ScoredPassage
from index.split import sentences

CONTEXT = 240
"""Characters shown on either side of a quote, at most; the excerpt starts and ends with a sentence."""
SHOWN = 6
"""The most articles shown that were considered and are not cited."""
REASONS = ("words", "meaning", "day")
"""The parts of a score that are drawn."""


def sources_html(answer: Answer, answer_id: str, language: Language) -> str:
    """The cited articles in the order of their first marks, then what else was considered."""
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.passage.article.id, []).append(citation)
    rows = "".join(_source_html(citations, answer, answer_id, language) for citations in cited.values())
    rows += considered_html(answer, cited, language)
    title = literal(language.say("answer.sources"))
    return f'<section class="sources" aria-label="{title}"><h4>{title}</h4>{rows}</section>'


def _source_html(citations: list[Citation], answer: Answer, answer_id: str, language: Language) -> str:
    article = citations[0].passage.article
    numbers = language.comma([str(citation.number) for citation in citations])
    copies = [copy for scored in answer.passages if scored.passage.article == article for copy in scored.also_in]
    lang = speech(article.text, language.code)
    quotes = "".join(f"<blockquote{lang}>{_excerpt(near, answer_id)}</blockquote>" for near in _neighbours(citations))
    return (
        f'<details class="source"><summary><span class="number">{numbers}</span><span class="headline">'
        f"<bdi>{literal(article.title)}</bdi>{signature(article, language)}</span></summary>"
        f'{quotes}<p class="where">{_where(article, language)}</p>{_also_in(copies, language)}'
        f"{citing_html(article, language)}</details>"
    )


def _neighbours(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The quotes of one article in its order; those whose surroundings would touch are together."""
    together: list[list[Citation]] = []
    for citation in sorted(citations, key=lambda citation: citation.start):
        if together and citation.start - together[-1][-1].end <= 2 * CONTEXT:
            together[-1].append(citation)
        else:
            together.append([citation])
    return together


def _excerpt(near: Sequence[Citation], answer_id: str) -> str:
    """Quotes in the text around and between them."""
    text = near[0].passage.article.text
    last = max(citation.end for citation in near)
    place, end = _start(text, near[0].start), _end(text, last)
    pieces = ["… " if place else ""]
    for citation in near:
        quote = _quote(citation, max(place, citation.start))
        pieces.append(literal(text[place : citation.start]))
        pieces.append(f'<mark id="{answer_id}-{citation.number}" data-number="{citation.number}">{quote}</mark>')
        place = max(place, citation.end)
    after = literal(text[place:end].rstrip())
    return "".join([*pieces, after, " …" if text[end:].strip() else ""])


def _start(text: str, quote: int) -> int:
    """Where the excerpt before a quote starts: with the earliest sentence that is near enough."""
    first = max(0, quote - CONTEXT)
    starts = [start + first for start, _ in sentences(text[first:quote])]
    return next(iter(starts[1:] if first else starts), quote)  # the first is cut, unless the text begins with it


def _end(text: str, quote: int) -> int:
    """Where the excerpt behind a quote ends: with the last sentence that is near enough."""
    ends = [end + quote for _, end in sentences(text[quote : quote + CONTEXT])]
    return next((end for end in reversed(ends) if end == len(text) or end < quote + CONTEXT), quote)


def _quote(citation: Citation, start: int) -> str:
    """A quote from a place of its article on, the words that answer set off."""
    text, end = citation.passage.article.text, citation.end
    if citation.answer_start is None or citation.answer_end is None:
        return literal(text[start:end])
    first, last = (min(max(place, start), end) for place in (citation.answer_start, citation.answer_end))
    answer = strong(text[first:last]) if first < last else ""
    return f"{literal(text[start:first])}{answer}{literal(text[last:end])}"


def _where(article: Article, language: Language) -> str:
    """How to read on: the whole article here, and its address, a link where it can be followed."""
    read = read_button(article, literal(language.say("article.read")))
    if not article.url:
        return read
    address = f"<bdi>{literal(article.url)}</bdi>"
    return f"{read} {link(article, address) if web_address(article.url) else f'<span>{address}</span>'}"


def _also_in(copies: Iterable[Article], language: Language) -> str:
    """The outlets that ran the same story, each once."""
    distinct = {copy.id: copy for copy in copies}.values()
    outlets = [link(copy, f"<bdi>{literal(copy.source or copy.title)}</bdi>") for copy in distinct]
    line = language.say("answer.also_in", outlets=language.comma(outlets))
    return f'<p class="also">{line}</p>' if outlets else ""


def considered_html(answer: Answer, cited: Collection[str], language: Language) -> str:
    """The articles that were considered and not cited, best first, folded; nothing if there are none.

    Args:
        answer: Whose passages were considered.
        cited: The ids of the articles that it cites.
        language: Of labels and days.
    """
    best: dict[str, ScoredPassage] = {}
    for scored in answer.passages:
        if scored.passage.article.id not in cited:
            best.setdefault(scored.passage.article.id, scored)
    if not best:
        return ""
    cards = "".join(_card(scored, answer.passages, language) for scored in list(best.values())[:SHOWN])
    title = literal(language.say("answer.considered"))
    return f'<details class="considered"><summary>{title}</summary><ul>{cards}</ul></details>'


def _card(scored: ScoredPassage, among: Sequence[ScoredPassage], language: Language) -> str:
    article = scored.passage.article
    return (
        f"<li>{read_button(article, f'<bdi>{literal(article.title)}</bdi>')}"
        f"{signature(article, language)}{_bars(scored, among, language)}</li>"
    )


def _bars(scored: ScoredPassage, among: Sequence[ScoredPassage], language: Language) -> str:
    """A bar for each reason: how much of it the passage has, of the most that any that was considered has."""
    bars = []
    for part in REASONS:
        most = max((other.parts.get(part, 0.0) for other in among), default=0.0)
        if part in scored.parts and most > 0:
            share = round(100 * max(0.0, scored.parts[part]) / most)
            label = literal(language.say(f"answer.{part}"))
            bars.append(
                f'<span class="reason">{label}<span class="bar" role="meter" aria-label="{label}" aria-valuemin="0" '
                f'aria-valuemax="100" aria-valuenow="{share}" style="--share:{share}%"></span></span>'
            )
    return f'<span class="reasons">{"".join(bars)}</span>' if bars else ""
