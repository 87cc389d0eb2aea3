import pytest

from bot.answer.choose import ExtractiveAnswerer
from bot.answer.speech import speaker_asked_for, speaks
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from tests.fakes import WordReader


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Okafor say about the bridge?", "Okafor"),
        ("What did Ada Okafor say about the bridge?", "Okafor"),
        ("What did the mayor of Port Maren say about the bridge?", "mayor"),
        ("What did the mayor's deputy say?", "deputy"),
        ("And what has Piet Lund said?", "Lund"),
        ("What does the company think of the plan?", "company"),
        ("What did the union's chairwoman recently promise?", "chairwoman"),
        ("What is the harbour master saying about fog?", "master"),
        ("What did he say?", ""),
        ("What do people say about the ferry?", ""),
        ("Who said that the bridge is late?", ""),
        ("What happened to the bridge?", ""),
        ("What is a bridge?", ""),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str) -> None:
    assert speaker_asked_for(question) == speaker


@pytest.mark.parametrize(
    ("sentence", "reported"),
    [
        ("Okafor said the bridge would open in May.", True),
        ("“It will open in May,” Okafor said.", True),
        ("“It will open in May,” said Ada Okafor.", True),
        ("“It will open in May,” said the mayor, Ada Okafor.", True),
        ("The bridge, according to Mayor Ada Okafor, will open in May.", True),
        ("Okafor, who grew up on the island, told reporters that she would walk across.", True),
        ("Okafor has warned of delays.", True),
        ("“It will open in May,” Lund said of Okafor.", False),
        ("Lund praised Okafor but said the bridge was late.", False),
        ("The day Okafor spoke, the builder said the bridge was late.", False),
        ("Lund told Okafor that the bridge was late.", False),
        ("Okafor cut the ribbon.", False),
        ("The mayor said the bridge would open.", False),
    ],
)
def test_whether_a_sentence_reports_words_of_somebody(sentence: str, reported: bool) -> None:
    assert speaks("Okafor", sentence) is reported


def test_nobody_speaks_where_nobody_is_asked_about() -> None:
    assert not speaks("", "Okafor said the bridge would open.")


def test_of_two_who_speak_of_the_bridge_the_one_asked_about_comes_first() -> None:
    article = Article(
        "Bridge",
        "“The bridge was a mistake,” Piet Lund said of Ada Okafor's bridge. Ada Okafor said it will carry the island.",
    )
    first, *_ = (
        ExtractiveAnswerer(WordReader())
        .choose(
            "What did Ada Okafor say about the bridge?", [ScoredPassage(Passage(article, 0, len(article.text)), 1.0)]
        )
        .citations
    )
    assert first.quote == "Ada Okafor said it will carry the island."
