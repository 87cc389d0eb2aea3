from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question import Question
from index.time.period import Period, depends_on_day, period_of, wants_latest

ASKED = date(2022, 7, 28)  # a Thursday

# The time as it stands in a question, and the window it opens, "..", between two days. The open side is empty.
STRICT = {
    "in August 2020": "2020-08-01..2020-08-31",
    "in Aug 2020": "2020-08-01..2020-08-31",
    "in August of 2020": "2020-08-01..2020-08-31",
    "during August, 2020": "2020-08-01..2020-08-31",
    "in sept 2021": "2021-09-01..2021-09-30",
    "in Feb. 2020": "2020-02-01..2020-02-29",
    "in May 2021": "2021-05-01..2021-05-31",
    "in march 2021": "2021-03-01..2021-03-31",
    "in the month of June 2021": "2021-06-01..2021-06-30",
    "in 2020-08": "2020-08-01..2020-08-31",
    "in October last year": "2021-10-01..2021-10-31",
    "in October of last year": "2021-10-01..2021-10-31",
    "in May this year": "2022-05-01..2022-05-31",
    "on 19 Aug 2020": "2020-08-19..2020-08-19",
    "on 19 August 2020": "2020-08-19..2020-08-19",
    "on the 19th of August 2020": "2020-08-19..2020-08-19",
    "on 19th August, 2020": "2020-08-19..2020-08-19",
    "on August 19, 2020": "2020-08-19..2020-08-19",
    "on August 19th, 2020": "2020-08-19..2020-08-19",
    "on August 19 2020": "2020-08-19..2020-08-19",
    "on Aug. 19, 2020": "2020-08-19..2020-08-19",
    "on August 19,2020": "2020-08-19..2020-08-19",
    "on 2020-08-19": "2020-08-19..2020-08-19",
    "on 31/08/2020": "2020-08-31..2020-08-31",
    "on 08/31/2020": "2020-08-31..2020-08-31",
    "on 31.8.2020": "2020-08-31..2020-08-31",
    "on 8/8/2020": "2020-08-08..2020-08-08",
    "on Monday, August 31, 2020": "2020-08-31..2020-08-31",
    "on Monday 31 August 2020": "2020-08-31..2020-08-31",
    "in 2021": "2021-01-01..2021-12-31",
    "during 2021": "2021-01-01..2021-12-31",
    "throughout 2021": "2021-01-01..2021-12-31",
    "in the year 2021": "2021-01-01..2021-12-31",
    "in 1999": "1999-01-01..1999-12-31",
    "in Q3 2021": "2021-07-01..2021-09-30",
    "in Q1 of 2022": "2022-01-01..2022-03-31",
    "in H1 2021": "2021-01-01..2021-06-30",
    "in the third quarter of 2021": "2021-07-01..2021-09-30",
    "in the 1st quarter of 2021": "2021-01-01..2021-03-31",
    "in the second quarter of this year": "2022-04-01..2022-06-30",
    "in the first half of 2021": "2021-01-01..2021-06-30",
    "in the second half of 2021": "2021-07-01..2021-12-31",
    "in the second half of last year": "2021-07-01..2021-12-31",
    "since Monday": "2022-07-25..",
    "since March": "2022-03-01..",
    "since December": "2021-12-01..",
    "since March 2020": "2020-03-01..",
    "since 2020": "2020-01-01..",
    "since 9 August 2020": "2020-08-09..",
    "since the 9th of August 2020": "2020-08-09..",
    "since 2020-08-09": "2020-08-09..",
    "since yesterday": "2022-07-27..",
    "since last week": "2022-07-18..",
    "since last Friday": "2022-07-22..",
    "since last summer": "2021-06-01..",
    "since early 2021": "2021-01-01..",
    "since the start of 2021": "2021-01-01..",
    "since the 1990s": "1990-01-01..",
    "since May": "2022-05-01..",
    "from March 2021 onwards": "2021-03-01..",
    "from 2020 to now": "2020-01-01..",
    "after the 9th of August": "2021-08-10..",
    "after 9 August 2020": "2020-08-10..",
    "after August 2020": "2020-09-01..",
    "after 2020": "2021-01-01..",
    "after Monday": "2022-07-26..",
    "before 2021": "..2020-12-31",
    "before March 2021": "..2021-02-28",
    "before March": "..2022-02-28",
    "before 9 August 2020": "..2020-08-08",
    "before Monday": "..2022-07-24",
    "before last week": "..2022-07-17",
    "prior to 2021": "..2020-12-31",
    "until March": "..2022-03-31",
    "until March 2021": "..2021-03-31",
    "until 2020": "..2020-12-31",
    "until 9 August 2020": "..2020-08-09",
    "until yesterday": "..2022-07-27",
    "till June 2021": "..2021-06-30",
    "up to March 2021": "..2021-03-31",
    "by August 2020": "..2020-08-31",
    "by the end of 2021": "..2021-12-31",
    "between March and May 2022": "2022-03-01..2022-05-31",
    "between November and February 2022": "2021-11-01..2022-02-28",
    "between March 2020 and May 2021": "2020-03-01..2021-05-31",
    "between March and May": "2022-03-01..2022-05-31",
    "between November and February": "2021-11-01..2022-02-28",
    "between 2019 and 2021": "2019-01-01..2021-12-31",
    "between 1 and 31 August 2020": "2020-08-01..2020-08-31",
    "between 30 July and 2 August 2020": "2020-07-30..2020-08-02",
    "between July 30 and August 2, 2020": "2020-07-30..2020-08-02",
    "between 2020-07-30 and 2020-08-02": "2020-07-30..2020-08-02",
    "between Monday and Wednesday": "2022-07-25..2022-07-27",
    "between 30 December and 2 January 2021": "2020-12-30..2021-01-02",
    "from 1 to 31 August 2020": "2020-08-01..2020-08-31",
    "from August 1 to 5, 2020": "2020-08-01..2020-08-05",
    "from March to May 2021": "2021-03-01..2021-05-31",
    "from March through May 2021": "2021-03-01..2021-05-31",
    "from March until May 2021": "2021-03-01..2021-05-31",
    "from 2019 to 2021": "2019-01-01..2021-12-31",
    "from Monday to Wednesday": "2022-07-25..2022-07-27",
    "from last Friday to yesterday": "2022-07-22..2022-07-27",
    "from March 2021 to today": "2021-03-01..2022-07-28",
    "in 2019 and 2020": "2019-01-01..2020-12-31",
    "in 2019-2021": "2019-01-01..2021-12-31",
    "on 1-5 August 2020": "2020-08-01..2020-08-05",
    "on August 1-5, 2020": "2020-08-01..2020-08-05",
    "on 29 February 2020": "2020-02-29..2020-02-29",
}
HINTS = {
    "starting in March 2021": "2021-03-01..",
    "in 2022": "2022-01-01..2022-07-28",
    "in July 2022": "2022-07-01..2022-07-28",
    "today": "2022-07-28..2022-07-28",
    "tonight": "2022-07-28..2022-07-28",
    "this morning": "2022-07-28..2022-07-28",
    "yesterday": "2022-07-27..2022-07-27",
    "the day before yesterday": "2022-07-26..2022-07-26",
    "last night": "2022-07-27..2022-07-28",
    "this week": "2022-07-25..2022-07-28",
    "earlier this week": "2022-07-25..2022-07-28",
    "last week": "2022-07-18..2022-07-24",
    "last weekend": "2022-07-23..2022-07-24",
    "over the weekend": "2022-07-23..2022-07-24",
    "at the weekend": "2022-07-23..2022-07-24",
    "this past weekend": "2022-07-23..2022-07-24",
    "this month": "2022-07-01..2022-07-28",
    "earlier this month": "2022-07-01..2022-07-28",
    "last month": "2022-06-01..2022-06-30",
    "this quarter": "2022-07-01..2022-07-28",
    "last quarter": "2022-04-01..2022-06-30",
    "this year": "2022-01-01..2022-07-28",
    "so far this year": "2022-01-01..2022-07-28",
    "earlier this year": "2022-01-01..2022-07-28",
    "last year": "2021-01-01..2021-12-31",
    "this decade": "2020-01-01..2022-07-28",
    "in the past week": "2022-07-21..2022-07-28",
    "in the last week": "2022-07-21..2022-07-28",
    "over the past month": "2022-06-28..2022-07-28",
    "in the past year": "2021-07-28..2022-07-28",
    "in the last decade": "2012-07-28..2022-07-28",
    "in the past three days": "2022-07-25..2022-07-28",
    "in the last 3 days": "2022-07-25..2022-07-28",
    "in the last 24 hours": "2022-07-27..2022-07-28",
    "in the past 48 hours": "2022-07-26..2022-07-28",
    "over the last 12 months": "2021-07-28..2022-07-28",
    "in the past two weeks": "2022-07-14..2022-07-28",
    "in the past couple of weeks": "2022-07-14..2022-07-28",
    "in the last few days": "2022-07-23..2022-07-28",
    "over the past several weeks": "2022-06-09..2022-07-28",
    "in the last two years": "2020-07-28..2022-07-28",
    "two days ago": "2022-07-26..2022-07-26",
    "three days ago": "2022-07-25..2022-07-25",
    "a week ago": "2022-07-18..2022-07-24",
    "two weeks ago": "2022-07-11..2022-07-17",
    "a month ago": "2022-06-01..2022-06-30",
    "6 months ago": "2022-01-01..2022-01-31",
    "a year ago": "2021-01-01..2021-12-31",
    "ten years ago": "2012-01-01..2012-12-31",
    "recently": "2022-07-14..2022-07-28",
    "lately": "2022-07-14..2022-07-28",
    "in recent days": "2022-07-14..2022-07-28",
    "on Tuesday": "2022-07-26..2022-07-26",
    "on Thursday": "2022-07-28..2022-07-28",
    "on Friday": "2022-07-22..2022-07-22",
    "on Sunday evening": "2022-07-24..2022-07-24",
    "early Thursday": "2022-07-28..2022-07-28",
    "Wednesday night": "2022-07-27..2022-07-27",
    "last Friday": "2022-07-22..2022-07-22",
    "last Thursday": "2022-07-21..2022-07-21",
    "this past Tuesday": "2022-07-26..2022-07-26",
    "on Tuesday last week": "2022-07-19..2022-07-19",
    "last week on Tuesday": "2022-07-19..2022-07-19",
    "in Tuesday's primary": "2022-07-26..2022-07-26",
    "in August": "2021-08-01..2021-08-31",
    "in July": "2022-07-01..2022-07-28",
    "in May": "2022-05-01..2022-05-31",
    "in march": "2022-03-01..2022-03-31",
    "last August": "2021-08-01..2021-08-31",
    "last July": "2021-07-01..2021-07-31",
    "last May": "2022-05-01..2022-05-31",
    "this March": "2022-03-01..2022-03-31",
    "August 19": "2021-08-19..2021-08-19",
    "on August 19": "2021-08-19..2021-08-19",
    "on 5 July": "2022-07-05..2022-07-05",
    "on the 5th of July": "2022-07-05..2022-07-05",
    "on February 29": "2020-02-29..2020-02-29",
    "August 2020": "2020-08-01..2020-08-31",
    "in the August 2020 election": "2020-08-01..2020-08-31",
    "19 August 2020": "2020-08-19..2020-08-19",
    "last summer": "2021-06-01..2021-08-31",
    "this summer": "2022-06-01..2022-07-28",
    "this spring": "2022-03-01..2022-05-31",
    "last winter": "2021-12-01..2022-02-28",
    "last spring": "2022-03-01..2022-05-31",
    "last fall": "2021-09-01..2021-11-30",
    "over the winter": "2021-12-01..2022-02-28",
    "in the summer of 2020": "2020-06-01..2020-08-31",
    "in winter 2021": "2021-12-01..2022-02-28",
    "winter 2020/21": "2020-12-01..2021-02-28",
    "in autumn 2021": "2021-09-01..2021-11-30",
    "in the fall of last year": "2021-09-01..2021-11-30",
    "in Q2": "2022-04-01..2022-06-30",
    "in Q4": "2021-10-01..2021-12-31",
    "early August 2020": "2020-08-01..2020-08-10",
    "first week of August 2020": "2020-08-01..2020-08-07",
    "the second week of August 2020": "2020-08-08..2020-08-14",
    "last week of February 2021": "2021-02-22..2021-02-28",
    "second half of June 2021": "2021-06-16..2021-06-30",
    "mid-August 2020": "2020-08-11..2020-08-21",
    "late August 2020": "2020-08-22..2020-08-31",
    "at the end of August 2020": "2020-08-22..2020-08-31",
    "late June": "2022-06-21..2022-06-30",
    "in early 2021": "2021-01-01..2021-05-01",
    "in mid-2021": "2021-05-02..2021-09-01",
    "in late 2021": "2021-09-02..2021-12-31",
    "in the 1990s": "1990-01-01..1999-12-31",
    "in the late 1990s": "1996-09-01..1999-12-31",
    "in the '90s": "1990-01-01..1999-12-31",
    "at the 2020 Olympics": "2020-01-01..2020-12-31",
    "in the 2022 World Cup": "2022-01-01..2022-07-28",
    "at World Cup 2018": "2018-01-01..2018-12-31",
    "for the 2022 Emmy Awards": "2022-01-01..2022-07-28",
    "from August 2020": "2020-08-01..2020-08-31",
}

