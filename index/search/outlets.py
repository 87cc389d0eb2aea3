"""The outlets that a question names as its source, and whether given outlets exist."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from corpus.errors import SettingsError
from index.question import LONGEST_QUESTION

LISTED = 3
"""Outlets suggested for an unknown one."""
LIKENESS = 0.55
"""From 0 to 1; below it, two names are two outlets rather than two spellings."""
LONGEST_NAME = 80
"""Characters shown of a name."""
COMMON = re.compile(
    r"atlantic|conversation|economist|express|fortune|forward|globe|guardian|herald|hill|i|independent|intercept|life"
    r"|mail|metro|mirror|money|nation|nature|observer|outside|people|politico|post|record|salon|science|slate|standard"
    r"|star|sun|telegraph|times?|tribune|us|variety|verge|vice|vogue|week|wired?|world",
    re.IGNORECASE,
)
"""Names that are also everyday words: in lower case they count only after an unambiguous cue."""

Span = tuple[int, int]

_ENDING = r"(?:com|org|net|co\.uk|news|info|tv)"
_DOMAIN = re.compile(rf"(?:https?://)?(?:www\.)?([\w-]+)\.{_ENDING}/?", re.IGNORECASE)
_COUNTRY = re.compile(
    r"\s+(?:uk|us|usa|u\.s\.|u\.k\.|australia|canada|india|ireland|international|online)$", re.IGNORECASE
)
_WORKS = (
    r"(?:articles?|reports?|reporting|stor(?:y|ies)|coverage|headlines?|pieces?|interviews?|analys[ie]s|polls?|surveys?"
    r"|editorials?|op-eds?|columns?|reviews?|investigations?)"
)
_SURE = r"(?:according\s+to|\b(?:reported|published|written|covered|cited|revealed)\s+(?:by|in))"
_VERBS = (
    r"(?:report(?:s|ed|ing)?|says?|said|writes?|wrote|publish(?:es|ed)?|covers?|covered|claims?|claimed|reveal(?:s|ed))"
)
_THE = r"\s+(?:the\s+)?\Z"

_PAPER = (
    r"(?:Times|Post|Courier|Gazette|Herald|News|Tribune|Journal|Observer|Chronicle|Press|Daily|Mail|Telegraph|Mirror"
    r"|Examiner|Star|Standard|Argus|Echo|Record|Dispatch|Ledger|Inquirer|Bulletin|Register|Advertiser|Globe|Mercury)"
)
_PAPER_NAME = re.compile(rf"(?:The )?(?:[A-Z][\w'’&-]+ ){{1,4}}{_PAPER}\b")

_KNOWN = (
    *("Reuters", "Xinhua", "Interfax", "Bloomberg", "BBC", "CNN", "CNBC", "MSNBC"),
    *("Politico", "Axios", "Newsweek", "Breitbart", "HuffPost", "BuzzFeed"),
)
"""Known outlets of one word, which nothing else marks as an outlet."""
_SINGLE = re.compile(rf"\b(?:{'|'.join(_KNOWN)})\b", re.IGNORECASE)
_THEIR_BEFORE = re.compile(
    rf"(?:\baccording\s+to|\b(?:published|reported)\s+by|\b{_WORKS}\s+(?:\w+\s+){{0,2}}(?:by|from)){_THE}",
    re.IGNORECASE,
)
_THEIR_AFTER = re.compile(r"\s+(?:articles|stories|reports)\b", re.IGNORECASE)
_TOPIC_BEFORE = re.compile(r"(?:\b(?:about|on|of|mention\w*)\s+(?:\w+\s+){0,3}|\b[A-Z]\w*\s+)\Z")
"""Before a name that is what the articles are about: "about the Bloomberg stories", "Michael Bloomberg reports"."""

_SURE_BEFORE = re.compile(_SURE + _THE, re.IGNORECASE)
_CUE_BEFORE = re.compile(
    rf"\b(?:{_SURE}|per|in|told|tells|(?:{_WORKS}|news)\s+(?:\w+\s+){{0,2}}(?:by|from|in|with)){_THE}", re.IGNORECASE
)
_CUE_AFTER = re.compile(
    rf"(?:['’]s?)?\s+(?:\w+\s+)?{_WORKS}\b|\s+(?:(?:has|have|had|also|recently|first)\s+)?{_VERBS}\b", re.IGNORECASE
)
_ITS_PEOPLE = re.compile(rf"\b(?:at|of|for|with|from|by|on|about){_THE}", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:\A\W*|,\s*|\b(?:did|does|do|has|had|what|when|as|that|how|why|where|which|and|or|if)\s+)(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:\s*,)?\s+(?:and|or)\s+(?:the\s+)?|\s*,\s*(?:the\s+)?", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(
    r"\s*(?:\Z|[?.!,;:)]|(?:is|was|were|are|did|does|has|had|who|what|which|when|where|how|why|and|or)\b)",
    re.IGNORECASE,
)


def outlets_in(question: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known outlets that the question asks for as its source, in their order.

    It must present them as reporting: "according to CNN", "what did USA Today say", "in The Week". A question about
    an outlet ("Which CNN anchor resigned?") names none. "The", a country ("The Week UK") and the ending of a domain
    may be omitted. Of overlapping names the longest counts.

    Args:
        question: As typed.
        known: The outlets of the index, as spelled there; may have repeats and empty names.
    """
    text = question[:LONGEST_QUESTION]
    folded = text.casefold()
    said = [
        (outlet, match.span(), _cued(text, match, form))
        for outlet in dict.fromkeys(known)
        for form in _forms(outlet)
        if form.casefold() in folded
        for match in _occurrences(text, form)
    ]
    cued = {span for _, span, is_cued in said if is_cued}
    cued |= {span for _, span, _ in said if any(_joined(text, span, other) for other in cued)}
    named = (outlet for outlet, span, _ in said if span in cued and not any(_within(span, other) for other in cued))
    return tuple(dict.fromkeys(named))


