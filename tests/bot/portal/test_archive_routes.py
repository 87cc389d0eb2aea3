"""Reading the archive over HTTP, on the index of the sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.create import create_bot
from bot.portal.api.replies import AnswerReply, ArticleReply, Count, ProblemReply, SearchReply, StatusReply
from bot.portal.site import build_site
from bot.settings import Settings


@pytest.fixture(scope="module")
def client(sample: Path) -> Iterator[TestClient]:
    settings = Settings(index=sample)
    with TestClient(build_site(create_bot(settings), settings=settings)) as client:
        yield client


def test_pages_of_a_search_follow_each_other_and_end(client: TestClient) -> None:
    whole = client.get("/api/v1/search", params={"q": "ferry", "limit": 7}).json()["passages"]
    address, seen = "?q=ferry&limit=3", []
    for _ in range(3):
        page = SearchReply.model_validate(client.get(f"/api/v1/search{address}").json())
        seen += [(passage.article_id, passage.start) for passage in page.passages]
        assert page.next
        address = page.next
    assert seen[:7] == [(passage["article_id"], passage["start"]) for passage in whole]
    last = client.get("/api/v1/search", params={"q": "ferry", "limit": 50, "offset": 200}).json()
    assert last == {"passages": [], "next": None}


def test_an_article_is_shown_as_it_was_indexed(client: TestClient) -> None:
    passage = client.get("/api/v1/search", params={"q": "ferry", "limit": 1}).json()["passages"][0]
    article = ArticleReply.model_validate(client.get(f"/api/v1/articles/{passage['article_id']}").json())
    assert article.title == passage["title"]
    assert article.text[passage["start"] : passage["end"]] == passage["text"]


def test_the_archive_is_counted_by_month_and_outlet_within_days_and_outlets(client: TestClient) -> None:
    whole = Count.model_validate(client.get("/api/v1/archive").json())
    assert sum(whole.by_month.values()) + whole.without_date == whole.total
    outlet, articles = next(iter(whole.by_outlet.items()))
    assert client.get("/api/v1/archive", params={"source": outlet}).json()["total"] == articles
    assert client.get("/api/v1/archive", params={"until": "1900-01-01"}).json()["total"] == 0


def test_the_status_says_what_is_served(client: TestClient) -> None:
    status = StatusReply.model_validate(client.get("/api/v1/status").json())
    assert status.articles == client.get("/api/v1/archive").json()["total"]


@pytest.mark.parametrize(
    "question", ["When does the ferry to Gull Island sail?", "How many articles mention the ferry?"]
)
def test_answers_have_the_form_that_openapi_describes(client: TestClient, question: str) -> None:
    AnswerReply.model_validate(client.post("/api/v1/ask", json={"question": question, "explain": True}).json())


@pytest.mark.parametrize("question", ["Hello!", "When does the ferry sail?", "How many articles mention the ferry?"])
def test_an_outlet_that_has_no_article_is_refused_whatever_is_asked(client: TestClient, question: str) -> None:
    reply = client.post("/api/v1/ask", json={"question": question, "sources": ["Nowhere"]})
    assert reply.status_code == 422
    assert "No article is from 'Nowhere'" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("method", "address", "status", "named"),
    [
        ("GET", "/api/v1/search", 422, "q: Field required"),
        ("GET", "/api/v1/search?q=%20", 422, "empty"),
        ("GET", "/api/v1/search?q=ferry&limit=0", 422, "limit"),
        ("GET", "/api/v1/search?q=ferry&page=2", 422, "'page'"),
        ("GET", "/api/v1/search?q=ferry&source=Nowhere", 422, "Nowhere"),
        ("GET", "/api/v1/archive?since=2022-02-31", 422, "since"),
        ("GET", "/api/v1/articles/0123456789abcdef", 404, "0123456789abcdef"),
        ("GET", "/api/v1/articles/..%2f", 404, ""),
        ("GET", "/api/v1/nowhere", 404, ""),
        ("GET", "/api/v1/ask", 405, ""),
        ("DELETE", "/api/v1/search", 405, ""),
        ("POST", "/theme.css", 405, ""),
    ],
)
def test_every_error_has_one_shape(client: TestClient, method: str, address: str, status: int, named: str) -> None:
    reply = client.request(method, address)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert named in ProblemReply.model_validate(reply.json()).detail
    if status == 405:
        assert reply.headers["allow"] in {"POST", "GET", "GET, HEAD"}


def test_the_api_is_described_at_one_place_by_a_page_that_loads_nothing_from_elsewhere(client: TestClient) -> None:
    result = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/ask", "/api/v1/search", "/api/v1/archive", "/api/v1/status"} <= set(result["paths"])
    page = client.get("/api/v1/docs").text
    assert "http" not in page.replace("https://fastapi.tiangolo.com/img/favicon.png", "")
    for file in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"docs/files/{file}" in page
        assert client.get(f"/api/v1/docs/files/{file}").status_code == 200
