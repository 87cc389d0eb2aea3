from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.answer.archive_count import MOST_OUTLETS, count_answer, question_of
from bot.commands.count_table import count_lines
from bot.question.archive_request import MOST_ALTERNATIVES, ArchiveRequest, Asks, archive_request, speaks_of_archive
from corpus.article import Article
from index.question import Question
from index.search.counting import ArticleCount
from index.search.topic import Topic
from tests.bot.fakes import BRIDGE, FERRY, WIRE

ASKED = date(2024, 8, 1)
OUTLETS = ("CNN", "Reuters", "The Guardian", None)
LATE = Article("Late ferry", "It rained. The ferry was late.", "https://example.org/late", None, None)


def request(text: str) -> ArchiveRequest:
    found = archive_request(Question(text, ASKED), OUTLETS)
    assert found
    return found


def counted(topic: Topic, *articles: Article) -> ArticleCount:
    """What counting gives for these articles, newest first."""
    days = [article.published for article in articles if article.published]
    outlets = Counter(article.source for article in articles if article.source)
    return ArticleCount(
        topic,
        total=len(articles),
        stories=len({article.text for article in articles}),
        since=None,
        until=None,
        sources=(),
        by_month=dict(sorted(Counter(f"{day:%Y-%m}" for day in days).items())),
        by_outlet=dict(outlets.most_common()),
        first=min(days, default=None),
        last=max(days, default=None),
        articles=articles,
        earliest=tuple(article for article in reversed(articles) if article.published),
        without_date=len(articles) - len(days),
        without_outlet=len(articles) - sum(outlets.values()),
    )


def answer(asks: Asks, topic: Topic, *articles: Article) -> str:
    return count_answer(ArchiveRequest(topic, asks), counted(topic, *articles)).wording.text


CROSSING = Topic(words=("bridge",))


@pytest.mark.parametrize(
    ("question", "asks", "phrases", "words"),
    [
        ("how many articles mention Halden since May?", "count", ("Halden",), ()),
        ("which outlets wrote about the ferry?", "outlets", (), ("ferry",)),
        ("list the articles about the lighthouse", "list", (), ("lighthouse",)),
        ("When was Kittiwake first mentioned?", "first", ("Kittiwake",), ()),
        ("when did we last write about the eel pass gate", "last", (), ("eel", "pass", "gate")),
        ("how often is the bridge mentioned by month", "months", (), ("bridge",)),
        ("articles per month about herring quotas", "months", (), ("herring", "quotas")),
        ("which paper covered the strike most?", "outlets", (), ("strike",)),
        ("what do you have on the ferry from 2024?", "list", (), ("ferry",)),
        ("how many articles are there?", "count", (), ()),
        ("how far back does your collection go", "first", (), ()),
        ('how many times does "low water" appear', "count", ("low water",), ()),
        ("How many stories quote Joe Biden's sister on AT&T?", "count", ("AT&T", "Joe Biden"), ("sister",)),
        ("which stories cite the harbour survey", "list", (), ("harbour", "survey")),
        ("Please show me all articles in which the school in Upton is mentioned", "list", ("Upton",), ("school",)),
        ("We covered the pier a lot. How many stories was it?", "count", (), ("pier",)),
        ("when it comes to seals, how many stories have you got?", "count", (), ("seals",)),
        ("number of articles on herons by month", "months", (), ("herons",)),
        ("which papers reported the leak first", "first", (), ("leak",)),
        ("which article is the oldest", "first", (), ()),
        ("Which articles are the earliest in the archive?", "first", (), ()),
        ("which stories about the pier are the newest?", "last", (), ("pier",)),
        ("what is the most recent you have on seals", "last", (), ("seals",)),
        ("how many articles mention the oldest pier", "count", (), ("oldest", "pier")),
        ("which article is the latest", "last", (), ()),
    ],
)  # fmt: skip
def test_topic_and_what_is_asked_are_read(
    question: str, asks: Asks, phrases: tuple[str, ...], words: tuple[str, ...]
) -> None:
    found = request(question)
    assert (found.asks, found.topic) == (asks, Topic(phrases, words))


