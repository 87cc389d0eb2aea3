from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import instant
from corpus.dates import date_of_line, stated_date

DAY = date(2020, 8, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2020-08-31",
        "20200831",
        "2020/08/31",
        "31.08.2020",
        "31/08/2020",
        "August 31, 2020",
        "Aug. 31, 2020",
        "31 Aug 2020",
        "31st August 2020",
        "Published August 31, 2020 by someone",
        "  31 August   2020\n",
    ],
)
def test_a_written_day_is_a_date(text: str) -> None:
    found = stated_date(text)
    assert found == DAY
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-08-31T10:00:00Z", datetime(2020, 8, 31, 10, tzinfo=UTC)),
        ("2020-08-31 10:00:00+03:00", datetime(2020, 8, 31, 10, tzinfo=timezone(timedelta(hours=3)))),
        ("2020-08-31T10:00:00Z[UTC]", datetime(2020, 8, 31, 10, tzinfo=UTC)),
        ("2020-08-31T10:00+03:00[Europe/Kyiv]", datetime(2020, 8, 31, 10, tzinfo=timezone(timedelta(hours=3)))),
        ("Mon, 31 Aug 2020 10:00:00 GMT", datetime(2020, 8, 31, 10, tzinfo=UTC)),
        ("Mon, 31 Aug 2020 10:00:00 -0500", datetime(2020, 8, 31, 10, tzinfo=timezone(timedelta(hours=-5)))),
        ("August 31, 2020 5:03 PM", datetime(2020, 8, 31, 17, 3)),  # noqa: DTZ001
        (1598832000, datetime(2020, 8, 31, tzinfo=UTC)),
        ("1598832000", datetime(2020, 8, 31, tzinfo=UTC)),
        (1598832000000, datetime(2020, 8, 31, tzinfo=UTC)),
        (20200831, DAY),
    ],
)
def test_a_stated_time_is_kept_with_its_zone(value: object, expected: date) -> None:
    found = stated_date(value)
    assert found == expected
    assert getattr(found, "tzinfo", None) == getattr(expected, "tzinfo", None)


def test_a_time_in_an_unknown_zone_is_left_out() -> None:
    assert stated_date("2020-08-31T10:00:00[Europe/Kyiv]") == DAY
    assert stated_date("August 31, 2020 5:03 PM ET") == DAY
    assert stated_date("Mon 31 Aug 2020 10.03 BST") == DAY


def test_a_time_that_no_clock_shows_is_left_out() -> None:
    assert stated_date("2020-08-31T24:00:00") == DAY


@pytest.mark.parametrize(
    "value",
    [
        *("03/04/2020", "0000-00-00", "2020-13-45", "2020-02-30", "9999-12-31", "0001-01-01T00:00:00+05:00"),
        *("2020", "2020-08", "August 2020", "Aug 31", "31 Aug 20", "Friday", "tomorrow", "yesterday", "now", ""),
        *(None, True, 2020, 0, -1, float("nan"), float("inf"), 10**400, ["2020-08-31"], {"date": "2020-08-31"}),
    ],
)
def test_text_without_a_full_date_is_no_date(value: object) -> None:
    assert stated_date(value) is None


@pytest.mark.parametrize(
    "line",
    ["August 31, 2020", "31 Aug 2020 0", "Monday, 31 August 2020 10:03 BST", "Aug 31, 2020 | 12 comments"],
)
def test_a_line_that_says_only_a_date_is_a_date_line(line: str) -> None:
    found = date_of_line(line)
    assert found is not None
    assert (found.year, found.month, found.day) == (2020, 8, 31)


@pytest.mark.parametrize("line", ["The vote was on August 9, 2020.", "12", "Chapter 20", "By May 4, 2020, it was over"])
def test_a_sentence_with_a_date_is_no_date_line(line: str) -> None:
    assert date_of_line(line) is None


@given(st.text(max_size=60) | st.floats() | st.integers())
def test_any_value_is_a_date_that_can_be_ordered_or_none(value: object) -> None:
    found = stated_date(value)
    if found:
        assert instant(found).tzinfo is UTC


@given(st.dates(min_value=date(1605, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert stated_date(day.isoformat()) == day
    assert stated_date(f"{day:%B} {day.day}, {day.year}") == day
    assert stated_date(f"{day.day} {day:%b} {day.year}") == day
