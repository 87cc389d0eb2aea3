"""The shapes of an answer, through the whole bot."""

from datetime import date

from bot.answer import Answer, Delta
from bot.answer.choose import ExtractiveAnswerer
from bot.archive_bot import ArchiveBot
from bot.question.analysis import Analyst
from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question
from index.search.embed import MiniLM
from tests.bot.fakes import passage_of
from tests.fakes import ScriptedRetriever, WordReader

ASKED = date(2025, 7, 12)
STRIKE = Article("Crews walk out", "Ferry crews began a strike at dawn.", "u:1", "Gazette", date(2025, 7, 1))
TALKS = Article("Talks fail", "Talks to end the ferry strike failed.", "u:2", "Courier", date(2025, 7, 5))
DEAL = Article("Deal", "The ferry strike ended with a deal on pay.", "u:3", "Gazette", date(2025, 7, 9))
FIRST = Article("Skua", "The Skua collision hurt 12 people.", "u:4", "Gazette", date(2025, 7, 8))
LATER = Article("Skua", "In the Skua collision 17 people were hurt.", "u:5", "Courier", date(2025, 7, 9))
NOTED = Article(
    "Skua [1]", "It says [1] that the Skua collision hurt 12 people [2].", "u:6", "Port [1]", date(2025, 7, 8)
)


def asked(question: str, *articles: Article) -> Answer:
    found = (ScoredPassage(passage_of(article), 1.0 / place) for place, article in enumerate(articles, 1))
    answerer = ExtractiveAnswerer(WordReader())
    bot = ArchiveBot(ScriptedRetriever(*found), answerer, 0.0, analyst=Analyst(MiniLM()))
    *deltas, answer = bot.stream(Question(question, ASKED))
    assert isinstance(answer, Answer)
    assert "".join(delta.text for delta in deltas if isinstance(delta, Delta)) == answer.text
    return answer


def test_a_timeline_is_in_order_of_days() -> None:
    answer = asked("What happened in the ferry strike?", DEAL, STRIKE, TALKS)
    assert answer.text == (
        "1 July 2025, Gazette: Ferry crews began a strike at dawn. [1]\n\n"
        "5 July 2025, Courier: Talks to end the ferry strike failed. [2]\n\n"
        "9 July 2025, Gazette: The ferry strike ended with a deal on pay. [3]"
    )


def test_differing_sources_are_shown_side_by_side_older_first() -> None:
    answer = asked("How many people were hurt in the Skua collision?", LATER, FIRST)
    assert answer.text.startswith("Sources differ:\n\nGazette, 8 July 2025: The Skua collision hurt 12 people. [1]\n\n")
    assert "Courier, 9 July 2025: In the Skua collision 17 people were hurt. [2]" in answer.text


def test_emphasis_and_marks_are_stated_as_spans() -> None:
    answer = asked("How many people were hurt in the Skua collision?", NOTED)
    assert [answer.text[start:end] for start, end in answer.marks or ()] == ["[1]"]
    assert answer.text.startswith("Port [1], 8 July 2025, in “Skua [1]”: It says [1] that")
    assert (answer.marks or ())[0][1] == len(answer.text)
    result = answer.to_json()
    ((start, end),) = result["emphasis"]
    assert result["text"][start:end] == result["citations"][0]["answer"] != ""
