"""The command read: what would be indexed."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.answer.wording import counted
from bot.commands.options import AsJson, echo_lines, settings_for
from bot.commands.terminal import plain, table_lines
from bot.commands.web import MOST_PAGES, AllowPrivate, Pages, Web

if TYPE_CHECKING:
    from corpus.article import Article, Rejected
    from corpus.read.cache import ReadCache
    from index.ray.cluster import Cluster

FIRST_LINE = 100
"""Characters shown of an article's first line."""
PAGES_SHOWN = 20
"""Pages listed of records without text; the reason names the first."""
WANTED = ("published", "source", "authors", "url")
"""Needed by citations and dates: missing ones are counted."""

Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME", help="Read FIELD from records' NAME; may be repeated."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Exclude files that match, as in a .gitignore; may be repeated."),
]


def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, archives or web addresses of articles.")
    ],
    map_: Map = None,
    exclude: Exclude = None,
    allow_private: AllowPrivate = False,
    pages: Pages = MOST_PAGES,
    as_json: AsJson = False,
) -> None:
    """Show what rebuild would read: each article's title, date and source, and what is rejected.

    With --json, one object; each article is on a line of its own, written as soon as it is read.
    """
    web = Web(allow_private=allow_private, pages=pages, contact=settings_for(None).contact)
    found = found_in(paths, map_ or (), exclude or (), web)
    if as_json:
        _echo_json(found)
    else:
        _echo_text(found)


def found_in(
    sources: Sequence[str],
    mapped: Sequence[str],
    exclude: Sequence[str],
    web: Web,
    cluster: "Cluster | None" = None,
    cache: "ReadCache | None" = None,
) -> "Iterator[Article | Rejected]":
    """The articles at these paths and addresses, read with the given options on all processors, or on a cluster's.

    Raises:
        BadParameter: A mapping is invalid.
        ReadError: A path cannot be read, an address cannot be fetched, or a pattern is invalid.
    """
    from corpus.fetch import FILE, Limits, fetch, is_address
    from corpus.read import read as read_paths
    from corpus.read.parallel import processors

    fields = _fields(mapped)
    paths = [Path(source) for source in sources if not is_address(source)]
    fetched = fetch(
        [source for source in sources if is_address(source)],
        web.index and web.index / FILE,
        ask=web.ask,
        lasting=web.lasting,
        anew=web.anew,
        allow_private=web.allow_private,
        fields=fields,
        limits=Limits(pages=web.pages),
        contact=web.contact,
        barred=web.barred,
    )
    workers, submit = (cluster.processors, cluster.submit) if cluster else (processors(), None)
    articles = read_paths(paths, exclude=exclude, fields=fields, workers=workers, submit=submit, cache=cache)
    return chain(articles, fetched)


def digest_of(sources: Sequence[str], mapped: Sequence[str], exclude: Sequence[str]) -> str | None:
    """Equal to an earlier one if what is found there is the same; None if unknown, as for addresses."""
    from corpus.fetch import is_address
    from corpus.read.inputs import inputs_digest

    if any(map(is_address, sources)):
        return None
    return inputs_digest(map(Path, sources), exclude=exclude, fields=_fields(mapped))


def _fields(mapped: Sequence[str]) -> dict[str, str]:
    from corpus.read.field_names import FIELDS

    fields = dict(pair.split("=", 1) for pair in mapped if "=" in pair)
    wrong = [pair for pair in mapped if "=" not in pair or pair.endswith("=")] + [
        name for name in fields if name not in FIELDS
    ]
    if wrong:
        raise typer.BadParameter(
            f"--map {wrong[0]!r}: write --map FIELD=NAME, where FIELD is one of {', '.join(FIELDS)}"
        )
    return fields


def _echo_text(found: "Iterable[Article | Rejected]") -> None:
    from corpus.article import Rejected

    counts = Counter(articles=0)
    rejected: list[Rejected] = []
    for one in found:
        if isinstance(one, Rejected):
            rejected.append(one)
            continue
        fields = _article_fields(one)
        counts.update(["articles", *(f"no {name}" for name in WANTED if not fields[name])])
        echo_lines([*table_lines((name, _as_text(value)) for name, value in fields.items()), ""])
    echo_lines(table_lines((name, f"{count:,}") for name, count in counts.items()))
    if rejected:
        echo_lines(["", f"{counted(len(rejected), 'rejection')}:", *_reason_lines(rejected)])


def _echo_json(found: "Iterable[Article | Rejected]") -> None:
    from corpus.article import Rejected

    rejected: list[Rejected] = []
    mark = '{"articles": ['
    for one in found:
        if isinstance(one, Rejected):
            rejected.append(one)
        else:
            typer.echo(f"{mark}\n{_json(_article_fields(one))}", nl=False)
            mark = ","
    typer.echo(("" if mark == "," else mark) + "\n],")
    lines = ",\n".join(_json(asdict(one)) for one in rejected)
    typer.echo(f'"rejected": [\n{lines}\n],' if lines else '"rejected": [],')
    reasons = {reason: len(rejections) for reason, rejections in _by_reason(rejected)}
    typer.echo(f'"reasons": {_json(reasons)}}}')


def _article_fields(article: "Article") -> dict[str, Any]:
    first = article.text.partition("\n")[0]
    return {
        "title": article.title,
        "published": article.published,
        "updated": article.updated,
        "source": article.source,
        "authors": article.authors,
        "url": article.url,
        "words": len(article.text.split()),
        "first_line": first if len(first) <= FIRST_LINE else f"{first[:FIRST_LINE].rsplit(' ', 1)[0]}…",
        "origin": article.origin,
    }


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    return f"{value:,}" if isinstance(value, int) else str(value or "-")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_moment)


def _moment(value: date | datetime) -> str:
    return value.isoformat()


def _by_reason(rejected: "Iterable[Rejected]") -> "list[tuple[str, list[Rejected]]]":
    """The commonest first. Reasons that differ only in numbers, names or what follows a colon count as one."""
    rejections: dict[str, list[Rejected]] = {}
    for one in rejected:
        general = re.sub(r"\b\d+(?:[.,]\d+)*", "N", re.sub(r"'[^']*'", "'...'", one.reason.partition(": ")[0]))
        rejections.setdefault(general, []).append(one)
    return sorted(rejections.items(), key=lambda item: -len(item[1]))


def _reason_lines(rejected: "Iterable[Rejected]") -> Iterator[str]:
    for reason, rejections in _by_reason(rejected):
        first = rejections[0]
        place = first.origin if first.line is None else f"{first.origin}:{first.line}"
        yield f"{len(rejections):>7,}  {plain(reason)}".replace("\n", "\\n")
        yield f"         first in {plain(place)}: {plain(first.reason)}".replace("\n", "\\n")
        pages = [one.url for one in rejections[1:] if one.url]
        yield from (f"         {plain(page)}" for page in pages[:PAGES_SHOWN])
        if len(pages) > PAGES_SHOWN:
            yield f"         ... and {len(pages) - PAGES_SHOWN:,} more pages; --json has all"
