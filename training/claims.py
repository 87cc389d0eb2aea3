"""Claims with a passage that supports them or does not: written for this, planted by machine, and public pairs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from index.split import sentences
from training.example import Candidate, Example
from training.planting import NAME, Planter
from training.written import Written

LONGEST_PASSAGE = 1_300  # characters of a public passage; longer ones would be cut
ELSEWHERE = 0.25  # the share of the true claims that are also paired with a passage that does not support them
PLANTED = 0.5  # the share of the true claims that are also changed by machine
QUOTED = 2  # sentences of a passage that are used as claims, unchanged and changed by machine


def of_written(pool: Sequence[Written], random: Random) -> Iterator[tuple[Example, bool]]:
    """The claims of each passage, and whether they are held out."""
    names = [name for passage in pool for name in NAME.findall(passage.text)]
    for passage in pool:
        for claim, supported in passage.claims:
            yield _example(claim, passage, supported, "claim"), passage.held_out
        if not passage.held_out:
            planter = Planter(random, [*NAME.findall(passage.text), *random.sample(names, 3)])
            yield from ((example, False) for example in _made(passage, random.choice(pool), planter))


def _made(passage: Written, other: Written, planter: Planter) -> Iterator[Example]:
    """True claims with another passage, and changed; sentences of the passage, unchanged and changed."""
    chance = planter.random.random
    for claim in [claim for claim, supported in passage.claims if supported]:
        if chance() < ELSEWHERE and other.article != passage.article:
            yield _example(claim, other, False, "elsewhere")
        if chance() < PLANTED:
            yield from _planted(claim, passage, planter)
    whole = [passage.text[start:end] for start, end in sentences(passage.text)]
    whole = [sentence for sentence in whole if 50 <= len(sentence) <= 300]
    for sentence in planter.random.sample(whole, min(QUOTED, len(whole))):
        if changed := list(_planted(sentence, passage, planter)):
            yield from changed
            yield _example(sentence, passage, True, "quoted")


def _planted(claim: str, passage: Written, planter: Planter) -> Iterator[Example]:
    """The claim with one thing changed, if any change applies to it."""
    changes = list(planter.changes)
    planter.random.shuffle(changes)
    for change in changes:
        changed = change(claim)
        if changed != claim:
            yield _example(changed, passage, False, "planted")
            return


def _example(claim: str, passage: Written, supported: bool, source: str) -> Example:
    return Example(claim, (Candidate(passage.heading, passage.text, supported),), source, claim=True)


def public(folder: Path) -> Iterator[Example]:
    """Public pairs, from a folder with the files that README.md names; missing files are skipped."""
    readers = {
        "cad_nli.tsv": lambda text: _tsv(text, "sentence1", "sentence2", "gold_label"),
        "med.tsv": lambda text: _tsv(text, "sentence1", "sentence2", "gold_label"),
        "help.tsv": lambda text: _tsv(text, "ori_sentence", "new_sentence", "gold_label"),
        "conjnli.tsv": lambda text: _tsv(text, "Premise", "Hypothesis", "Label"),
        "fever_symmetric.jsonl": _fever,
        "wice.jsonl": _wice,
        "summedits.json": _summedits,
    }
    for name, pairs in readers.items():
        path = folder / name
        for passage, claim, supported in pairs(path.read_text(encoding="utf-8-sig")) if path.is_file() else ():
            if len(passage) <= LONGEST_PASSAGE and len(claim) <= LONGEST_PASSAGE:
                yield Example(claim, (Candidate("", passage, supported),), path.stem, claim=True)


Pairs = Iterator[tuple[str, str, bool]]


def _tsv(text: str, passage: str, claim: str, label: str) -> Pairs:
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[label]:
            yield row[passage], row[claim], row[label].lower() == "entailment"


def _fever(text: str) -> Pairs:
    for row in _rows(text.splitlines()):
        yield _spoken(row["evidence"]), _spoken(row["claim"]), row["gold_label"] == "SUPPORTS"


def _spoken(text: str) -> str:
    """Without codes in brackets and spaces before punctuation."""
    for code, mark in (("-LRB- ", "("), (" -RRB-", ")"), (" ,", ","), (" .", "."), (" '", "'")):
        text = text.replace(code, mark)
    return text


def _wice(text: str) -> Pairs:
    for row in _rows(text.splitlines()):
        yield " ".join(row["evidence"]), row["claim"], row["label"] == "supported"


def _summedits(text: str) -> Pairs:
    for row in json.loads(text):
        yield row["doc"], row["summary"], bool(row["label"])


def _rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    yield from (json.loads(line) for line in lines if line.strip())
