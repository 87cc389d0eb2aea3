"""Makes bot/grounding/wordnet.txt, what one word says of another, out of WordNet's files.

    python -m training.thesaurus /usr/share/wordnet /usr/share/doc/wordnet-base/copyright bot/grounding/wordnet.txt

The licence stands first. Each line has the stem of a word of a source, "=" if it is a verb's, and the stems of what a
claim may say instead: "ferri boat". What is special in the source may be general in the claim, not the other way round.
Behind "!" stand contraries.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.grounding.figures import figures
from bot.grounding.lexicon import IDLE, NEGATORS, past_forms, stem

COMMON, KNOWN = 0.15, 0.1
"""The share of a word's counted uses that a sense needs in a source and in a claim, if it is not the first."""
COUNTED = 20
"""Counted uses from which on they tell what a word commonly is."""
UP = {"n": 2, "v": 2, "a": 1, "r": 0}
"""Steps that a word may be more general."""
BROAD = {"n": 800, "v": 200, "a": 99, "r": 99}
"""Meanings below a meaning from which on it says too little."""
MEASURES = frozenset({23, 28})
"""WordNet's files of quantities and times."""
COLOURS = frozenset({"chromatic_color", "achromatic_color", "chromatic", "achromatic"})
ABOVE = frozenset("@&*>")
"""Pointers to what a meaning implies: the general one, what it is done by, what comes of it."""
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
Key = tuple[str, int]


@dataclass(slots=True)
class Synset:
    """A meaning, the words that have it, and where it stands among others."""

    part: str
    file: int
    words: list[str]
    above: list[Key] = field(default_factory=list)
    derived: dict[int, list[tuple[Key, int]]] = field(default_factory=lambda: defaultdict(list))
    contrary: dict[int, list[tuple[Key, int]]] = field(default_factory=lambda: defaultdict(list))


def synset(part: str, line: str) -> tuple[Key, Synset]:
    """A line of a data file."""
    fields = line.partition(" | ")[0].split()
    count = int(fields[3], 16)
    found = Synset(part, int(fields[1]), [word.partition("(")[0] for word in fields[4 : 4 + 2 * count : 2]])
    pointers = fields[5 + 2 * count : 5 + 2 * count + 4 * int(fields[4 + 2 * count])]
    for symbol, place, other, ends in zip(*(pointers[start::4] for start in range(4)), strict=True):
        key, own, theirs = (other, int(place)), int(ends[:2], 16) - 1, int(ends[2:], 16) - 1
        if symbol in ABOVE and (symbol != "&" or fields[2] == "s"):
            found.above.append(key)
        elif symbol in ("+", "<", "\\"):
            found.derived[own].append((key, theirs))
        elif symbol == "!":
            found.contrary[own].append((key, theirs))
    return (part, int(fields[0])), found


class WordNet:
    """Its files, read."""

    def __init__(self, folder: Path) -> None:
        lines = {part: (folder / f"data.{name}").read_text("utf-8").splitlines() for part, name in PARTS.items()}
        self.synsets = dict(synset(part, line) for part in PARTS for line in lines[part] if line[0] != " ")
        self.senses: dict[tuple[str, str], list[Key]] = {}
        for part, name in PARTS.items():
            for line in (folder / f"index.{name}").read_text("utf-8").splitlines():
                if line[0] != " ":
                    word, _, count, *rest = line.split()
                    self.senses[word, part] = [(part, int(place)) for place in rest[-int(count) :]]
        self.counts: dict[tuple[str, str, int], int] = defaultdict(int)
        for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
            key, number, uses = line.split()
            word, _, rest = key.partition("%")
            self.counts[word, "nvara"[int(rest[0]) - 1], int(number)] += int(uses)

    def share(self, word: str, key: Key) -> float:
        """How common a meaning is for a word, of 1; of a word's first meaning 1."""
        part = key[0]
        senses = self.senses.get((word.lower(), part), [])
        if key not in senses:
            return 0.0
        place = senses.index(key)
        total = sum(self.counts[word, part, number + 1] for number in range(len(senses)))
        return 1.0 if place == 0 else self.counts[word, part, place + 1] / total if total else 0.5 / (place + 1)

    def parts(self, word: str) -> list[str]:
        """The parts of speech that a word is commonly, as far as it was counted."""
        uses = {
            part: sum(self.counts[word, part, number + 1] for number in range(len(self.senses.get((word, part), []))))
            for part in PARTS
        }
        counted = sum(uses.values())
        return [part for part, count in uses.items() if counted < COUNTED or count >= KNOWN * counted]

    @cached_property
    def below(self) -> dict[Key, int]:
        """How many meanings stand below each."""
        found: dict[Key, int] = defaultdict(int)
        for key in self.synsets:
            for upper in self.uppers(key, 99):
                found[upper] += 1
        return found

    def uppers(self, key: Key, steps: int) -> set[Key]:
        """The meaning itself and those above it."""
        found = new = {key}
        while new and steps:
            new = {upper for one in new for upper in self.synsets[one].above} - found
            found = found | new
            steps -= 1
        return found


