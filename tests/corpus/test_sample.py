import json

from corpus.article import Article
from corpus.duplicates import groups, signature
from corpus.read import READERS, read
from corpus.sample import QUESTIONS, SAMPLE


def articles() -> list[Article]:
    found = list(read([SAMPLE]))
    assert all(isinstance(article, Article) for article in found), found
    return [article for article in found if isinstance(article, Article)]


def test_every_article_of_the_sample_is_read_with_title_date_and_source() -> None:
    found = articles()
    assert len(found) == 14
    assert all(article.title and article.published and article.source for article in found)
    assert {"The Harbour Gazette", "The Coast Courier", "Reuters"} <= {article.source for article in found}
    assert len({article.id for article in found}) == 14


def test_the_sample_shows_most_formats_and_one_wire_copy() -> None:
    assert len({path.suffix for path in SAMPLE.iterdir()} & set(READERS)) == 5
    numbers = groups([signature(article.text) for article in articles()])
    assert len(numbers) - len(set(numbers)) == 1


def test_every_question_is_answered_by_the_articles_it_names_or_by_none() -> None:
    texts = {article.url: article.text for article in articles()}
    for line in QUESTIONS.read_text("utf-8").splitlines():
        question = json.loads(line)
        assert bool(question["urls"]) == bool(question["answers"]) == question["answerable"]
        for url in question["urls"]:
            assert any(answer in texts[url] for answer in question["answers"]), question["id"]
