"""Says that the archive does not answer: what of the question it lacks, what is nearest, what to ask instead."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import digits

from bot.answer.declined import Declined
from bot.answer.wording import DECLINED, cut, listed, on_one_line, origin
from bot.question.phrases import PLACING, PREPOSITIONS, phrases
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.time.period import Period
from index.words import code_forms, codes, content_words

NAMED = 3
"""Nearest articles, and codes of kin, that the text names."""
LISTED = 5
"""Nearest articles that are listed."""
BEFORE_NAMES = PLACING | PREPOSITIONS | {"about", "of", "over", "on"}
"""Words that go with a name that is taken out of a question."""


def decline(
    passages: Sequence[ScoredPassage], question: str, lacking: Sequence[str] = (), outlet: str = ""
) -> Declined:
    """What is known of a question that is not answered.

    The nearest articles are near to the question. Of a code that none mentions, they are the ones on its kin: F-16 for
    F-15.

    Args:
        passages: What was considered, best first.
        question: Made to stand alone.
        lacking: Names and codes of it that no article mentions.
        outlet: An outlet that it asks for and that has no article here.
    """
    kin = _kin(lacking, passages)
    near = [scored for scored, own in zip(passages, kin, strict=True) if own] or nearest(question, passages)
    articles = dict.fromkeys(scored.passage.article for scored in near)
    forms = dict.fromkeys(form for own in kin for form in own)
    return Declined(tuple(lacking), outlet, tuple(forms)[:NAMED], tuple(articles)[:LISTED])


def declined_text(declined: Declined) -> str:
    """The same in a few sentences."""
    said = [DECLINED]
    if declined.outlet:
        said.append(no_outlet(declined.outlet))
    if declined.lacking:
        said.append(no_mention(declined.lacking))
    if declined.nearest:
        about = f", about {listed(declined.kin, 'or')}" if declined.kin else ""
        said.append(f"Nearest{about}: {'; '.join(map(_named, declined.nearest[:NAMED]))}.")
    return " ".join(said)


def no_outlet(outlet: str) -> str:
    """Says that an outlet has no article here."""
    return f"No article here is from {outlet}."


def no_mention(lacking: Sequence[str]) -> str:
    """Says that no article mentions these names."""
    return f"No article mentions {listed([cut(on_one_line(each)) for each in lacking], 'or')}."


def rewordings(question: Question, declined: Declined, period: Period | None) -> Iterator[Question]:
    """Questions near to one that is not answered, the nearest first; whether any is answered is not known.

    A code becomes its kin, a name that no article mentions is left out with its preposition, and so are the days that
    the words ask for; last the limits that were set by hand are lifted.

    Args:
        question: Made to stand alone, with the limits that were set by hand.
        declined: What the archive lacks of it.
        period: The time that its words name.
    """
    text = question.text
    if declined.kin:
        letters = {code.rstrip(digits): form for form in declined.kin for code in codes(form)}
        for code, form in code_forms(text).items():
            if form in declined.lacking and code.rstrip(digits) in letters:
                yield replace(question, text=text.replace(form, letters[code.rstrip(digits)]))
    elif declined.lacking:
        yield from _without_names(question, declined.lacking)
    if period and period.words in text:
        yield replace(question, text=_tidied(text.replace(period.words, "")))
    if question.since or question.until or question.sources:
        yield replace(question, since=None, until=None, sources=())


def nearest(question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The passages that share a name or half of its telling words with a question.

    The ranking always has a first, however far it is from what was asked.
    """
    wanted = content_words(question)
    names = set[str]().union(*(phrase.words for phrase in phrases(question) if phrase.sort == "name"))
    telling = content_words(" ".join(sorted(names)))

    def near(passage: Passage) -> bool:
        held = content_words(passage.indexed_text)
        return bool(telling & held) or 2 * len(wanted & held) >= len(wanted) > 0

    return [scored for scored in passages if near(scored.passage)]


def _without_names(question: Question, lacking: Sequence[str]) -> Iterator[Question]:
    """The question without the names and their prepositions; nothing where a name has none, as the subject has."""
    text = question.text
    for phrase in sorted(phrases(text), key=lambda phrase: -phrase.start):
        if phrase.text not in lacking:
            continue
        before = text[: phrase.start].rstrip()
        while before.rpartition(" ")[2].lower() in {"the", "a", "an"}:
            before = before.rpartition(" ")[0].rstrip()
        if before.rpartition(" ")[2].lower() not in BEFORE_NAMES:
            return
        text = f"{before.rpartition(' ')[0]} {text[phrase.start + len(phrase.text) :]}"
    if text != question.text:
        yield replace(question, text=_tidied(text))


def _tidied(text: str) -> str:
    """A question that words were taken out of, with its spaces and its first letter mended."""
    tidy = " ".join(text.split()).lstrip(",;: ")
    for sign in "?!.,;:":
        tidy = tidy.replace(f" {sign}", sign)
    return tidy[:1].upper() + tidy[1:]


def _kin(lacking: Sequence[str], passages: Sequence[ScoredPassage]) -> list[tuple[str, ...]]:
    """For each passage, its codes with the letters of one that is lacking, as it writes them."""
    letters = {code.rstrip(digits) for code in codes(" ".join(lacking))}
    return [
        tuple(form for code, form in code_forms(scored.passage.indexed_text).items() if code.rstrip(digits) in letters)
        for scored in passages
    ]


def _named(article: Article) -> str:
    """A headline with its origin, on one line."""
    told = ", ".join(origin(article))
    return f"“{cut(on_one_line(article.title))}”" + (f" ({told})" if told else "")
