"""What a caller may not read is nowhere in what the site sends, as if it were not in the archive."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from bot.portal.access.caller import PERSON, Caller
from bot.portal.access.middleware import Access
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.archive_summary import describe_index
from bot.ui.desk import desk_of
from corpus.article import Article, Rejected
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import ScriptedBot
from tests.index.building import build
from tests.local_server import served

GROUPS = ("board", "desk")
NAMES = (
    "Aldermoor", "Brackwell", "Corriven", "Dunhallow", "Eskmere", "Farnleigh",
    "Gorswick", "Hathersea", "Inglemoss", "Jarrowby", "Kelspring", "Lindowar",
)  # fmt: skip
SHARED = "The harbour council approved the new ferry pier on Monday after a long public debate about its cost."
EQUAL = (SHARED, f"{SHARED} The mayor of the coast said that the ferry will sail twice a day from spring.")
QUESTIONS = (
    "When did the harbour council approve the ferry pier?",
    "What is the latest on the ferry?",
    "How many articles mention the ferry?",
    "How many articles are there?",
    "Which outlets write about the ferry?",
    "What was the first article about the harbour council?",
    "What happened with the ferry in March 2022?",
    "What can you do?",
    "Who painted the ceiling of the observatory on Mars?",
    *(f"What did {name} say about the ferry?" for name in NAMES[::3]),
    *(f"How many articles mention {name}?" for name in NAMES[1::4]),
    "What did Aldermor say about the pier?",  # a letter from a name
)


COUNTED = re.compile("How many|Which outlets|What was the first|What can you do")
EXACT = re.compile("v1/articles|v1/archive|status|state|counts|get_article|reading|^/$")
"""Routes that rank nothing: the length of a passage weighs by the average of all."""


def articles(seed: int) -> list[Article]:
    """Twelve articles of twelve names: the last four have equal texts, in pairs."""
    chance = random.Random(seed)
    made = []
    for number, name in enumerate(NAMES):
        own = f"{SHARED} {name} told the paper that the ferry pays for itself and that {name} Street stays open."
        groups = tuple(group for group in GROUPS if chance.random() < 0.4)
        made.append(
            Article(
                title=f"{name} speaks on the ferry pier",
                text=own if number < 8 else EQUAL[number % 2],
                url=f"https://{name.lower()}.example/pier",
                source="Coast Herald" if number % 3 else f"{name} Gazette",
                published=date(2022, 1 + number % 6, 3 + number),
                groups=groups,
            )
        )
    return made


async def known(connection: HTTPConnection) -> Caller:
    groups = tuple(json.loads(connection.headers.get("x-groups", "[]")))
    return Caller("ann", "host", PERSON | {"admin"}, groups)


@dataclass(frozen=True)
class Site:
    """A site over an index of its own."""

    client: TestClient
    articles: Sequence[Article]


class Sites:
    """Sites over the restricted archives, and over what each caller may read of them; each is built once."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._made: dict[tuple[Article, ...], Site] = {}

    def over(self, held: Sequence[Article]) -> Site:
        if (key := tuple(held)) not in self._made:
            index = self._folder / str(len(self._made))
            build(index, [*held, Rejected("notes/secret.txt", None, "is empty")])
            bot, chosen = archive_bot(index), Settings(index=index, operator=True, rate="1000000/minute")
            site = build_site(
                bot, partial(describe_index, index, None), None, chosen, Access((known,)), desk_of(chosen, bot)
            )
            self._made[key] = Site(self._stack.enter_context(TestClient(site)), key)
        return self._made[key]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with ExitStack() as stack:
        yield Sites(tmp_path_factory.mktemp("groups"), stack)


def readable(held: Sequence[Article], groups: Sequence[str]) -> list[Article]:
    return [article for article in held if not article.groups or set(article.groups) & set(groups)]


