"""Questions to go on with under an answer, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.portal.site import build_site
from bot.settings import Settings
from corpus.article import Article
from tests.bot.archive_bot import archive_bot
from tests.browser.conftest import Serve, Visit, ask
from tests.index.building import build

pytestmark = pytest.mark.browser

ARTICLES = [
    Article("Mill Pier opens", "The Mill Pier in Port Maren was opened by Ines Okafor.", source="Post"),
    Article("Mill Pier paid", "The Mill Pier was paid for by <b>Tom Ferrand</b> of Port Maren.", source="Post"),
    Article("Storm", "A storm kept Ines Okafor away from Port Maren.", source="Courier"),
]


def test_a_question_suggested_under_an_answer_is_asked_and_gives_way_to_the_next(
    tmp_path: Path, serve: Serve, visit: Visit
) -> None:
    build(tmp_path, ARTICLES)
    page = visit(serve(build_site(archive_bot(tmp_path, threshold=0.0), None, [], Settings(index=tmp_path))))
    reply = ask(page, "Who opened the Mill Pier?")
    suggested = reply.get_by_role("group", name="Ask next").get_by_role("button")
    expect(suggested.first).to_be_visible()
    assert 1 <= suggested.count() <= 3
    page.emulate_media(media="print")
    expect(suggested.first).to_be_hidden()
    page.emulate_media(media="screen")
    reply.locator(".source > summary").first.click()
    text = suggested.first.inner_text()
    suggested.first.press("Enter")
    expect(page.get_by_label("Question", exact=True).last).to_contain_text(text)
    expect(page.get_by_label("Answer", exact=True)).to_have_count(2)
    expect(reply.locator(".suggested")).to_have_count(0)
    expect(reply.locator("details.source[open]")).to_have_count(1)
