"""The picture in docs/architecture.md and the tree: one shows what the other holds."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("corpus", "index", "bot")
SHARED = {"doctor.py", "feedback.py", "keys.py", "llama.py", "purge.py", "report.py"}
"""File names of two modules that are about one thing: a command and what it does, say."""
ENTRY = 8
"""Deeper lines go on with the entry above them."""


def drawn() -> Iterator[tuple[tuple[str, ...], str]]:
    """Each folder and Python file of the picture, behind the folders that it is drawn in."""
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("\n    Article ->")[0]
    inside: dict[int, str] = {}
    for line in picture.splitlines()[1:]:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= ENTRY:
            inside = {depth: folder for depth, folder in inside.items() if depth < indent}
            if folder := re.match(r"\s*(\w+)/", line):
                yield tuple(inside.values()), folder[1]
                inside[indent] = folder[1]
        for name in re.findall(r"(?<![\w./])[\w/]+\.py\b", line):
            yield tuple(inside.values()), name


def test_every_file_and_folder_of_the_picture_is_in_the_folder_it_is_drawn_in() -> None:
    missing = [
        "/".join([*folders, name])
        for folders, name in drawn()
        # A line may end with files that are beside its folder.
        if not any(ROOT.joinpath(*inside, name).exists() for inside in (folders, folders[:-1]))
    ]
    assert missing == []


def test_every_package_is_in_the_picture() -> None:
    packages = {home.parent.relative_to(ROOT) for layer in LAYERS for home in (ROOT / layer).rglob("__init__.py")}
    shown = {Path(*folders, name) for folders, name in drawn()}
    assert sorted(packages - shown) == []


def test_every_module_beside_the_packages_of_a_layer_is_in_the_picture() -> None:
    modules = {path.relative_to(ROOT) for layer in ("index", "bot") for path in (ROOT / layer).glob("[!_]*.py")}
    shown = {Path(*folders[:1], name) for folders, name in drawn()}
    assert sorted(modules - shown) == []


def test_files_of_one_name_are_about_one_thing() -> None:
    names = Counter(path.name for layer in LAYERS for path in (ROOT / layer).rglob("[!_]*.py"))
    assert {name for name, count in names.items() if count > 1} == SHARED
