from datetime import date

import pytest

from corpus.article import Article
from corpus.read.file import File
from corpus.read.plain import read_text

NEWSPAPER = """

Mayor Rules Out Closing the 'Old' Pier, for Now

March 5, 2024



Mayor Ines Okafor faces the longest sitting of her term. **Lena Faro / EPA / TASS**

There is no need to close the pier, the town hall [said](#) Tuesday after a storm.

"Closing it is out of the question," her spokesman told the *Gazette* newspaper.

Related article: [Pier Damaged in Storm](#)

The council meets again in two weeks.

Original url:

<https://example.org/2024/03/05/pier-(old)?a=1&b=2#top>"""

WIRE = """Town says it sees no need to close pier
epa01234567 People stand on the pier in Port Maren, 4 March 2024. EPA-EFE/LENA FARO
By Reuters
5 Mar 2024 0

PORT MAREN, March 5 (Reuters) - The town said on Tuesday it saw no need to close its pier.

A spokesman said so to reporters. (Reporting by Ada Moreau and Marc van Oye in Estmouth; editing by Jo Lind/Kay Osborn)


Please peer review 3 community comments before your comment can be posted"""


def read(text: str) -> Article:
    article = read_text(text, File.of("pasted.txt", b"", "pasted.txt"))
    assert isinstance(article, Article)
    return article


def test_a_newspaper_page_is_parsed() -> None:
    article = read(NEWSPAPER)
    assert article.title == "Mayor Rules Out Closing the 'Old' Pier, for Now"
    assert article.published == date(2024, 3, 5)
    assert article.url == "https://example.org/2024/03/05/pier-(old)?a=1&b=2#top"
    assert (article.source, article.authors) == (None, ())
    assert article.text == (
        "There is no need to close the pier, the town hall said Tuesday after a storm.\n\n"
        '"Closing it is out of the question," her spokesman told the Gazette newspaper.\n\n'
        "The council meets again in two weeks."
    )


def test_a_wire_story_is_parsed() -> None:
    article = read(WIRE)
    assert article.title == "Town says it sees no need to close pier"
    assert (article.published, article.source, article.url) == (date(2024, 3, 5), "Reuters", None)
    assert article.authors == ("Ada Moreau", "Marc van Oye")
    assert article.text == (
        "PORT MAREN, March 5 (Reuters) - The town said on Tuesday it saw no need to close its pier.\n\n"
        "A spokesman said so to reporters."
    )


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("URL: https://example.org/a", "url", "https://example.org/a"),
        ("Source: https://example.org/a", "url", "https://example.org/a"),
        ("Read more at: <https://example.org/a>", "url", "https://example.org/a"),
        ("https://example.org/a", "url", "https://example.org/a"),
        ("Source: The Harbour Gazette", "source", "The Harbour Gazette"),
        ("By Ada Moreau and Lena Faro", "authors", ("Ada Moreau", "Lena Faro")),
        ("Author: Ada Moreau", "authors", ("Ada Moreau",)),
        ("By Ada Moreau, Reuters", "authors", ("Ada Moreau",)),
        ("By Ada Moreau, Reuters", "source", "Reuters"),
        ("Published: 5 March 2024", "published", date(2024, 3, 5)),
        ("Title: Ferry sails", "title", "Ferry sails"),
    ],
)
@pytest.mark.parametrize("form", ["Ferry\n{line}\n\nThe ferry sails.", "Ferry\n\nThe ferry sails.\n\n{line}\n"])
def test_a_line_of_metadata_is_read_at_either_end(line: str, field: str, expected: object, form: str) -> None:
    article = read(form.format(line=line))
    assert getattr(article, field) == expected
    assert "The ferry sails." in article.text
    assert line not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the pier was shut.",
        "Source: they would not say who told them, and nobody asked.",
        "Date: to be announced",
    ],
)
def test_a_line_that_only_looks_like_metadata_stays(line: str) -> None:
    article = read(f"Ferry\n{line}\nThe ferry sails.")
    assert line in article.text
    assert (article.source, article.published, article.authors) == (None, None, ())


def test_the_url_is_found_below_a_long_story() -> None:
    story = "\n".join(f"Sentence {number}." for number in range(40))
    article = read(f"Ferry\n{story}\nOriginal url:\n\n<https://example.org/a>")
    assert (article.url, article.text) == ("https://example.org/a", story)


def test_a_script_is_no_url() -> None:
    assert read("Ferry\nURL: javascript:alert(1)\nThe ferry sails.").url is None


def test_the_outlet_is_never_guessed_from_the_url() -> None:
    assert read("Ferry\n\nIt sails.\n\nURL: https://www.reuters.com/a").source is None


def test_multiplication_signs_are_not_emphasis() -> None:
    assert read("Ferry\n\nIt measures 5*3*2 metres, or 5 * 3 * 2.").text == "It measures 5*3*2 metres, or 5 * 3 * 2."


@pytest.mark.parametrize(
    "outlet",
    [
        "Harbour Courier",
        "The Harbour Courier",
        "The Guardian",
        "Daily Mail",
        "THE ESTMOUTH TIMES",
        "St. Maren Post-Dispatch",
        "South Estmouth Morning Post",
        "The Times of Estmouth",
        "Estmouth News",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "Ferry\n{line}\n13 May 2026\nThe ferry sails.",
        "Ferry\n\n13 May 2026\n\n{line}\n\nThe ferry sails.",
        "Ferry\n{line}\nBy Ada Moreau\n13 May 2026\nThe ferry sails.",
        "Ferry\nBy Ada Moreau\n{line}\nThe ferry sails.",
    ],
)
def test_an_outlet_on_a_line_beside_the_date_or_byline_is_read(outlet: str, form: str) -> None:
    article = read(form.format(line=outlet))
    assert (article.title, article.source, article.text) == ("Ferry", outlet, "The ferry sails.")


@pytest.mark.parametrize(
    "line",
    [
        "World News",
        "Film Review",
        "Press Review",
        "Mayor Sues Harbour Courier",
        "Mayor Accused Harbour Courier",
        "Harbour Courier Editor Resigns",
        "The owner of the Harbour Courier",
        "Harbour Courier wins prize",
        "He reads the Harbour Courier.",
        "Harbour Courier, 12 May",
        "Port Maren",
        "Times",
    ],
)
def test_a_line_beside_the_date_that_may_be_no_outlet_stays(line: str) -> None:
    article = read(f"Ferry\n{line}\n13 May 2026\nThe ferry sails.")
    assert article.source is None
    assert line in article.text


@pytest.mark.parametrize(
    "text",
    [
        "Ferry\nHarbour Courier\nThe ferry sails.",
        "Ferry\nThe ferry sails.\nHarbour Courier\n13 May 2026\nIt returns.",
        "Harbour Courier\n13 May 2026\nThe ferry sails.",
    ],
)
def test_an_outlet_not_beside_the_date_above_the_story_is_ignored(text: str) -> None:
    assert read(text).source is None


def test_an_outlet_that_is_labelled_counts_for_more_than_one_that_is_not() -> None:
    article = read("Ferry\nHarbour Courier\n13 May 2026\nThe ferry sails.\nSource: The Estmouth Gazette")
    assert article.source == "The Estmouth Gazette"
