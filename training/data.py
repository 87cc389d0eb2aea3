"""Makes the reader's examples: `python -m training.data BENCH OUT INVENTED ... [--public PUBLIC] [--seed N]`."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random

import typer

from training import claims
from training.cloze import from_highlights, from_sentences
from training.example import Example, write
from training.mining import Appetite, mine
from training.sources import Pool, ares, squad, squadshifts, wikinews
from training.written import examples as written_examples
from training.written import written

HELD_OUT = 50  # one of so many passages is held out from training, with all its questions


def main(bench: Path, out: Path, invented: list[Path], public: Path | None = None, seed: int = 0) -> None:
    """Writes OUT/train.jsonl and OUT/held_out.jsonl, the second of written questions and claims only.

    Args:
        bench: The folder of train/squadshifts_*.jsonl.gz, train/ares_*.tsv.gz, wikinews/articles.jsonl and written/.
        out: A folder for the examples.
        invented: Folders of *_passages.jsonl and *_items.jsonl.
        public: A folder of the public files that README.md names.
        seed: Determines which near misses are drawn.
    """
    random = Random(seed)
    learned = [example for example in _examples(bench, public, random) if not _is_held_out(example)]
    pool = written(bench / "written" / "passages.jsonl", bench / "written" / "items.jsonl")
    for passages in sorted(chain.from_iterable(folder.glob("*_passages.jsonl") for folder in invented)):
        pool += written(passages, passages.with_name(passages.name.replace("_passages", "_items")))
    held_out: list[Example] = []
    for example, kept_back in chain(written_examples(pool, random), claims.of_written(pool, random)):
        (held_out if kept_back else learned).append(example)
    random.shuffle(held_out)
    out.mkdir(parents=True, exist_ok=True)
    write(learned, out / "train.jsonl")
    write(held_out, out / "held_out.jsonl")
    print(f"{len(learned)} to learn from, {len(held_out)} held out")


def _is_held_out(example: Example) -> bool:
    return Random(example.candidates[0].text).randrange(HELD_OUT) == 0


def _examples(bench: Path, public: Path | None, random: Random) -> Iterator[Example]:
    train = bench / "train"
    if public:
        yield from claims.public(public)
        yield from squad(public / "squad2.json")
    wiki = squadshifts(train / "squadshifts_new_wiki.jsonl.gz", titled=True)
    yield from mine(wiki, Appetite(hard=2, easy=1), random)
    for domain in ("amazon", "reddit"):  # many of these questions make sense only with their passage
        pool = squadshifts(train / f"squadshifts_{domain}.jsonl.gz", titled=False)
        yield from mine(pool, Appetite(hard=1, easy=1, within=1), random)
    for part in ("hotpotqa", "multirc", "nq", "record"):
        pool = ares(train / f"ares_{part}.tsv.gz")
        clozes = (from_highlights(number, text) for number, text in enumerate(pool.texts))
        pool.asked.extend(chain.from_iterable(clozes))
        yield from mine(pool, Appetite(hard=2, easy=1), random)
    yield from _of_wikinews(wikinews(bench / "wikinews" / "articles.jsonl"), random)


def _of_wikinews(pool: Pool, random: Random) -> Iterator[Example]:
    """Cloze questions on the passages, and each headline as a question to its article's first passage."""
    headlines = Pool("wikinews_headlines")
    for number, text in enumerate(pool.texts):
        pool.asked.extend(from_sentences(number, text, at_most=1))
        first = number == 0 or pool.texts[number - 1].heading != text.heading
        passage = headlines.add("", text.text)
        if first:
            headlines.ask(text.heading.partition("\n")[0], passage)
    yield from mine(pool, Appetite(hard=2, easy=1), random)
    yield from mine(headlines, Appetite(hard=0, easy=3), random)


if __name__ == "__main__":
    typer.run(main)