def outlets_called(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known outlets that have this name; one that is also an everyday word needs its capital."""
    plain = plain_name(name)
    if COMMON.fullmatch(plain) and not name[:1].isupper():
        return ()
    return tuple(outlet for outlet in dict.fromkeys(known) if plain in {form.casefold() for form in _forms(outlet)})


def commonest_names(names: Iterable[str], most: int, known: Iterable[str | None]) -> list[str]:
    """The names that come most often, at most so many, without the known outlets'; of equals the first."""
    outlets = set(filter(None, known))
    counted = (name for name, _ in Counter(names).most_common())
    return list(islice((name for name in counted if not outlets_called(name, outlets)), most))


def unknown_outlet(question: str, known: Iterable[str]) -> str:
    """An outlet that the question asks for as its source and that is not a known one; else empty."""
    asked_for = [
        match[0]
        for match in _PAPER_NAME.finditer(question[:LONGEST_QUESTION])
        if _CUE_BEFORE.search(question, 0, match.start())
    ]
    written = {name.lower(): name for name in _KNOWN}
    asked_for += [
        written[match[0].lower()]
        for match in _SINGLE.finditer(question[:LONGEST_QUESTION])
        if not _TOPIC_BEFORE.search(question, 0, match.start())
        and (_THEIR_BEFORE.search(question, 0, match.start()) or _THEIR_AFTER.match(question, match.end()))
    ]
    if not asked_for:  # the usual case: saves a pass over the archive's outlets
        return ""
    names = {plain_name(outlet) for outlet in known}
    words = {word for name in names for word in re.findall(r"\w+", name)}
    return next((name for name in asked_for if plain_name(name) not in (names | words)), "")


def check_outlets(named: Sequence[str], outlets: Iterable[str | None]) -> None:
    """Looks up each name among the outlets of an archive's articles.

    Raises:
        SettingsError: One is missing; the message suggests similar ones, or else the largest.
    """
    known: dict[str, str] = {}
    for outlet, _ in Counter(outlet for outlet in outlets if outlet).most_common():
        known.setdefault(plain_name(outlet), outlet)
    unknown = next((name for name in named if plain_name(name) not in known), None)
    if unknown is None:
        return
    missing = f"No article is from {_cut(unknown)!r}"
    if near := _near(plain_name(unknown), known):
        raise SettingsError(f"{missing}. The nearest outlets: {', '.join(near)}.")
    largest = [_cut(outlet) for outlet in islice(known.values(), LISTED)]
    more = f" and {len(known) - LISTED:,} more" if len(known) > LISTED else ""
    raise SettingsError(
        f"{missing}. Outlets here: {', '.join(largest)}{more}." if largest else f"{missing}, or any outlet."
    )


def _near(name: str, known: dict[str, str]) -> list[str]:
    """Outlets whose name contains the given one or is contained in it, then those with a similar spelling."""
    words = set(name.split())
    shared = [plain for plain in known if words and (words <= set(plain.split()) or set(plain.split()) <= words)]
    similar = get_close_matches(name, known, LISTED, LIKENESS)
    return [_cut(known[plain]) for plain in dict.fromkeys([*shared, *similar])][:LISTED]


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def plain_name(outlet: str) -> str:
    """A name for comparison: without case, and without a leading "The"."""
    return outlet.strip().casefold().removeprefix("the ")


def _forms(outlet: str) -> Iterator[str]:
    """The outlet's name as people say it: whole, and without its country; always without "the"."""
    name = " ".join(outlet.split())
    domain = _DOMAIN.fullmatch(name)
    name = re.sub(r"^the\s+(?=\S)", "", domain[1] if domain else name, flags=re.IGNORECASE)
    yield from dict.fromkeys(form for form in (name, _COUNTRY.sub("", name)) if re.search(r"\w", form))


def _occurrences(text: str, form: str) -> Iterator[re.Match[str]]:
    words = r"\s+".join(re.escape(word) for word in form.split())
    name = rf"(?<![\w.@/-])(?:www\.)?(?:{words})(?:\.{_ENDING})?(?![\w@/-]|\.\w)"
    return re.finditer(name, text, re.IGNORECASE)


def _cued(text: str, name: re.Match[str], form: str) -> bool:
    """Whether a word beside the name presents it as reporting."""
    if COMMON.fullmatch(form):
        return _cued_common(text, name)
    if _CUE_BEFORE.search(text, 0, name.start()):
        return True
    return bool(_CUE_AFTER.match(text, name.end()) and not _ITS_PEOPLE.search(text, 0, name.start()))


def _cued_common(text: str, name: re.Match[str]) -> bool:
    """The same for a name that is an everyday word: capitalised, or after an unambiguous cue."""
    if _SURE_BEFORE.search(text, 0, name.start()) and _CLAUSE_ENDS.match(text, name.end()):
        return True
    as_name = name[0][0].isupper() and len(name[0]) > 2 and name.start() > 0 and text != text.upper()
    if not as_name:
        return False
    if _CUE_BEFORE.search(text, 0, name.start()):
        return True
    return bool(_CUE_AFTER.match(text, name.end()) and _BEGINS.search(text, 0, name.start()))


def _joined(text: str, span: Span, other: Span) -> bool:
    """Whether the two are coordinated: "CNN and Reuters"."""
    first, second = sorted((span, other))
    return bool(_AND.fullmatch(text, first[1], max(first[1], second[0])))


def _within(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