def plain(word: str) -> bool:
    """Whether a word may stand for another at all: no name, number, nor small word."""
    return (
        word.isascii() and word.isalpha() and word.islower() and len(word) > 2
        and word not in IDLE and word not in NEGATORS and not figures(word)
    )  # fmt: skip


def measures(net: WordNet, key: Key) -> bool:
    """Whether a meaning is a measure or a colour, which stand for nothing else."""
    synset = net.synsets[key]
    if synset.part == "n" and synset.file in MEASURES:
        return True
    return any(not COLOURS.isdisjoint(net.synsets[one].words) for one in net.uppers(key, 3))


def starts(net: WordNet, word: str) -> Iterator[tuple[Key, bool]]:
    """The common meanings of a word, and of the words made of it, which are told apart."""
    for part in net.parts(word):
        for key in net.senses.get((word, part), []):
            if net.share(word, key) < COMMON or measures(net, key):
                continue
            yield key, False
            words = net.synsets[key].words
            own = words.index(word) if word in words else -1
            for other, place in net.synsets[key].derived[own]:
                if net.share(net.synsets[other].words[place], other) >= KNOWN:
                    yield other, True


def implied(net: WordNet, word: str) -> Iterator[str]:
    """What a claim may say where the source has a word."""
    for start, derived in starts(net, word):
        part = start[0]
        for key in net.uppers(start, UP[part]):
            if key != start and net.below[key] > BROAD[part]:
                continue
            for place, other in enumerate(net.synsets[key].words):
                if net.share(other, key) < KNOWN:
                    continue
                yield other
                if not derived:
                    made = ((net.synsets[made].words[its], made) for made, its in net.synsets[key].derived[place])
                    yield from (form for form, sense in made if net.share(form, sense) >= KNOWN)


def contraries(net: WordNet, word: str) -> Iterator[str]:
    """What a claim must not say where the source has a word."""
    for part in PARTS:
        for key in net.senses.get((word, part), []):
            words = net.synsets[key].words
            if word in words and net.share(word, key) >= COMMON:
                for other, place in net.synsets[key].contrary[words.index(word)]:
                    found = net.synsets[other].words[place]
                    if net.share(found, other) >= COMMON:
                        yield found


def lines(net: WordNet) -> Iterator[str]:
    """The file's lines, sorted."""
    said: dict[str, set[str]] = defaultdict(set)
    denied: dict[str, set[str]] = defaultdict(set)
    known = vocabulary()
    for word in sorted({word for word, _ in net.senses if plain(word)} - past_forms()):
        if stem(word) in known:
            said[stem(word)].update(known.intersection(stem(other) for other in implied(net, word) if plain(other)))
            denied[stem(word)].update(stem(other) for other in contraries(net, word) if plain(other))
    verbs = {stem(word) for word, part in net.senses if part == "v" and plain(word)}
    for word, others in sorted(said.items()):
        against = denied[word] - {word}
        verb = ["="] if word in verbs else []
        entry = [*verb, *sorted(others - against - {word}), *(f"!{other}" for other in sorted(against))]
        if entry:
            yield " ".join([word, *entry])


def licence(notice: Path) -> Iterator[str]:
    """WordNet's own notice, each line behind a "#"; it has to stand on all copies."""
    text = notice.read_text("utf-8")
    text = text[text.index("Files: *") : text.index("Files: debian")]
    yield from (f"# {'' if line.strip() == '.' else line.strip()}".rstrip() for line in text.strip().splitlines())


def vocabulary() -> set[str]:
    """Stems of the words that the embedder has whole, so that rare words stay out."""
    model = json.loads(Path("index/models/all-MiniLM-L6-v2/tokenizer.json").read_text("utf-8"))
    return {stem(word) for word in model["model"]["vocab"] if plain(word)}


def main() -> None:
    """Writes the file."""
    folder, notice, target = map(Path, sys.argv[1:])
    target.write_text("\n".join([*licence(notice), *lines(WordNet(folder))]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