NO_TIME = [
    "Who is Theresa May?",
    "What did Theresa May say?",
    "Who may resign?",
    "What may happen after May resigned?",
    "Which decision may be overturned?",
    "What is this may be about?",
    "Why did they march on the capital?",
    "Who led the Women's March?",
    "Who won March Madness?",
    "Who took part in March for Our Lives?",
    "Where did troops march to?",
    "Who came second?",
    "What happened in the second half?",
    "Who scored in the last quarter?",
    "What does the Sunday Times say of it?",
    "What did USA TODAY report about the flood?",
    "what does usa today say of it?",
    "What did India Today report?",
    "Who hosts the Today show?",
    "What is on Sunday Times lists?",
    "Who played on Monday Night Football?",
    "Who hosts Saturday Night Live?",
    "What is Black Friday?",
    "What was sold on Black Friday?",
    "Who won on Super Tuesday?",
    "Who was Ruby Tuesday?",
    "What was 9/11?",
    "What did the 9/11 commission find?",
    "Who planned the 7 October attack?",
    "What did the January 6 committee find?",
    "What did the attack of the October 7 attackers destroy?",
    "What happened to the Boeing 737?",
    "Which airline flies the Boeing 747 8?",
    "What is Agenda 2030?",
    "What is planned in 2030?",
    "What did COP26 decide?",
    "What is the 24-hour rule?",
    "Who met at the G7?",
    "What does the 1986 law forbid?",
    "Who is the 2024 running mate?",
    "Who won for the 49ers?",
    "Which 1990s sitcom was it?",
    "Why were the Fourth of July fireworks cancelled?",
    "Who sang Blackpink's 'How You Like That'?",
    "Who sang 'Last Friday Night'?",
    "Who directed “Yesterday”?",
    'Who wrote "Nineteen Eighty-Four" and "In July 2020"?',
    "Who wrote the Times column?",
    "What happens next week?",
    "What is due next Tuesday?",
    "What will happen on Tuesday?",
    "What will it release on March 6?",
    "What opens in March next year?",
    "When do they vote tomorrow?",
    "What is overturned later this year?",
    "Who plays this weekend?",
    "What begins this winter?",
    "Who lost in the past?",
    "Who left at the last minute?",
    "What was said on the last day of the trial?",
    "What did he do in the last year of his life?",
    "How long is a year?",
    "What is the word of the year?",
    "What does The Week report?",
    "How many are more than a year ago?",
    "Is inflation higher compared to last year?",
    "Which lawsuits were brought in recent years?",
    "Who paid $2020 in fees?",
    "Where did 2000 people march?",
    "What was built in 2000 homes?",
    "What changed after the 2020 election?",
    "What was said since the October 7, 2023 attack?",
    "What costs 3.2020 euros?",
    "What is the ratio of 2020:1?",
    "What happened on 31 June 2021?",
    "What happened on 03/04/2020?",
    "What happened on 2020-13-45?",
    "What happened before 2030?",
    "Which prime minister resigned?",
    "What is the latest on Ukraine?",
    "What is Ukraine doing now?",
    "Who is in the sun?",
    "What did Jan say to June?",
    "Who is April Ryan?",
    "How old is August Wilson?",
    "Did the Arab Spring fail?",
    "Why did Kabul fall?",
    "Who said it in the fall of Kabul?",
    "What is daylight saving time?",
    "",
]


