import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.split
from corpus.article import Article
from index.split import MAX_TOKENS, sentences, split
from index.tokens import count_tokens

NASTY = ["Mr. Smith said. ", "Hello there! ", "\n\n", "U.S. ", "<|endoftext|>", " " * 300, "\n" * 300, "a, b; " * 300]
LONG = ["x" * 1500, "é" * 400, "漢字" * 200, "🙂" * 150, "The mayor spoke for an hour about the bridge. " * 40]
PIECES = st.one_of(
    st.text(), st.text("ab .\n!?\t\"'’…\u3000。", max_size=60), st.sampled_from(NASTY), st.sampled_from(LONG)
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_passages_are_verbatim_spans_in_order_that_cover_all_but_white_space(text: str) -> None:
    place = 0
    for passage in split(Article("A title", text)):
        assert passage.start >= place
        assert not text[place : passage.start].strip()
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        place = passage.end
    assert not text[place:].strip()


@settings(deadline=None)
@given(TEXTS)
def test_no_passage_is_over_the_token_limit(text: str) -> None:
    passages = split(Article("A title", text))
    assert all(count <= MAX_TOKENS for count in count_tokens([passage.text for passage in passages]))


def test_passages_end_where_sentences_end() -> None:
    text = "The ferry sank at dawn near Gull Rock, and nobody was hurt. " * 60
    passages = split(Article("A title", text))
    assert len(passages) > 1
    assert all(passage.text.startswith("The ferry") and passage.text.endswith("hurt.") for passage in passages)
    assert min(count_tokens([passage.text for passage in passages[:-1]])) > MAX_TOKENS - 20


def test_an_abbreviation_or_a_short_date_ends_no_sentence() -> None:
    text = "The Kremlin said on Aug. 9 that Mr. Petrov met Sen. Jane Doe. She left the U.S. on Monday."
    assert [text[start:end] for start, end in sentences(text)] == [
        "The Kremlin said on Aug. 9 that Mr. Petrov met Sen. Jane Doe.",
        "She left the U.S. on Monday.",
    ]


def test_a_blank_line_ends_a_sentence_without_a_full_stop() -> None:
    text = "A heading without a stop\n\nThe first sentence."
    assert [text[start:end] for start, end in sentences(text)] == ["A heading without a stop", "The first sentence."]


def test_an_article_of_nothing_but_white_space_has_no_passages() -> None:
    assert split(Article("A title", " \n\t")) == []


def test_joined_sentences_stay_within_the_token_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def dear(texts: list[str]) -> list[int]:
        return [int(len(text.split()) ** 1.5) for text in texts]

    monkeypatch.setattr(index.split, "count_tokens", dear)
    text = "The ferry sank at dawn near Gull Rock, and nobody was hurt. " * 60
    passages = split(Article("A title", text))
    assert len(passages) > 1
    assert max(dear([passage.text for passage in passages])) <= MAX_TOKENS
    assert sum(passage.text.count("hurt.") for passage in passages) == 60
