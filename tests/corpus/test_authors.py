"""Who wrote it, out of bylines as they come."""

import json

import pytest

from corpus.authors import people, split_names
from tests.corpus.reading import only_article, parsed

BOTH = ("Nora Kest", "Tom Vale")


@pytest.mark.parametrize(
    "byline",
    [
        *(
            "By Nora Kest and Tom Vale",
            "BY: Nora Kest, Tom Vale",
            "Von Nora Kest und Tom Vale",
            "Von: Nora Kest, Tom Vale",
        ),
        *("Par Nora Kest et Tom Vale", "Nora Kest y Tom Vale", "Nora Kest; Tom Vale", "Nora Kest | Tom Vale"),
        *("Автор: Nora Kest и Tom Vale", "Nora Kest og Tom Vale", "Nora Kest & Tom Vale", "Text: Nora Kest, Tom Vale"),
        *(
            "Nora Kest <n.kest@o.example>, Tom Vale (t.vale@o.example)",
            "Nora Kest, Staff Writer, and Tom Vale, Orne Echo",
        ),
        *("['Nora Kest', 'Tom Vale']", "['Nora Kest', \"Tom Vale\"", "Nora Kest (Cape Orne), Tom Vale for Orne Echo"),
        *("[[Nora Kest]], [[People/Tom Vale|Tom Vale]]", "[['Nora Kest', 'Tom Vale']]"),
        *("Nora Kest, NK, and Tom Vale, tv", "nkest, Nora Kest, Tom Vale, @tvale", "Nora Kest, Tom Vale - Orne Echo"),
    ],
)
def test_a_byline_names_two_people(byline: str) -> None:
    assert people([byline], "Orne Echo") == BOTH


@pytest.mark.parametrize(
    "byline",
    [
        *("", "By", "Von:", "[]", "3", "nan", "admin", "n.kest@o.example", "nk", "NK", "N. K.", "n_kest2", "Orne Echo"),
        *("Reuters", "Reuters Staff", "Staff", "News Desk", "Redaktion", "https://o.example/nora", "J J", "Web Desk"),
    ],
)
def test_a_byline_without_a_person_has_no_authors(byline: str) -> None:
    assert people([byline], "Orne Echo") == ()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "José Ortega y Gasset",
            "Von Miller",
            "Ursula von der Leyen",
            "Ada van Oye",
            "王小明",
            "Mary-Jane O'Neil",
            "J. K. Moor",
        ),
        *("Ngũgĩ wa Thiong'o", "NORA KEST", "Ivan Sand", "Bea By"),
    ],
)
def test_a_name_is_kept_as_it_is(name: str) -> None:
    assert people([name]) == (name,)


@pytest.mark.parametrize(
    "value",
    [
        [{"@type": "Person", "name": "Nora Kest"}, {"@type": "Person", "name": ["Tom Vale"]}],
        [
            {"name": "https://o.example/n"},
            {"name": "Nora Kest"},
            "Tom Vale",
            {"@type": "Organization", "name": "Echo Ltd"},
        ],
        ["Nora Kest and Tom Vale"],
        "By Nora Kest and Tom Vale",
    ],
)
def test_the_authors_of_a_record_are_people(value: object) -> None:
    record = {"title": "Lighthouse", "text": "It shines.", "author": value}
    assert only_article(parsed("a.json", json.dumps(record).encode())).authors == BOTH


def test_a_pages_byline_in_parts_and_in_a_meta_tag_of_its_own_are_read() -> None:
    story = "<p>The lighthouse of Cape Orne shines again after a year, its keeper said.</p>"
    parts = (
        "<div class=byline><span class=author>By</span> <a rel=author>Nora Kest</a> <a rel=author>Tom Vale</a></div>"
    )
    meta = '<meta name="byl" content="By Nora Kest and Tom Vale">'
    for head, byline in (("", parts), (meta, "")):
        page = f"<html><head>{head}</head><body><h1>Lighthouse shines</h1>{byline}{story}</body></html>"
        assert only_article(parsed("a.html", page.encode())).authors == BOTH


def test_a_pasted_byline_in_another_language_is_read() -> None:
    article = only_article(parsed("a.txt", b"Turm brennt\n\nVon Nora Kest und Tom Vale\n\nEr war lange dunkel."))
    assert (article.authors, article.text) == (BOTH, "Er war lange dunkel.")


def test_a_long_byline_is_read_in_part() -> None:
    assert len(split_names("Nora Kest, " * 100_000)) <= 50