def window(words: str) -> tuple[date | None, date | None]:
    since, until = (date.fromisoformat(day) if day else None for day in words.split(".."))
    return since, until


def read(question: str, asked: date = ASKED) -> tuple[date | None, date | None, bool]:
    period = period_of(question, asked)
    assert period, f"no time found in {question!r}"
    return period.since, period.until, period.strict


@pytest.mark.parametrize(("words", "expected"), STRICT.items())
def test_an_explicit_time_opens_a_strict_window(words: str, expected: str) -> None:
    assert read(f"What happened {words}?") == (*window(expected), True)


@pytest.mark.parametrize(("words", "expected"), HINTS.items())
def test_a_loose_time_opens_a_window_that_is_a_hint(words: str, expected: str) -> None:
    assert read(f"What happened {words}?") == (*window(expected), False)


@pytest.mark.parametrize("question", NO_TIME)
def test_words_without_a_publication_time_open_no_window(question: str) -> None:
    assert period_of(question, ASKED) is None


@pytest.mark.parametrize(
    "question",
    [
        "A total of 73 were removed in 2021. How many remain?",
        "How much has been given since the invasion began on February 24, 2022?",
        "How long did it last during the riot on January 6, 2021?",
        "After the attack on 7 October 2021, who resigned?",
        "Who is the man that was jailed in 2020?",
        "How many homes were sold in June 2021?",
        "What was the median price in June 2021?",
        "What did he say a week after 9 August 2020?",
    ],
)
def test_a_background_time_is_only_a_hint(question: str) -> None:
    assert read(question)[2] is False


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("How much has been given since the invasion began on February 24?", date(2022, 2, 24)),
        ("How long did it last during the riot on January 6, 2021?", date(2021, 1, 6)),
        ("A total of 73 were removed in 2021. How many remain?", date(2021, 1, 1)),
        ("It was found in 2019 and 2020. In which state?", date(2019, 1, 1)),
        ("Who resigned after the vote on Tuesday?", date(2022, 7, 26)),
    ],
)
def test_a_background_time_opens_a_window_without_end(question: str, since: date) -> None:
    assert read(question) == (since, None, False)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who resigned this week after the coup of last October?", "this week"),
        ("Which card from 1952 recently sold at auction?", "recently"),
        ("Was the anniversary of January 6, 2021 held this week?", "this week"),
        ("What did he say on Tuesday about the crash in 2019?", "on Tuesday"),
        ("Who gathered on Monday for a contest held since 1826?", "on Monday"),
        ("What was the price as of this week after a rise last year?", "this week"),
    ],
)
def test_the_last_beginning_of_several_times_counts_as_a_hint(question: str, words: str) -> None:
    period = period_of(question, ASKED)
    assert period
    assert (period.words, period.strict) == (words, False)


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        ("Who won this weekend?", date(2022, 7, 31), "2022-07-30..2022-07-31"),
        ("Who won this weekend?", date(2022, 7, 30), "2022-07-30..2022-07-30"),
        ("Who won this weekend?", date(2022, 8, 1), "2022-07-30..2022-07-31"),
        ("Who resigned this week?", date(2022, 7, 25), "2022-07-25..2022-07-25"),
        ("Who resigned last week?", date(2022, 1, 3), "2021-12-27..2022-01-02"),
        ("What happened last month?", date(2022, 3, 31), "2022-02-01..2022-02-28"),
        ("What happened last month?", date(2022, 1, 1), "2021-12-01..2021-12-31"),
        ("What happened last winter?", date(2022, 1, 10), "2020-12-01..2021-02-28"),
        ("What happened this winter?", date(2022, 1, 10), "2021-12-01..2022-01-10"),
        ("What happened last summer?", date(2022, 9, 1), "2022-06-01..2022-08-31"),
    ],
)
def test_relative_times_are_seen_from_the_day_asked(question: str, asked: date, expected: str) -> None:
    assert read(question, asked)[:2] == window(expected)