def test_time_in_a_question_is_its_window_unless_one_is_set() -> None:
    found = request("how many reports on otters in 2021")
    assert (found.since, found.until) == (date(2021, 1, 1), date(2021, 12, 31))
    assert found.topic == Topic(words=("otters",))
    set_before = Question("how many reports on otters in 2021", ASKED, since=date(2020, 1, 1), sources=("CNN",))
    kept = archive_request(set_before)
    assert kept
    assert (kept.since, kept.until, kept.sources) == (date(2020, 1, 1), None, ("CNN",))


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("How many articles are from 2021?", date(2021, 1, 1), date(2021, 12, 31)),
        ("How many articles from 2023 do you have?", date(2023, 1, 1), date(2023, 12, 31)),
        ("how many articles about otters from the year 2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("How many stories are dated 2022?", date(2022, 1, 1), date(2022, 12, 31)),
        ("how many 2023 articles mention otters", date(2023, 1, 1), date(2023, 12, 31)),
        ("How many articles are from March?", date(2024, 3, 1), date(2024, 3, 31)),
        ("How many articles are from 2031?", date(2031, 1, 1), date(2031, 12, 31)),
        ("how many articles about otters from 2020 on", date(2020, 1, 1), None),
        ("how many articles from 2020 or 2021 mention otters", date(2020, 1, 1), date(2021, 12, 31)),
        ("how many articles on otters in 2020 or 2021", date(2020, 1, 1), date(2021, 12, 31)),
        ("how many articles about otters from 2020 to 2022", date(2020, 1, 1), date(2022, 12, 31)),
        ("list the articles that mention otters in March 2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("How many articles are there since 2 May 2024?", date(2024, 5, 2), None),
        ("do you have more than 2000 articles", None, None),
        ("How many articles mention the band 1975?", None, None),
    ],
)
def test_year_or_month_that_articles_are_from_is_their_window(
    question: str, since: date | None, until: date | None
) -> None:
    found = request(question)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("question", "sources", "topic"),
    [
        ("How many articles did CNN publish about the Queen?", ("CNN",), Topic(("Queen",))),
        ("how many pieces from the guardian", ("The Guardian",), Topic()),
        ("List all Guardian articles on Boris Johnson", ("The Guardian",), Topic(("Boris Johnson",))),
        ("show stories by reuters on malta", ("Reuters",), Topic(words=("malta",))),
        ("How many articles mention CNN?", (), Topic(("CNN",))),
        ("How many articles are about a guardian angel?", (), Topic(words=("guardian", "angel"))),
    ],
)
def test_outlet_that_is_named_as_the_source_is_no_topic(question: str, sources: tuple[str, ...], topic: Topic) -> None:
    found = request(question)
    assert (found.sources, found.topic) == (sources, topic)


def varied(*questions: str) -> ArchiveRequest:
    *earlier, last = questions
    found = archive_request(Question(last, ASKED), OUTLETS, earlier)
    assert found
    return found


def test_follow_up_to_a_count_replaces_its_topic_its_period_or_its_outlet() -> None:
    first = "How many articles mention Halden?"
    halden, may = Topic(("Halden",)), (date(2024, 5, 1), date(2024, 5, 31))
    assert varied(first, "and in May?") == ArchiveRequest(halden, "count", *may)
    assert varied(first, "and from 2021?") == ArchiveRequest(halden, "count", date(2021, 1, 1), date(2021, 12, 31))
    assert varied(first, "and in May?", "what about the Guardian?") == ArchiveRequest(
        halden, "count", *may, ("The Guardian",)
    )
    assert varied(first, "and in May?", "and Estmouth?") == ArchiveRequest(Topic(("Estmouth",)), "count", *may)
    assert varied(first, "and the guardian angel?").topic == Topic(words=("guardian", "angel"))
    assert varied("How many articles mention CNN?", "and Reuters?") == ArchiveRequest(Topic(("Reuters",)), "count")


def test_follow_up_to_a_count_may_ask_for_its_outlets_or_months() -> None:
    first = "How many articles mention Halden?"
    assert varied(first, "which outlets?") == ArchiveRequest(Topic(("Halden",)), "outlets")
    assert varied(first, "and by month?", "and Estmouth?") == ArchiveRequest(Topic(("Estmouth",)), "months")
    assert varied(first, "list them").asks == "list"


@pytest.mark.parametrize("asks", ["count", "months", "outlets", "list", "first", "last"])
def test_question_made_of_a_request_is_read_as_that_request(asks: Asks) -> None:
    days = (date(2024, 5, 1), date(2024, 5, 31))
    either = Topic(("Halden",), others=(Topic(words=("bird", "flu")), Topic(("low water",))))
    for topic in (Topic(), Topic(("Piet Lund", "low water"), ("ferry",)), Topic(words=("herring", "quotas")), either):
        for sources in ((), ("The Guardian",), ("CNN", "Reuters")):
            for since, until in (days, (days[0], None), (None, days[1]), (None, None)):
                made = ArchiveRequest(topic, asks, since, until, sources)
                assert request(question_of(made)) == made


