"""Days in other languages than English, in figures, and where a page states one day and shows another."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.dates import date_of_line, stated_date
from corpus.foreign_dates import as_shown, day_in_figures, foreign_date
from tests.corpus.pdf import column, pdf_of
from tests.corpus.reading import only_article, parsed

DAY = date(2021, 10, 7)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Donnerstag, 7. Oktober 2021",
            "Veröffentlicht am 7. Oktober 2021",
            "7 octobre 2021",
            "Publié le 7 octobre 2021",
        ),
        *(
            "7 de octubre de 2021",
            "Publicado el 7 de octubre de 2021",
            "giovedì 7 ottobre 2021",
            "7 de outubro de 2021",
        ),
        *("7 oktober 2021", "Gepubliceerd op 7 oktober 2021", "7 października 2021", "Опубликовано: 7 октября 2021 г."),
        *("7 жовтня 2021", "7. října 2021", "2021. október 7.", "7. lokakuuta 2021", "7. oktober 2021", "7 Ekim 2021"),
        *("2021年10月7日", "发布时间：2021年10月7日", "公開日：2021年10月7日", "2021년 10월 7일", "입력 2021.10.7"),
        *("2021/10/7", "2021-10-7", "2021. 10. 7."),
    ],
)
def test_a_line_that_says_a_day_in_another_language_is_a_date_line(line: str) -> None:
    assert date_of_line(line) == DAY


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Donnerstag, 7. Oktober 2021, 18:40 Uhr", datetime(2021, 10, 7, 18, 40)),  # noqa: DTZ001
        ("7 octobre 2021 à 18h40", datetime(2021, 10, 7, 18, 40)),  # noqa: DTZ001
        ("27.10.2021 klo 18.40", datetime(2021, 10, 27, 18, 40)),  # noqa: DTZ001
        ("7 de outubro de 2021 às 18h40", DAY),
        ("7 октября 2021 18:40 MSK", DAY),
    ],
)
def test_a_time_of_day_beside_it_is_kept_where_it_can_be_read(line: str, moment: date) -> None:
    assert date_of_line(line) == moment


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Am 7. Oktober 2021 beschloss der Rat den Bau.",
            "Aktualisiert am 7. Oktober 2021",
            "Oktober 2021",
            "7. Oktober",
        ),
        *("07/10/2021", "7.10.2021", "7. Oktober 21", "31. Februar 2021", "Saison 2021/22, 7. Spieltag", "2021.13.40"),
    ],
)
def test_text_with_more_or_less_than_a_date_is_none(line: str) -> None:
    assert date_of_line(line) is None


def test_figures_are_read_as_the_language_of_a_page_has_them() -> None:
    assert day_in_figures("07.10.2021") is None
    assert day_in_figures("07.10.2021", day_first=".") == DAY
    assert day_in_figures("27.10.2021, 9:30") == date(2021, 10, 27)
    assert foreign_date("07.10.2021, 18:40 Uhr") == datetime(2021, 10, 7, 18, 40)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "published"),
    [("de", DAY), ("fr-CA", DAY), ("en-GB", DAY), ("en-US", None), ("en", None), ("", DAY)],
)
def test_a_page_states_its_language_and_with_it_the_order_of_figures(language: str, published: date | None) -> None:
    story = "<p>Rat stimmt für den Bau eines neuen Turms, sagte die Sprecherin am Abend.</p>"
    page = f"<html lang='{language}'><body><h1>Rat stimmt</h1><p class=date>07.10.2021</p>{story}</body></html>"
    assert only_article(parsed("a.html", page.encode())).published == published


def test_a_field_and_a_pasted_line_may_state_a_day_in_another_language() -> None:
    assert stated_date("7 octobre 2021") == DAY
    article = only_article(parsed("a.txt", b"Vuurtoren brandt\n\n7 oktober 2021\n\nHij was lang donker."))
    assert (article.published, article.text) == (DAY, "Hij was lang donker.")


def test_the_day_above_the_story_of_a_page_is_no_part_of_it() -> None:
    story = "Der Leuchtturm von Kap Orne brennt wieder, sagte seine Wärterin am Montag."
    page = f"<html><body><article><h1>Turm</h1><p>7. Oktober 2021, 18:40 Uhr</p><p>{story}</p></article></body></html>"
    article = only_article(parsed("a.html", page.encode()))
    assert article.text == story
    assert article.published == datetime(2021, 10, 7, 18, 40)  # noqa: DTZ001


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "1970-01-01 00:00:00", "1969-12-31T19:00:00-05:00"])
def test_the_first_second_of_1970_is_no_date(value: str) -> None:
    assert stated_date(value) is None


def test_a_date_of_dot_net_counts_milliseconds() -> None:
    assert stated_date("/Date(1633630800000)/") == datetime(2021, 10, 7, 18, 20, tzinfo=UTC)
    assert stated_date("/Date(1633630800000+0200)/") == datetime(2021, 10, 7, 18, 20, tzinfo=UTC)


def test_a_moment_in_utc_has_the_day_that_its_page_shows() -> None:
    stated = datetime(2021, 10, 8, 3, 15, tzinfo=UTC)
    local = as_shown(stated, datetime(2021, 10, 7, 20, 15))  # noqa: DTZ001
    assert local == stated
    assert local.isoformat() == "2021-10-07T20:15:00-07:00"
    assert as_shown(stated, DAY) == DAY
    for other in (date(2021, 10, 8), date(2021, 9, 1)):
        assert as_shown(stated, other) is stated
    zoned = stated.astimezone(timezone(timedelta(hours=2)))
    assert as_shown(zoned, DAY) is zoned


STORY = "<p>The lighthouse of Cape Orne shines again after a year, its keeper said.</p>"


def published(head: str, beside: str = "", below: str = "") -> date | None:
    page = f"<html><head>{head}</head><body><article><h1>Lighthouse</h1>{beside}{STORY}</article>{below}</body></html>"
    return only_article(parsed("a.html", page.encode())).published


def test_the_zone_of_a_page_follows_from_the_time_beside_its_headline() -> None:
    head = '<meta property="article:published_time" content="2021-10-08T03:15:00Z">'
    day = published(head, "<time datetime='2021-10-07 20:15:00'>Oct. 7, 2021</time>")
    assert day is not None
    assert day.isoformat() == "2021-10-07T20:15:00-07:00"


def test_the_words_of_a_time_count_before_an_attribute_that_says_another_day() -> None:
    assert published("", "<time datetime='2021-10-19T08:00:00Z'>October 7, 2021</time>") == DAY


def test_a_publication_at_the_moment_of_the_last_change_gives_way_to_an_earlier_one() -> None:
    changed = "2022-02-02T10:00:00Z"
    head = (
        f'<meta itemprop="datePublished" content="{changed}">'
        f'<meta property="article:modified_time" content="{changed}">'
    )
    earlier = '<meta property="article:published_time" content="2021-10-07T10:00:00Z">'
    assert published(head + earlier) == datetime(2021, 10, 7, 10, tzinfo=UTC)
    assert published(head) == datetime(2022, 2, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "below",
    [
        "<table class=infobox><tr><td>Founded<td><time datetime='1901-10-07'>1901</time></table>",
        "<div class=infobox><span class=date>October 7, 1901</span></div>",
        "<section class=comments><div class=date>October 7, 2021</div></section>",
    ],
)
def test_the_day_of_a_founding_or_a_comment_is_not_the_articles(below: str) -> None:
    assert published("", below=below) is None


def test_the_byline_of_a_pdf_may_hold_the_day() -> None:
    lines = column(700, "Lighthouse shines", size=20) + column(
        650, "By Nora Kest, October 7, 2021", "", "", "It was dark."
    )
    made = "/CreationDate (D:20230101100000Z) /ModDate (D:20230101100000Z)"
    article = only_article(parsed("a.pdf", pdf_of([lines], made)))
    assert (article.published, article.authors, article.text) == (DAY, ("Nora Kest",), "It was dark.")


@pytest.mark.parametrize(
    ("beside", "day"),
    [
        ("<p class=meta>By Nora Kest, 7 October 2021 at 10:00, Orne</p>", DAY),
        ("<p>Von Nora Kest am 07.10.2021, 11:51 | 4 Meinungen</p>", DAY),
        ("<p>Cape Orne, 7. Oktober 2021</p>", DAY),
        ("<p class=meta>Updated on 7 October 2021 by Nora Kest</p>", None),
        ("<p class=meta>Zuletzt geändert am 7. Oktober 2021</p>", None),
        ("<p class=meta>7 October 2021, first on 3 May 2021</p>", None),
        ("<time itemprop=dateModified datetime='2021-10-07'></time>", None),
    ],
)
def test_the_day_in_a_line_beside_the_headline_is_read_but_not_that_of_a_change(beside: str, day: date | None) -> None:
    assert published("", beside) == day


def test_a_moment_of_the_next_day_that_no_zone_has_is_not_moved() -> None:
    stated = datetime(2021, 10, 7, 3, tzinfo=UTC)
    assert as_shown(stated, date(2021, 10, 8)) is stated
    assert as_shown(stated, datetime(2021, 10, 8, 3, tzinfo=UTC)) is stated


def test_the_day_of_the_last_change_that_a_page_shows_does_not_move_the_publication() -> None:
    head = (
        '<meta property="article:published_time" content="2021-10-07T20:00:00Z">'
        '<meta property="article:modified_time" content="2021-10-08T09:00:00Z">'
    )
    assert published(head, "<p>8 October 2021</p>") == datetime(2021, 10, 7, 20, tzinfo=UTC)