def test_a_moment_counts_as_its_day() -> None:
    assert read("What happened today?", datetime(2022, 7, 28, 23, 59)) == (ASKED, ASKED, False)  # noqa: DTZ001


def test_the_words_are_those_of_the_question() -> None:
    period = period_of("In the end, who won Between  MARCH and May 2022, please?", ASKED)
    assert period
    assert period.words == "Between  MARCH and May 2022"


def test_only_the_beginning_of_a_pasted_article_is_read() -> None:
    assert period_of("word " * 1000 + "in August 2020", ASKED) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who resigned this week?", "2022-07-24..2022-07-28"),
        ("What happened on Monday?", "2022-07-24..2022-07-28"),
        ("What happened last Friday?", "2022-07-21..2022-07-25"),
        ("What happened last month?", "2022-05-31..2022-07-28"),
        ("Who won the 2020 Olympics?", "2019-12-31..2022-01-01"),
        ("What happened in August 2020?", "2020-08-01..2020-08-31"),
        ("What happened before 2021?", "..2020-12-31"),
    ],
)
def test_reports_of_a_loose_time_appear_for_a_while_after_it(question: str, expected: str) -> None:
    period = period_of(question, ASKED)
    assert period
    assert period.published(ASKED) == window(expected)


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on Ukraine?",
        "What is the newest variant?",
        "What was the most recent launch?",
        "Who is currently the prime minister?",
        "Which variant is now dominant?",
        "What is happening in Kyiv right now?",
        "Who is the current chancellor?",
        "Who is Italy's current president?",
        "What do people wear these days?",
    ],
)
def test_the_newest_report_is_wanted(question: str) -> None:
    assert wants_latest(question)
    assert wants_latest(question.upper())