PENGUINS, POLIO = Topic(words=("penguins",)), Topic(words=("polio",))


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("How many articles mention penguins or polio?", (PENGUINS, POLIO)),
        ("How many articles mention Halden OR Estmouth?", (Topic(("Halden",)), Topic(("Estmouth",)))),
        ("how many articles are about either penguins, bird flu, or Piet Lund",
         (PENGUINS, Topic(words=("bird", "flu")), Topic(("Piet Lund",)))),
        ('How many articles mention "low water" or penguins in 2022?', (Topic(("low water",)), PENGUINS)),
        ("Do you have any articles or reports on polio?", (POLIO,)),
        ('how many articles mention "penguins or polio"', (Topic(("penguins or polio",)),)),
    ],
)  # fmt: skip
def test_or_separates_topics_of_which_one_is_enough(question: str, topics: tuple[Topic, ...]) -> None:
    found = request(question)
    assert (found.topic.alternatives, found.is_unsupported) == (topics, False)


@pytest.mark.parametrize(
    "question",
    [
        "How many articles mention Halden but not Estmouth?",
        "how many articles mention neither Halden nor Estmouth",
        "how many articles mention Halden without Estmouth",
        "How many articles don't mention Halden?",
        "How many articles on Halden are not from CNN?",
        "How many articles mention Halden and Estmouth or polio?",
        "How many articles mention the fire in Halden or Estmouth?",
        f"How many articles mention {' or '.join(f'Port{place}' for place in range(MOST_ALTERNATIVES + 1))}?",
    ],
)
def test_other_combination_of_words_is_recognised(question: str) -> None:
    assert request(question).is_unsupported
    assert varied(question, "and in May?").is_unsupported
    assert not varied(question, "and Port Maren?").is_unsupported


@pytest.mark.parametrize(
    "question",
    [
        'how many articles mention "life without parole"',
        "why not list the newest articles",
        "not only Halden: list all articles on it",
        "How many articles say that Halden is not in the union?",
        "How many articles mention people without homes?",
    ],
)
def test_not_beside_no_topic_or_within_a_quoted_one_combines_nothing(question: str) -> None:
    assert not request(question).is_unsupported


@pytest.mark.parametrize("question", ["which themes are covered most", "most mentioned harbours in the archive"])
def test_question_for_the_commonest_topic_is_no_request(question: str) -> None:
    assert archive_request(Question(question, ASKED)) is None


@pytest.mark.parametrize(("question", "speaks"), [
    ("how many articles mention Halden?", True),
    ("how often was the word ferry used", True),
    ("what have we got on the ombudsman", True),
    ("beter call sual seson 6 how many episods", False),
])  # fmt: skip
def test_question_that_says_nothing_of_an_archive_is_not_about_it(question: str, speaks: bool) -> None:
    assert speaks_of_archive(question) == speaks


def test_answer_gives_the_number_and_cites_a_sentence_on_the_topic_of_each_article() -> None:
    result = count_answer(ArchiveRequest(CROSSING, "count"), counted(CROSSING, FERRY, BRIDGE))
    text = result.wording.text
    assert text == (
        "2 articles from 2 outlets mention “bridge”, from 16 May to 24 May 2022.\n\nThe articles:\n\n"
        f"24 May 2022, Northern Courier: {FERRY.text} [1]\n\n"
        "16 May 2022, The Harbour Post: The old harbour bridge had been shut since a barge struck its western pier. [2]"
    )
    assert [text[start:end] for start, end in result.wording.emphasis] == ["2 articles"]
    assert [text[start:end] for start, end in result.wording.marks] == ["[1]", "[2]"]
    assert [citation.number for citation in result.citations] == [1, 2]
    assert all(citation.quote in citation.passage.article.text for citation in result.citations)


def test_copies_are_counted_and_cited_once() -> None:
    result = count_answer(ArchiveRequest(CROSSING, "list"), counted(CROSSING, BRIDGE, WIRE))
    assert result.wording.text.startswith(
        "2 articles from 2 outlets mention “bridge”, all of 16 May 2022. They tell 1 story; the others are copies."
    )
    assert len(result.citations) == 1


def test_article_without_date_or_outlet_is_counted() -> None:
    topic = Topic(words=("ferry",))
    assert answer("count", topic, LATE) == (
        "1 article mentions “ferry”. 1 of them has no date.\n\nThe article:\n\nThe ferry was late. [1]"
    )


