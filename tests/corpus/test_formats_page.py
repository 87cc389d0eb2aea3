import re
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.pasted import LABELS
from corpus.read import CONTAINERS, READERS
from corpus.read.field_names import FIELDS
from corpus.read.file import File
from corpus.read.plain import read_text
from corpus.read.readers import EXTRAS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
ADDRESS = "https://example.org/a"


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading: what stands in code in the second column, by the first."""
    table = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    return {name: re.findall(r"`([^`]+)`", names) for name, names in re.findall(r"^\| (\w+) \| (`.*) \|$", table, re.M)}


def test_the_page_names_the_fields_that_are_understood_in_the_order_in_which_they_win() -> None:
    written = {
        field: [re.sub(r"[^a-z0-9]", "", name.lower()) for name in names] for field, names in rows("Rec").items()
    }
    assert written == {field: names.split() for field, names in FIELDS.items()}


def test_the_page_names_the_labels_that_are_understood() -> None:
    written = {field: {label.lower().removesuffix(":") for label in labels} for field, labels in rows("Pas").items()}
    assert written.pop("url")
    assert written == {field: set(labels) for field, labels in LABELS.items()}


@pytest.mark.parametrize("label", rows("Pasted text")["url"])
def test_an_address_behind_a_label_that_the_page_names_is_read(label: str) -> None:
    article = read_text(f"Ferry\n\nIt sails.\n\n{label}\n\n{ADDRESS}", File.of("pasted.txt", b"", "pasted.txt"))
    assert isinstance(article, Article)
    assert (article.url, article.text) == (ADDRESS, "It sails.")


def test_the_page_names_the_extra_that_a_kind_needs() -> None:
    written = re.findall(r"^\| `(\.\w+)` \|.*needs `pip install byline\[(\w+)\]`", PAGE, re.M)
    assert dict(written) == {suffix: extra for suffix, (extra, _) in EXTRAS.items()}


def test_the_page_names_every_suffix() -> None:
    table = PAGE.partition("| suffix |")[2].partition("\n## Folders")[0]
    written = [suffix for row in re.findall(r"^\| (`\..*?) \|", table, re.M) for suffix in re.findall(r"`(.+?)`", row)]
    assert written == [*READERS, *CONTAINERS]
