"""Explains why the archive does not answer: what it lacks, what is nearest, what to ask instead."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import digits

from bot.answer.declined import Declined
from bot.answer.wording import DECLINED, Wording, cut, listed, on_one_line, origin
from bot.note import Note
from bot.question.phrases import PLACING, PREPOSITIONS, phrases
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.time.period import Period
from index.words import code_forms, codes, content_words

NAMED = 3
"""Nearest articles, and similar codes, named in the text."""
LISTED = 5
"""Nearest articles that are listed."""
BEFORE_NAMES = PLACING | PREPOSITIONS | {"about", "of", "over", "on"}
"""Words removed from a question together with the name that they precede."""
RESTRICTING = {"in", "at", "from", "near", "for"}
"""Those that say which one is meant of the noun that they follow, as "the fish market in Berlin"; "of" always does."""
MEANT = 3
"""Content words, usually a verb's and two more, without which a question means something else or nothing."""


def decline(
    passages: Sequence[ScoredPassage], question: str, lacking: Sequence[str] = (), outlet: str = ""
) -> Declined:
    """The reasons why a question is not answered.

    The nearest articles are near to the question. For a code that does not occur, they are those on similar codes: F-16
    for F-15.

    Args:
        passages: The passages considered, best first.
        question: Standalone.
        lacking: Names and codes of it that occur in no article.
        outlet: An outlet that it asks for and that has no article here.
    """
    kin = _kin(lacking, passages)
    near = [scored for scored, own in zip(passages, kin, strict=True) if own] or nearest(question, passages)
    articles = dict.fromkeys(scored.passage.article for scored in near)
    forms = dict.fromkeys(form for own in kin for form in own)
    return Declined(tuple(lacking), outlet, tuple(forms)[:NAMED], tuple(articles)[:LISTED])


def declined_wording(declined: Declined) -> Wording:
    """The reasons in a few sentences, which are one note."""
    return Wording(()).behind([[Note("declined", _text(declined), {"declined": declined})]])


def _text(declined: Declined) -> str:
    said = [DECLINED]
    if declined.outlet:
        said.append(no_outlet(declined.outlet).text)
    if declined.lacking:
        names = listed([cut(on_one_line(each)) for each in declined.lacking], "or")
        said.append(f"No article mentions {names}.")
    if declined.nearest:
        about = f", about {listed(declined.kin, 'or')}" if declined.kin else ""
        said.append(f"Nearest{about}: {'; '.join(map(_named, declined.nearest[:NAMED]))}.")
    return " ".join(said)


def no_outlet(outlet: str) -> Note:
    """Says that an outlet has no article here."""
    return Note("no_outlet", f"No article here is from {outlet}.", {"outlet": outlet})


def rewordings(question: Question, declined: Declined, period: Period | None) -> Iterator[Question]:
    """Similar questions to one that is not answered, the most similar first; they may not be answered either.

    A code is replaced by similar codes, a name that does not occur is removed with its preposition, and so is
    the period in the words; last, the limits set by hand are removed.

    Args:
        question: Standalone, with the limits set by hand.
        declined: What the archive lacks of it.
        period: The period that its words name.
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
    if question.is_limited:
        yield replace(question, since=None, until=None, sources=())


def nearest(question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The passages that share a name or half of its content words with a question.

    The ranking always has a first passage, however far from the question.
    """
    wanted = content_words(question)
    names = set[str]().union(*(phrase.words for phrase in phrases(question) if phrase.sort == "name"))
    telling = content_words(" ".join(sorted(names)))

    def near(passage: Passage) -> bool:
        held = content_words(passage.indexed_text)
        return bool(telling & held) or 2 * len(wanted & held) >= len(wanted) > 0

    return [scored for scored in passages if near(scored.passage)]


def _without_names(question: Question, lacking: Sequence[str]) -> Iterator[Question]:
    """The question without the names and their prepositions.

    Nothing where a name has none, as a subject, where it says which one of several is meant, and where little is left.
    """
    text = question.text
    named = [phrase for phrase in phrases(text) if phrase.sort == "name"]
    for phrase in sorted(phrases(text), key=lambda phrase: -phrase.start):
        if phrase.text not in lacking:
            continue
        before = text[: phrase.start].rstrip()
        while before.rpartition(" ")[2].lower() in {"the", "a", "an"}:
            before = before.rpartition(" ")[0].rstrip()
        kept, _, preposition = before.rpartition(" ")
        follows_name = any(kept.endswith(name.text) for name in named)
        preposition = preposition.lower()
        if preposition not in BEFORE_NAMES or preposition == "of" or (preposition in RESTRICTING and not follows_name):
            return
        text = f"{kept} {text[phrase.start + len(phrase.text) :]}"
    left = [word for phrase in phrases(text) if phrase.sort in {"name", "word"} for word in phrase.text.split()]
    if text != question.text and len(left) >= MEANT:
        yield replace(question, text=_tidied(text))


def _tidied(text: str) -> str:
    """A question after words were removed, with spaces and first letter corrected."""
    tidy = " ".join(text.split()).lstrip(",;: ")
    for sign in "?!.,;:":
        tidy = tidy.replace(f" {sign}", sign)
    return tidy[:1].upper() + tidy[1:]


def _kin(lacking: Sequence[str], passages: Sequence[ScoredPassage]) -> list[tuple[str, ...]]:
    """For each passage, its codes with the letters of a lacking one, as the passage writes them."""
    letters = {code.rstrip(digits) for code in codes(" ".join(lacking))}
    return [
        tuple(form for code, form in code_forms(scored.passage.indexed_text).items() if code.rstrip(digits) in letters)
        for scored in passages
    ]


def _named(article: Article) -> str:
    """A headline with its origin, on one line."""
    place = ", ".join(origin(article))
    return f"“{cut(on_one_line(article.title))}”" + (f" ({place})" if place else "")
