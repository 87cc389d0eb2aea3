from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.article import Article

EAST = timezone(timedelta(hours=2))
WEST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("published", "updated", "day"),
    [
        (date(2024, 5, 3), date(2024, 5, 5), "2024-05-05"),
        (date(2024, 5, 3), None, None),
        (None, date(2024, 5, 5), "2024-05-05"),
        (datetime.fromisoformat("2024-05-03T08:00"), datetime.fromisoformat("2024-05-03T19:00"), None),
        (datetime(2024, 5, 3, 23, tzinfo=WEST), datetime(2024, 5, 4, 4, 30, tzinfo=UTC), None),
        (datetime(2024, 5, 3, 8, tzinfo=EAST), datetime(2024, 5, 3, 22, 30, tzinfo=UTC), "2024-05-04"),
        (date(2024, 5, 3), datetime(2024, 5, 3, 22, 30, tzinfo=UTC), None),
    ],
)
def test_an_article_was_revised_if_that_was_on_another_day(
    published: date | None, updated: date | None, day: str | None
) -> None:
    revised = Article("Ferry sails", "It sails.", published=published, updated=updated).revised
    assert (str(revised)[:10] if revised else None) == day
