"""The quality and speed of reading: pages, compared with trafilatura alone, and every format.

    python -m benchmarks.reading ARTICLES.jsonl.gz
    python -m benchmarks.reading --fundus FOLDER --htmldate FOLDER --readability FOLDER

The pages are made (benchmarks/pages.py) of the texts, headlines, dates and bylines of real articles; so are the
files of other formats (benchmarks/formats.py). The second form reads real pages of public test sets
(benchmarks/real_pages.py), and compares the date with htmldate's.
A field is right if it is the one of the page or, where the page does not state it, empty.
"""

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import htmldate
import trafilatura

from benchmarks.formats import formats
from benchmarks.pages import LAST, SECOND, TEMPLATES, Made, Story, Template, json_ld
from benchmarks.real_pages import SETS, RealPage
from corpus.article import Article
from corpus.read import File, parse, read

FIELDS = ("title", "published", "authors", "url")
ROUNDS = 3
Reader = Callable[[str], dict[str, Any]]


def stories(path: Path, count: int) -> list[Story]:
    """Articles with a complete headline and an ordinary byline, with invented hours and zones."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    chance = random.Random(7)
    found = []
    for one in chance.sample(articles, len(articles)):
        title = re.sub(r" [|–-] (?:CNN|The Week\b.*|USA TODAY)$", "", one["title"])
        names = [name for name in one["authors"] if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name)][:2]
        if "..." in title or not names or len(one["text"]) < 800:
            continue
        zone = timezone(timedelta(hours=chance.choice((-8, -5, 0, 1, 9))))
        moment = datetime.fromisoformat(one["published"]).replace(hour=chance.randrange(24), minute=5, tzinfo=zone)
        found.append(Story(title, moment, tuple(names), one["url"], one["text"]))
    return found[:count]


def byline(page: str) -> dict[str, Any]:
    """Byline's reading."""
    found = next(parse(File.of("page.html", page.encode(), "page.html")), None)
    if not isinstance(found, Article):
        return {}
    day = found.published
    return {
        "title": found.title,
        "published": day.date() if isinstance(day, datetime) else day,
        "authors": set(found.authors),
        "url": found.url,
    }


def alone(page: str) -> dict[str, Any]:
    """The fields that trafilatura reads, by its defaults."""
    found = trafilatura.bare_extraction(page, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "published": date.fromisoformat(found.date) if found.date else None,
        "authors": {name.strip() for name in (found.author or "").split(";")} - {""},
        "url": found.url,
    }


READERS: dict[str, Reader] = {"Byline": byline, "trafilatura alone": alone}


def expected(story: Story, made: Made) -> dict[str, Any]:
    """The fields that the page states."""
    other = next((field[4:] for field in made.states if field.startswith("url=")), None)
    fields = {
        "title": story.title,
        "published": story.published.date(),
        "authors": set(story.authors),
        "url": story.url,
    }
    stated = {name: value for name, value in fields.items() if name in made.states}
    return stated | ({"url": other} if other else {})


def judge(found: dict[str, Any], stated: dict[str, Any], name: str) -> str:
    """Whether a field is right, wrong, or missing."""
    value, right = found.get(name) or None, stated.get(name)
    if name == "title" and isinstance(value, str):
        value, right = " ".join(value.split()), " ".join(str(right).split())
    if value == right:
        return "right"
    return "wrong" if value else "missing"


def measure_pages(made_of: list[Story], templates: Mapping[str, Template]) -> None:
    """Prints a table by kind of page, and one over all."""
    print(f"\n{len(made_of)} articles on pages of {len(templates)} kinds; right of 100, Byline / trafilatura alone")
    print(f"| {'page':<15} | {' | '.join(FIELDS)} |")
    over_all: Counter[tuple[str, str, str]] = Counter()
    for kind, template in templates.items():
        here = judged([template(story) for story in made_of], made_of)
        shares = {name: [here[who, name, "right"] * 100 / len(made_of) for who in READERS] for name in FIELDS}
        print(f"| {kind:<15} | {' | '.join(f'{ours:.0f} / {theirs:.0f}' for ours, theirs in shares.values())} |")
        over_all += here
    for who in READERS:
        for outcome in ("right", "wrong", "missing"):
            shares = [f"{name} {over_all[who, name, outcome] / len(made_of) / len(templates):.3f}" for name in FIELDS]
            print(f"{who:<18} {outcome:<8} {'  '.join(shares)}")


