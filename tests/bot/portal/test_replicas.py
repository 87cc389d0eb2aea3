"""Three servers over one archive in an object store, behind nginx, while a new generation is published."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from bot.portal.access.chosen import access_of
from bot.portal.site import build_site
from bot.settings import Settings
from corpus.article import Article
from index.storage.generations import Generations
from index.storage.remote.follow import Follower
from index.storage.remote.place import Origin
from index.storage.remote.publish import publishing
from tests.bot.archive_bot import archive_bot
from tests.bot.portal.sites import PASSWORD
from tests.index.building import build, corpus
from tests.local_server import free_port, served, until, until_open
from tests.s3_server import URL, environment, s3_server

REPLICAS = 3
ASKERS = 4
MOST = 400
"""Questions of one asker."""
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder};
    proxy_temp_path {folder};
    fastcgi_temp_path {folder};
    uwsgi_temp_path {folder};
    scgi_temp_path {folder};
    upstream replicas {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://replicas; proxy_set_header Host $http_host; }}
    }}
}}
"""


def edition(word: str) -> list[Article]:
    """Articles of the same addresses, each sentence of which says which edition it is of."""
    texts = (f"Report {number} on harbour{number} is of the {word} edition. " for number in range(12))
    return [replace(one, text=text + text) for one, text in zip(corpus(), texts, strict=True)]


def published(origin: Origin, word: str) -> str:
    with publishing(origin) as folder:
        generation = build(folder, edition(word)).generation
    assert generation
    return generation


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    with s3_server(tmp_path / "log") as address:
        for name, value in environment(address).items():
            monkeypatch.setenv(name, value)
        yield Origin.at(URL, tmp_path / "publisher")


def proxied(nginx: str, folder: Path, addresses: list[str], open_things: ExitStack) -> str:
    port = free_port()
    servers = " ".join(f"server {address.removeprefix('http://')};" for address in addresses)
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, servers=servers, port=port), "utf-8")
    process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(file)], stderr=subprocess.DEVNULL)
    open_things.callback(process.wait, 20)
    open_things.callback(process.terminate)
    until_open(port)
    return f"http://127.0.0.1:{port}"


def answers(address: str, stop: Event, most: int = MOST) -> list[dict[str, Any]]:
    """What an asker gets until it is stopped; every reply is an answer."""
    got = []
    with httpx.Client(base_url=address, auth=("ada", PASSWORD), timeout=120) as client:
        for number in range(most):
            if stop.is_set():
                break
            question = f"Which edition is report {number % 12} on harbour{number % 12} of?"
            reply = client.post("/api/v1/ask", json={"question": question})
            assert reply.status_code == 200, reply.text
            got.append(reply.json())
    return got


def test_replicas_switch_under_load_without_an_error_or_a_mixed_answer(
    publisher: Origin, nginx: str, tmp_path: Path
) -> None:
    editions = {published(publisher, "morning"): "morning"}
    replicas = [Origin(publisher.url, tmp_path / f"replica{number}") for number in range(REPLICAS)]
    with ExitStack() as open_things:
        addresses = []
        for one in replicas:
            follower = Follower(one, seconds=0.2)
            open_things.callback(follower.stop)
            follower.wait()
            settings = Settings(index=one.url, cache=one.cache, password=PASSWORD, rate="9999/second")
            site = build_site(archive_bot(settings.folder), settings=settings, access=access_of(settings))
            addresses.append(open_things.enter_context(served(site)))
        address = proxied(nginx, tmp_path, addresses, open_things)
        stop, pool = Event(), open_things.enter_context(ThreadPoolExecutor(ASKERS))
        open_things.callback(stop.set)
        asking = [pool.submit(answers, address, stop) for _ in range(ASKERS)]
        newest = published(publisher, "evening")
        editions[newest] = "evening"
        until(lambda: all(Generations(one.copy).current() == newest for one in replicas), 120)
        stop.set()
        got = [answer for one in asking for answer in one.result()]
        later = answers(address, Event(), 2 * REPLICAS)
    assert got
    for answer in got + later:
        shown = [one["quote"] for one in answer["citations"]] + [one["text"] for one in answer["passages"]]
        assert shown
        assert all(f"of the {editions[answer['generation']]} edition" in text for text in shown)
    assert {answer["generation"] for answer in later} == {newest}