def test_outlets_are_listed_after_the_one_with_the_most() -> None:
    other = replace(FERRY, url="https://example.net/2", source="The Harbour Post", title="Again", text="A bridge fell.")
    text = answer("outlets", CROSSING, FERRY, BRIDGE, other)
    assert "The Harbour Post has the most: 2 articles." in text
    assert "\n\nThe Harbour Post: 2;\nNorthern Courier: 1.\n\n" in text
    assert "have the most: 1 article each." in answer("outlets", CROSSING, FERRY, BRIDGE)


def test_outlets_beyond_a_limit_are_summed_up() -> None:
    many = [replace(FERRY, url=f"https://example.net/{number}", source=f"Post {number}") for number in range(20)]
    assert f";\n{20 - MOST_OUTLETS} other outlets: 5." in answer("outlets", CROSSING, *many)


def test_months_are_listed_and_years_where_there_are_too_many() -> None:
    assert "\n\nMay 2022: 2.\n\n" in answer("months", CROSSING, FERRY, BRIDGE)
    months = [date(2020 + number // 12, number % 12 + 1, 1) for number in range(30)]
    many = [replace(FERRY, url=f"https://example.net/{day}", published=day) for day in reversed(months)]
    assert "\n\n2020: 12;\n2021: 12;\n2022: 6.\n\n" in answer("months", CROSSING, *many)


def test_first_and_last_are_answered_with_their_day() -> None:
    first = answer("first", CROSSING, FERRY, BRIDGE)
    assert first.startswith(
        "The first of 2 articles that mention “bridge” is of 16 May 2022.\n\nThe first ones:\n\n16 May"
    )
    last = answer("last", CROSSING, FERRY, BRIDGE)
    assert last.startswith("The last of 2 articles that mention “bridge” is of 24 May 2022.\n\nThe articles:\n\n24 May")
    assert answer("first", CROSSING, FERRY).startswith("The only article that mentions “bridge” is of 24 May 2022.")


def test_whole_archive_is_counted_without_citations() -> None:
    result = count_answer(ArchiveRequest(Topic(), "count"), counted(Topic(), FERRY, BRIDGE))
    assert result.wording.text == "2 articles from 2 outlets are in the archive, from 16 May to 24 May 2022."
    assert result.citations == result.wording.marks == ()


def test_no_match_names_the_topic_and_the_limits_and_cites_nothing() -> None:
    topic = Topic(("Halden",))
    none = replace(counted(topic), since=date(2024, 5, 1), sources=("CNN",))
    result = count_answer(ArchiveRequest(topic, "count"), none)
    assert result.wording.text == "No article mentions Halden (from 1 May 2024, only CNN)."
    assert (result.citations, result.wording.marks, result.wording.emphasis) == ((), (), ())


def test_topics_of_which_one_is_enough_are_joined_by_or() -> None:
    either = replace(PENGUINS, words=("penguins", "seals"), others=(POLIO,))
    assert answer("count", either) == "No article mentions “penguins” and “seals” or “polio”."
    assert counted(either).topic.text == "penguins seals or polio"


def test_outlet_without_articles_is_named_before_the_count() -> None:
    wording = count_answer(ArchiveRequest(CROSSING, "count"), counted(CROSSING, BRIDGE), "Reuters").wording
    assert wording.text.startswith("No article here is from Reuters. 1 article from The Harbour Post mentions “bridge”")
    assert [wording.text[start:end] for start, end in wording.emphasis] == ["1 article"]


def test_table_has_months_beside_outlets_and_escapes_control_characters() -> None:
    odd = replace(FERRY, source="Odd\x1b[2J Post")
    assert count_lines(counted(CROSSING, odd, BRIDGE, LATE)) == [
        "3 articles on bridge, 16 May 2022 to 24 May 2022",
        "",
        "Month     Articles    Outlet            Articles",
        "May 2022         2    Odd\\x1b[2J Post          1",
        "no date          1    The Harbour Post         1",
        "                      no outlet                1",
    ]
    assert count_lines(counted(Topic(("Halden",)))) == ["0 articles on Halden"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Tom Brandt/ferry news\n\nThe ferry was late on Monday.", "The ferry was late on Monday."),
        ("Who runs the ferry?\n\nFor years the ferry was run by a club.", "For years the ferry was run by a club."),
        ("The ferry times", "The ferry times"),
    ],
)
def test_a_statement_is_cited_before_a_caption_or_a_heading(text: str, quoted: str) -> None:
    article = Article("Late ferry", text, "https://example.org/late", "CNN", date(2024, 5, 1))
    (citation,) = count_answer(
        ArchiveRequest(Topic(words=("ferry",)), "count"), counted(Topic(words=("ferry",)), article)
    ).citations
    assert citation.quote == quoted
