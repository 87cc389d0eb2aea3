"""Finds passages for questions by words: `python -m training.candidates ARTICLES QUESTIONS OUT`.

Byline's own retriever is better; this one needs no index. Any retriever's findings can be measured in this form.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import typer
from Stemmer import Stemmer

from corpus.article import Article
from index.passage import Passage
from index.split import split

RECENT = 14  # days
PAST = 45
DEPTH = 200


def main(articles: Path, questions: Path, out: Path, top_k: int = 30) -> None:
    """Writes each question with its best passages, one JSON object a line.

    Args:
        articles: JSONL, gzipped: title, text, url, source, published.
        questions: JSONL: id, question, asked, answers, urls, answerable.
        out: The file to write.
        top_k: How many passages a question gets.
    """
    passages = [passage for article in _articles(articles) for passage in split(article)]
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    with out.open("w", encoding="utf-8") as file:
        for question, numbers in zip(asked, _ranked(passages, asked, top_k), strict=True):
            found = [_record(passages[number]) for number in numbers]
            file.write(json.dumps(question | {"passages": found}, ensure_ascii=False) + "\n")


def _articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            day = date.fromisoformat(record["published"])
            yield Article(record["title"], record["text"], record["url"], record["source"], day)


def _ranked(passages: list[Passage], asked: list[dict[str, Any]], top_k: int) -> Iterator[list[int]]:
    stemmer = Stemmer("english")
    bm25 = bm25s.BM25()
    texts = [passage.indexed_text for passage in passages]
    bm25.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    words = bm25s.tokenize([each["question"] for each in asked], stemmer=stemmer, show_progress=False)
    found, scores = bm25.retrieve(words, k=DEPTH, show_progress=False)
    days = np.array([passage.article.published.toordinal() for passage in passages])
    for question, row, score in zip(asked, np.asarray(found), scores, strict=True):
        age = date.fromisoformat(question["asked"]).toordinal() - days[row]
        weight = np.select([age < -1, age <= RECENT, age <= PAST], [0.2, 1.0, 0.5], 0.2)
        yield list(map(int, row[np.argsort(-score * weight, kind="stable")][:top_k]))


def _record(passage: Passage) -> dict[str, Any]:
    heading = passage.indexed_text.removesuffix(passage.text).strip()
    return {"heading": heading, "text": passage.text, "url": passage.article.url}


if __name__ == "__main__":
    typer.run(main)
