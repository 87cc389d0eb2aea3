"""How quick the chat page is, for one visitor and for many at once.

    python -m benchmarks.visitors INDEX [QUESTIONS.jsonl] [VISITORS]

Starts `byline serve` on this machine. Headless Chromium opens the page, each time as a new visitor, and puts questions;
then 30 visitors put one each at once, as the page's own scripts do, while the page is fetched. Without a file of
questions they are proposed from the index. Needs Debian's chromium.
"""

import asyncio
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.load import HERE, ms, ready, served
from bot.evaluate.proposals import propose

LOADS = 5
"""Times that the page is opened."""
QUESTIONS = 11
"""Questions put in the browser; the first warms the way up and does not count."""
VISITORS = 30
LONGEST = 120_000
"""Milliseconds that anything on the page may take."""
LATER = 1_500
"""Milliseconds after the page is usable in which what it loads still counts as its first load."""
PLAIN = "What is the latest news?"
TIMED = """() => {
  window.firstWords = null;
  const count = () => document.querySelectorAll('#chat .answer, #chat .abstained, #chat .notice').length;
  const before = count(), box = document.querySelector('#question textarea');
  let entered = 0;
  box.addEventListener('keydown', (event) => { if (event.key === 'Enter') entered = performance.now(); });
  const seen = new MutationObserver(() => {
    if (entered && count() > before) { seen.disconnect(); window.firstWords = performance.now() - entered; }
  });
  seen.observe(document.querySelector('#chat'), { childList: true, subtree: true });
}"""


def main(index: str, file: str = "", visitors: int = VISITORS) -> None:
    """Prints a table."""
    questions = _questions(index, file)
    with served("this", HERE, index) as server:
        asyncio.run(ready(server, questions[:1]))
        address = server.address
        with _browser() as browser:
            loads = [_load(browser, address) for _ in range(LOADS)]
            words = _first_words(browser, address, list(islice(cycle(questions), QUESTIONS)))
        ends, pages, took = asyncio.run(_at_once(address, list(islice(cycle(questions), visitors))))
    seconds, sizes = [load[0] for load in loads], [load[1] for load in loads]
    errors = ", ".join(f"{count} {end}" for end, count in ends.items() if end != "answered") or "none"
    print("| what | measured |\n| --- | --- |")
    print(f"| usable after, {LOADS} first visits | p50 {median(seconds):.2f} s, at most {max(seconds):.2f} s |")
    print(f"| bytes of the first load, compressed | {max(sizes):,} |")
    print(f"| Enter to first words, {len(words)} questions | p50 {ms(words, 50)}, p95 {ms(words, 95)} |")
    print(f"| {visitors} visitors at once | all answered after {took:.1f} s; errors: {errors} |")
    print(f"| GET / meanwhile, {len(pages)} times | p50 {ms(pages, 50)}, p99 {ms(pages, 99)} |")


def _questions(index: str, file: str) -> list[str]:
    if file:
        return [json.loads(line)["question"] for line in Path(file).read_text("utf-8").splitlines()]
    return [proposal.draft.question for proposal in propose(Path(index), VISITORS)] or [PLAIN]


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


def _opened(page: Page, address: str) -> float:
    """Opens the page; returns the seconds until a question can be typed and everything on it works."""
    page.set_default_timeout(LONGEST)
    started = perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("#question .submit-button").wait_for()
    page.wait_for_function("window.byline && document.querySelector('#question textarea')")
    return perf_counter() - started


def _load(browser: Browser, address: str) -> tuple[float, int]:
    """Seconds until a new visitor can use the page, and the bytes that came over the wire."""
    context = browser.new_context()
    page, sizes = context.new_page(), list[int]()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda ended: sizes.append(int(ended["encodedDataLength"])))
    seconds = _opened(page, address)
    page.wait_for_timeout(LATER)
    context.close()
    return seconds, sum(sizes)


def _first_words(browser: Browser, address: str, questions: Sequence[str]) -> list[float]:
    """Seconds from Enter to the first words of each answer, each in a conversation of its own."""
    page = browser.new_page()
    _opened(page, address)
    times = []
    for question in questions:
        page.locator("#question textarea").fill(question)
        page.evaluate(TIMED)
        page.keyboard.press("Enter")
        page.wait_for_function("window.firstWords !== null")
        times.append(page.evaluate("window.firstWords") / 1000)
        page.locator("#chat [data-action=again]").wait_for()
        page.wait_for_timeout(LATER)  # a person reads before they ask again
        page.locator("#fresh").click()
        page.wait_for_function("!document.querySelector('#chat [data-action=again]')")
    return times[1:]


async def _at_once(address: str, questions: Sequence[str]) -> tuple[Counter[str], list[float], float]:
    """How the questions of as many visitors end, how long the page takes meanwhile, and all of it."""
    limits = httpx.Limits(max_connections=3 * len(questions) + 10)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        submit = _submit((await client.get("/")).text)
        started, pages = perf_counter(), list[float]()
        visits = (_visit(client, submit, f"visitor{number}", text) for number, text in enumerate(questions))
        asking = asyncio.gather(*visits)
        while not asking.done():
            fetched = perf_counter()
            (await client.get("/")).raise_for_status()
            pages.append(perf_counter() - fetched)
            await asyncio.sleep(0.1)
        return Counter(await asking), pages, perf_counter() - started


def _submit(page: str) -> int:
    """The number of the event that puts a question, from the configuration in the page."""
    config = re.search(r"window\.gradio_config = (\{.*?\});</script>", page, re.DOTALL)
    assert config
    events = json.loads(config[1])["dependencies"]
    return next(int(event["id"]) for event in events if any("submit" in target for target in event["targets"]))


async def _visit(client: httpx.AsyncClient, submit: int, session: str, question: str) -> str:
    """One question as the page's scripts put it; returns how it ended."""
    data = [question, None, "[]", "", "", "", [], None]
    body = {"fn_index": submit, "data": data, "session_hash": session}
    try:
        joined = await client.post("/gradio_api/queue/join", json=body)
        if joined.status_code != 200:
            return f"refused with {joined.status_code}"
        async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
            sent = [json.loads(line[5:]) async for line in stream.aiter_lines() if line.startswith("data:")]
    except httpx.HTTPError as error:
        return type(error).__name__
    ended = next((event for event in sent if event.get("msg") == "process_completed"), {})
    shown = json.dumps(sent)
    return "answered" if ended.get("success") and 'class=\\"notice' not in shown else "with an error"


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:4]))