@pytest.mark.parametrize(
    "question",
    [
        "Who resigned this week?",
        "Who led the now-defunct company?",
        "When is it due at the latest?",
        "What is known until now?",
        "What is an electric current?",
        "How strong is the current of the river?",
        "Who sang 'Now or Never'?",
        "How is snow made?",
        "What happened now that he left?",
    ],
)
def test_the_newest_report_is_not_wanted(question: str) -> None:
    assert not wants_latest(question)


PIECES = (
    "in on since until between from and to the last this past of May may March 2020 2021 31 29 Feb 99999 week weeks "
    "year ago three 999 decade Monday Sunday yesterday Q3 early mid-2020 1990s '90s 2020-02-30 ’s “ ” ? . - – summer "
    "winter month day hours recent now 0 00 1st first half quarter Olympics before after by"
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join))
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(TEXTS, DAYS)
def test_any_text_on_any_day_gives_a_window_that_is_none_or_in_order(text: str, asked: date) -> None:
    period = period_of(text, asked)
    assert wants_latest(text) in {True, False}
    assert depends_on_day(Question(text, asked)) in {True, False}
    if period:
        assert period.words in text
        assert (period.since or period.until or asked) <= (period.until or asked) <= asked
        since, until = period.published(asked)
        assert (since or date.min) <= (until or asked) <= asked