def judged(pages: list[Made], made_of: list[Story]) -> Counter[tuple[str, str, str]]:
    """Counts each result by reader and field."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for made, story in zip(pages, made_of, strict=True):
        stated = expected(story, made)
        for who, reader in READERS.items():
            found = reader(made.html)
            counts.update((who, name, judge(found, stated, name)) for name in FIELDS)
    return counts


def rate(work: Callable[[], int]) -> tuple[float, int]:
    """Articles per second of processor time, the median of some rounds, and the number of articles."""
    seconds, count = [], 0
    for _ in range(ROUNDS):
        started = process_time()
        count = work()
        seconds.append(process_time() - started)
    return count / median(seconds), count


def measure_formats(made_of: list[Story]) -> None:
    """Prints a table by format."""
    pages = [json_ld(story).html for story in made_of]
    extracted, _ = rate(lambda: sum(trafilatura.extract(page, include_comments=False) is not None for page in pages))
    whole, _ = rate(lambda: sum(bool(alone(page)) for page in pages))
    print(
        f"\ntrafilatura alone: {extracted:.0f} pages/s for the text, {whole:.0f} with what else it tells of an article"
    )
    print("| format | articles/s | to trafilatura's text alone | read |")
    with tempfile.TemporaryDirectory() as scratch:
        for name, path in formats(made_of, Path(scratch)):
            speed, count = rate(lambda path=path: sum(isinstance(one, Article) for one in read([path])))
            print(f"| {name} | {speed:,.0f} | {speed / extracted:.2f} | {count} of {len(made_of)} |", flush=True)


def day_alone(page: str) -> dict[str, Any]:
    """The date that htmldate reads, by its defaults."""
    found = htmldate.find_date(page, original_date=True)
    return {"published": date.fromisoformat(found) if found else None}


def judge_real(found: dict[str, Any], page: RealPage, name: str) -> str | None:
    """Whether a field is right, wrong or missing; None where the set does not state it."""
    value, known = found.get(name), getattr(page, name)
    if not known:
        return None
    if not value:
        return "missing"
    right = {"title": letters, "published": str, "authors": lambda names: sorted(map(letters, names))}[name]
    return "right" if right(value) in [right(one) for one in known] else "wrong"


def letters(text: str) -> str:
    """A headline or name, reduced to its letters."""
    return re.sub(r"\W+", "", text).casefold()


def measure_real(folders: Mapping[str, Path]) -> None:
    """Prints right, wrong and missing of each reader on each set, and its processor time."""
    readers = READERS | {"htmldate alone": day_alone}
    print("\n| set | reader | seconds | title | published | authors |  right / wrong / missing")
    for kind, folder in folders.items():
        pages = [(page, page.html.decode("utf-8", "replace")) for page in SETS[kind](folder)]
        for who, reader in readers.items():
            started = process_time()
            found = [reader(text) for _, text in pages]
            seconds = process_time() - started
            counts = Counter(
                (name, judge_real(one, page, name))
                for (page, _), one in zip(pages, found, strict=True)
                for name in FIELDS[:3]
            )
            cells = (" / ".join(str(counts[name, how]) for how in ("right", "wrong", "missing")) for name in FIELDS[:3])
            print(f"| {kind} ({len(pages)}) | {who} | {seconds:.0f} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Prints the requested tables."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("articles", type=Path, nargs="?")
    arguments.add_argument("--count", type=int, default=200)
    for kind in SETS:
        arguments.add_argument(f"--{kind}", type=Path, metavar="FOLDER")
    chosen = arguments.parse_args()
    measure_real({kind: folder for kind in SETS if (folder := getattr(chosen, kind))})
    if not chosen.articles:
        return
    made_of = stories(chosen.articles, chosen.count)
    for templates in (TEMPLATES, SECOND, LAST):
        measure_pages(made_of, templates)
    measure_formats(made_of)


if __name__ == "__main__":
    main()
