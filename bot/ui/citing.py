"""An article as it is cited elsewhere: in plain text, in Markdown, in BibTeX."""

import re
from collections.abc import Mapping

from bot.ui.language import ENGLISH, Language
from bot.ui.links import web_address
from bot.ui.paragraphs import literal
from corpus.article import Article

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+|!~&-])")
_TEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: rf"\{sign}" for sign in "#$%&_"}
_IN_URL: Mapping[str, str] = {"\\": "%5C", "{": "%7B", "}": "%7D", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}


def plain(article: Article, language: Language = ENGLISH) -> str:
    """Outlet, headline, day and address, as in: The Harbour Gazette, “Bridge reopens”, 16 May 2022."""
    parts = [_line(article.source or ""), _quoted(_line(article.title), language), _day(article, language)]
    address = web_address(article.url)
    return f"{language.comma([*filter(None, parts)])}." + (f" {address}" if address else "")


def markdown(article: Article, language: Language = ENGLISH) -> str:
    """The same with the headline as a link."""
    title, address = _MARKDOWN.sub(r"\\\1", _line(article.title)), web_address(article.url)
    headline = f"[{title}]({_in_url(address)})" if address else _quoted(title, language)
    source = _MARKDOWN.sub(r"\\\1", _line(article.source or ""))
    return f"{language.comma([*filter(None, [source, headline, _day(article, language)])])}."


def bibtex(article: Article) -> str:
    """An @article, as reference managers read it."""
    published, address = article.published, web_address(article.url)
    fields = {
        "author": " and ".join(_tex(name) for name in article.authors),
        "title": f"{{{_tex(article.title)}}}",
        "journal": _tex(article.source or ""),
        "date": f"{published:%Y-%m-%d}" if published else "",
        "year": f"{published.year}" if published else "",
        "url": _in_url(address or ""),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@article{{{article.id},", ",\n".join(lines), "}"])


def citing_html(article: Article, language: Language) -> str:
    """Buttons that copy it."""
    cited = plain(article, language)
    forms = {language.say("answer.plain"): cited, "Markdown": markdown(article, language), "BibTeX": bibtex(article)}
    buttons = "".join(
        f'<button type="button" class="copy" data-copy="{literal(text)}" '
        f'aria-label="{literal(language.say("answer.cite_as", form=name))}">{literal(name)}</button>'
        for name, text in forms.items()
    )
    return f'<p class="citing"><span>{literal(language.say("answer.cite"))}</span>{buttons}</p>'


def _quoted(text: str, language: Language) -> str:
    return language.say("answer.quoted", words=text)


def _day(article: Article, language: Language) -> str:
    return language.day(article.published) if article.published else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _in_url(address: str) -> str:
    return "".join(_IN_URL.get(sign, sign) for sign in address)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))