@pytest.mark.parametrize(("text", "depends"), [
    ("Who won yesterday?", True),
    ("What happened this week?", True),
    ("Who won in May?", True),
    ("What happened in 2022?", True),  # the year asked, not over yet
    ("What happened in 2030?", True),
    ("What is the latest on the bridge?", True),
    ("How many articles are from March?", True),
    ("Which letter from 1952 was sold recently?", True),
    ("How many articles are from 2021?", False),
    ("Who won in May 2021?", False),
    ("What happened since March 2020?", False),
    ("Who designed the bridge?", False),
])  # fmt: skip
def test_a_question_depends_on_its_day_if_its_words_are_relative_to_it(text: str, depends: bool) -> None:
    assert depends_on_day(Question(text, ASKED)) == depends


def test_words_taken_literally_depend_on_no_day() -> None:
    assert not depends_on_day(Question("Who won yesterday?", ASKED, plain=("yesterday",)))


RELATIVE = [words for words in HINTS if not any(figure.isdigit() for figure in words)]


@given(st.sampled_from(RELATIVE), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_relative_time_is_never_after_the_day_asked(words: str, asked: date) -> None:
    period = period_of(f"What happened {words}?", asked)
    assert period is None or (period.until and period.until <= asked)


@given(
    st.sampled_from([*STRICT, *HINTS]),
    st.sampled_from(["{}?", "{}", "{}.", "({})?", "{} !", "{}; who?", "so, {}, who?"]),
    st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_neither_case_nor_surrounding_words_change_the_window(
    words: str, frame: str, cased: Callable[[str], str]
) -> None:
    plain, framed = read(f"What happened {words}?"), read(cased(frame.format(f"What happened {words}")))
    assert framed[:2] == plain[:2]


def test_a_period_is_a_value() -> None:
    assert Period(None, ASKED, "until today", strict=True) == Period(None, ASKED, "until today", strict=True)