def everything(site: Site, groups: Sequence[str], question: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every route, with what it sends."""
    client, header = site.client, {"x-groups": json.dumps(list(groups))}

    def got(address: str, **fields: Any) -> tuple[str, str]:
        return address, client.get(address, params=fields, headers=header).text

    def sent(address: str, body: Any, **headers: str) -> tuple[str, str]:
        return address, client.post(address, json=body, headers=header | headers).text

    yield sent("/api/v1/ask", {"question": question, "explain": True})
    yield sent("/v1/chat/completions", {"model": "byline", "messages": [{"role": "user", "content": question}]})
    yield got("/api/v1/search", q=question, limit=50)
    yield got("/api/v1/archive")
    yield got("/api/v1/status")
    yield got("/archive")
    yield got("/archive", q="ferry", outlet="*")
    yield got("/state")
    yield from (mcp(site, header, name, arguments) for name, arguments in tools(question, ids))
    for name in ids:
        yield got(f"/api/v1/articles/{name}")
        yield got("/archive", article=name)
        yield sent(f"/reading/{name}", {"quotes": []})
    yield "/", masthead(site, header)


def tools(question: str, ids: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "ask", {"question": question}
    yield "search_articles", {"query": question, "top_k": 20}
    yield "archive_counts", {"topic": "ferry"}
    yield "archive_counts", {}
    yield "get_article", {"article_id": ids[0]}


def mcp(site: Site, header: dict[str, str], tool: str, arguments: dict[str, Any]) -> tuple[str, str]:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    accepts = {"accept": "application/json, text/event-stream"}
    reply = site.client.post("/mcp", json=call, headers=header | accepts)
    assert reply.status_code == 200, reply.text
    return f"/mcp {tool}", reply.text


def place_of(page: str, name: str) -> int:
    """The number of the page's first event of this name."""
    config = json.loads(re.search(r"window\.gradio_config = (\{.*?\});</script>", page)[1])  # type: ignore[index]
    return next(int(one["id"]) for one in config["dependencies"] if any(target[1] == name for target in one["targets"]))


def event(site: Site, header: dict[str, str], name: str, data: list[Any]) -> str:
    """What an event of the page without a queue sends."""
    body = {"fn_index": place_of(site.client.get("/").text, name), "data": data, "session_hash": "abc"}
    reply = site.client.post("/gradio_api/run/predict", json=body, headers=header)
    assert reply.status_code == 200, reply.text
    return reply.text


def masthead(site: Site, header: dict[str, str]) -> str:
    return event(site, header, "load", [[]])


_VARYING = re.compile(
    r"""\\?"(?:generation|asked|created|age_seconds|timings_ms|id|request_id|score|parts|confidence)\\?":\s*"""
    r"""(?:\\?"[^"]*"|[\d.e-]+|\{[^}]*\}|null)|chatcmpl-\w+|\d{8}T\w+-\w+|\d+\.\d{2,}"""
)


def plain(text: str) -> str:
    """What is sent without what differs from one index, or one run, to the next."""
    return _VARYING.sub("", text)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    seed=st.sampled_from([1, 2]),
    groups=st.sampled_from([(), *combinations(GROUPS, 1), GROUPS, ("other",)]),
    question=st.sampled_from(QUESTIONS),
)
def test_unreadable_articles_seem_not_to_exist(sites: Sites, seed: int, groups: tuple[str, ...], question: str) -> None:
    held = articles(seed)
    may_read = readable(held, groups)
    whole, part = sites.over(held), sites.over([replace(article, groups=()) for article in may_read])
    ids = [article.id for article in held]
    names = [word for article in held if article not in may_read if (word := article.title.split()[0]) not in question]
    pairs = zip(everything(whole, groups, question, ids), everything(part, groups, question, ids), strict=True)
    for (route, sent), (_, expected) in pairs:
        assert not [name for name in names if name.lower() in sent.lower()], route
        if EXACT.search(route) or (route.endswith("ask") and COUNTED.match(question)):
            assert plain(sent) == plain(expected), route


def test_a_question_at_the_page_has_the_groups_of_the_visitor_who_put_it() -> None:
    bot = ScriptedBot()
    with served(build_site(bot, access=Access((known,)))) as address, httpx.Client(base_url=address) as client:
        submit = place_of(client.get("/").text, "submit")
        for number, groups in enumerate([["board"], ["desk"], []]):
            header, session = {"x-groups": json.dumps(groups)}, f"session{number}"
            data = ["When?", None, "[]", "", "", "", [], None]
            body = {"fn_index": submit, "data": data, "session_hash": session}
            client.post("/gradio_api/queue/join", json=body, headers=header).raise_for_status()
            stream = client.get("/gradio_api/queue/data", params={"session_hash": session}, headers=header)
            assert "process_completed" in stream.text
    assert [question.groups for question, _ in bot.asked] == [("board",), ("desk",), ()]
