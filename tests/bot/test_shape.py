from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.leaning import leans
from bot.answer.sentence import Sentence
from bot.answer.shape import shape_of, timeline
from corpus.article import Article
from index.passage import Passage

FACTS = """
Who won the mayoral election?
When will the Mill Bridge open?
Where was the stolen painting found?
How many people were hurt in the ferry collision?
How much did the tidal gate cost?
How old was the lighthouse keeper?
What is the name of the new ferry?
What happened to be the price of bread when the mill closed?
Which team won the latest match?
Which minister said what happened was a disgrace?
Who wrote the song "What Happened to Us"?
Who directed “Did You Hear About the Morgans?”
In which year did the harbour office open?
What is the latest iPhone called?
What was the latest death toll in the flood?
What are the latest figures for unemployment?
How many people died in what is happening in the delta?
Which timeline did the council reject?
Who was asked whether the bridge is safe?
Who knows if the ferry will sail?
What did the mayor say about the fence?
What did the court do about the fence?
Why did the ferry company resign from the association?
How did the company develop the vaccine?
How has the vaccine developed by the institute performed in trials?
How did the burglar get into the museum?
What was the cause of the fire?
Is it true? Who said so?
The council voted on Tuesday. What was decided?
Will Rogers designed which bridge?
May 2021 saw the opening of which museum?
Can you tell me when the bridge opens?
Could you please tell us who won?
Do you know where the ferry sank?
Do we know how many people were on board?
Is it known who started the fire?
Tell me who won the cup.
And how many were injured?
So when does it start?
After the vote, which party left the coalition?
In the film, who plays the keeper?
Name the minister who resigned.
A volcano erupted on which island this week?
Which film, after all that has happened, won the prize?
What news agency first reported the sinking?
What is the news agency of Norway called?
Which story did the Gazette withdraw?
What event takes place in the harbour each May?
What went wrong with the tidal gate?
What has four legs and barks?
Harbour bridge. What did it cost?
What do experts say is the cause?
To whom did the bank lend the money?
What does the band “The Latest News” play?
""".strip().splitlines()

TIMELINES = """
What happened in Minsk in August 2020?
What happened?
What happened to the ferry company?
What's happening with the tidal gate?
What is going on in the delta?
What’s been going on at the shipyard?
What has happened since the vote?
What took place at the harbour on Sunday?
So what happened next?
In Port Maren, what happened after the vote?
After the collision, what happened to the crew?
Can you tell me what happened in Port Maren?
Do you know what happened at the mill?
Explain what happened on the bridge.
Timeline of the harbour strike
Give me a timeline of the harbour strike
Could you make me a short timeline of the strike?
Harbour strike timeline
What is the chronology of the strike?
What was the sequence of events on the ferry?
Latest on the flood
What is the latest on the flood?
What's the latest?
What are the latest developments in the trial?
The latest news from the delta, please
Any news on the trial?
Is there any news about the missing boat?
Are there any updates on the missing boat?
News about the tidal gate
Show me the news on the tidal gate
What's in the news about the tidal gate?
What's new with the ferry company?
What is new in Port Maren?
What's new?
Update me on the trial
Catch me up on the election.
Bring me up to date on the election
Summarise the coverage of the flood
Summarize what the council did.
Please summarise the strike.
Can you sum up the trial?
Give me a summary of the trial
Tell me about the harbour bridge
Tell me more about the harbour bridge.
I'd like you to tell me about the flood
What do we know about the collision so far?
What can you tell me about the new mayor?
How did the strike unfold?
How has the situation in the delta developed since May?
How did the protests play out?
What did the mayor do this week?
What has the president been up to lately?
What did the council do in August?
What were the main events of the week?
What events took place in the delta last month?
What developments have there been in the trial?
Walk me through the trial
Hello! What happened at the mill?
""".strip().splitlines()

DECISIONS = """
Did the ferry sink?
Is the bridge open?
Was anybody hurt in the collision?
Has the mayor resigned?
Have the talks failed?
Will the tidal gate open this year?
Will Russia send troops to the delta?
Will the wounded be flown home?
Will Norway need more power?
Can the ferry carry lorries?
Are the trains running?
Were the results confirmed?
Does the law apply to boats?
Do cyclists have to pay?
Had the captain been warned?
Could the strike spread?
Should drivers avoid the bridge?
Isn't the museum free?
Didn’t the council vote against it?
Is it true that the mill burned down?
And did anyone resign?
But was it legal?
After the collision, did the captain resign?
In 2020, did the Kremlin send troops?
According to the Gazette, is the bridge safe?
Do you know whether the bridge is safe?
Can you tell me if the ferry sails on Sunday?
Did the mayor say when the bridge opens?
Has anyone claimed what happened was an accident?
Was “What Happened to Us” a success?
The bridge reopened on Monday, didn't it?
Harbour bridge. Is it open?
May visitors take photographs?
Is there a toll on the bridge?
""".strip().splitlines()


@pytest.mark.parametrize("question", FACTS)
def test_a_question_for_one_thing_is_answered_with_a_fact(question: str) -> None:
    assert shape_of(question) == "fact"


@pytest.mark.parametrize("question", TIMELINES)
def test_a_question_for_what_happened_is_answered_with_a_timeline(question: str) -> None:
    assert shape_of(question) == "timeline"


@pytest.mark.parametrize("question", DECISIONS)
def test_a_question_for_yes_or_no_is_answered_with_what_decides(question: str) -> None:
    assert shape_of(question) == "decision"


@given(st.text(max_size=200))
def test_any_text_has_a_shape(question: str) -> None:
    assert shape_of(question) in {"fact", "timeline", "decision"}


@pytest.mark.parametrize("text", ["", "please " * 2_000 + "x", '"' * 3_000, "what " * 3_000, "in a, " * 2_000])
def test_a_question_of_any_length_is_read_at_once(text: str) -> None:
    assert shape_of(text) in {"fact", "timeline", "decision"}


@pytest.mark.parametrize(
    "text",
    [
        *("He said the bridge was safe.", "But they never came back.", "It’s the third strike this year."),
        *("This has angered the crews.", "“It was awful,” he said.", "“We lost everything.”", "Its roof is gone."),
        *("The company will appeal.", "The 34-year-old was taken to hospital.", "The two were arrested on Sunday."),
        *(
            "However, she declined to comment.",
            "Those are the first since May.",
            "Both were unhurt, the ministry said.",
        ),
        *("“I am sorry for what happened on the boat,” she added.", "“For all these reasons, the boats must stay.”"),
        *("When he came back, the boat was gone.", "We have been here before.", "Well, that was not meant to happen."),
    ],
)
def test_a_sentence_that_opens_with_what_was_told_before_leans_on_it(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        *("The mayor of Port Maren resigned.", "The bridge reopened on Monday.", "This week the ferry sailed again."),
        *(
            "Those who sail on Sunday pay half.",
            "The company that runs the ferry will appeal.",
            "",
            "Hebrides ferries.",
        ),
        *("“We lost everything,” said Ane Holt, a baker.", "Italy won.", "The attack on the mill killed two."),
        *("The president, Ane Holt, resigned.", "That month, rain fell."),
        *("It has been a year since the Skua sank.", "It was not clear who had called the police."),
        *("“Fog is no excuse” is what the judge wrote.", "The captain left and said he saw nothing."),
    ],
)
def test_a_sentence_that_names_what_it_is_about_does_not_lean(text: str) -> None:
    assert not leans(text)


def article_of(text: str, published: date | None, title: str = "Harbour") -> Article:
    return Article(title, text, published=published)


def candidates_of(*told: tuple[Article, int, int]) -> list[Sentence]:
    return [Sentence(Passage(article, 0, len(article.text)), start, end) for article, start, end in told]


def texts(*told: tuple[Article, int, int], most: int = 6) -> list[str]:
    return [sentence.text for sentence in timeline(ASKED, candidates_of(*told), most)]


def whole(article: Article) -> tuple[Article, int, int]:
    return article, 0, len(article.text)


ASKED = "What happened to the ferries?"
STRIKE = article_of("Ferry crews walked out at dawn over night shifts.", date(2024, 5, 2))
TALKS = article_of("Talks between crews and owners broke down after nine hours.", date(2024, 5, 6))
DEAL = article_of("Owners agreed to pay for night work and ferries sailed again.", date(2024, 5, 9))
UNDATED = article_of("Passengers slept in the terminal while no boat left.", None)


def test_what_happened_is_told_in_order_of_its_days_and_the_undated_comes_last() -> None:
    told = texts(whole(UNDATED), whole(DEAL), whole(STRIKE), whole(TALKS))
    assert told == [STRIKE.text, TALKS.text, DEAL.text, UNDATED.text]


def test_a_timeline_has_no_more_than_asked_for_and_they_are_the_best() -> None:
    assert texts(whole(UNDATED), whole(DEAL), whole(STRIKE), most=2) == [DEAL.text, UNDATED.text]


def test_an_article_tells_one_event_and_two_if_it_is_the_only_one() -> None:
    three = article_of("Crews walked out. Talks broke down. Owners agreed to pay.", date(2024, 5, 9))
    spans = [(three, 36, 57), (three, 18, 34), (three, 0, 17)]
    assert texts(*spans) == ["Crews walked out.", "Owners agreed to pay."]
    assert texts(*spans, whole(STRIKE)) == [STRIKE.text, "Crews walked out."]


def test_the_same_thing_said_by_two_outlets_is_one_event() -> None:
    copy = article_of("At dawn ferry crews walked out over night shifts!", date(2024, 5, 3))
    assert texts(whole(STRIKE), whole(copy), whole(DEAL)) == [STRIKE.text, DEAL.text]


def test_an_article_is_told_by_its_opening_if_that_speaks_of_what_is_asked() -> None:
    text = "The ferries stood still. Divers of the harbour police looked for the missing anchor."
    halt = article_of(text, date(2024, 5, 1))
    assert texts((halt, 25, len(text)), whole(DEAL)) == ["The ferries stood still.", DEAL.text]
    aside = article_of(text.replace("The ferries stood still.", "Fog lay over the bay"), date(2024, 5, 1))
    place = aside.text.index("Divers")
    assert texts((aside, place, len(aside.text)), whole(DEAL))[1:] == [DEAL.text]


def test_a_sentence_that_leans_or_only_teases_gives_way_to_one_that_tells() -> None:
    text = (
        "Will the ferries be back? He blamed the fog. ► Ferries: all you need to know. Divers found the ferries' cable."
    )
    fog = article_of(text, date(2024, 5, 1))
    starts = [text.index(word) for word in ("Will", "He", "►", "Divers")]
    spans = [(fog, start, end) for start, end in zip(starts, [25, 44, 77, len(text)], strict=True)]
    assert texts(*spans, whole(DEAL)) == ["Divers found the ferries' cable.", DEAL.text]
    assert texts(*spans[:3], whole(DEAL)) == [DEAL.text]
    assert texts(spans[0], spans[2], whole(DEAL)) == [DEAL.text]
    assert texts(spans[0]) == ["Will the ferries be back?"]


@pytest.mark.parametrize(
    "page",
    [
        "Click here for the latest updates on the ferries.",
        "Good afternoon, dear readers of the ferries' chronicle.",
        "Editor's note: This page recaps the ferries' week.",
        "Here is everything you need to know about the ferries.",
        "A version of this story on the ferries appeared in our newsletter.",
    ],
)
def test_what_speaks_of_the_page_tells_no_news(page: str) -> None:
    news = article_of(f"{page} Divers found the ferries' cable.", date(2024, 5, 1))
    spans = [(news, 0, len(page)), (news, len(page) + 1, len(news.text))]
    assert texts(*spans, whole(DEAL)) == ["Divers found the ferries' cable.", DEAL.text]


def test_of_an_article_that_opens_with_something_else_that_sentence_tells_which_speaks_of_what_is_asked() -> None:
    text = "Fog lay over the bay last night. Nobody slept well. The ferries stood still."
    news = article_of(text, date(2024, 5, 1))
    spans = [(news, text.index(word), text.index(word) + size) for word, size in (("Nobody", 18), ("The ferries", 24))]
    assert texts(*spans, whole(DEAL)) == ["The ferries stood still.", DEAL.text]


def test_of_nothing_there_is_no_timeline() -> None:
    assert texts() == []


articles = st.builds(
    article_of,
    st.sampled_from(["Crews walked out. He left.", "She resigned. Talks failed.", "Ferries sailed again. It rained."]),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 1, 9))),
    st.sampled_from("ABC"),
)


@given(st.lists(st.tuples(articles, st.booleans()), max_size=9), st.integers(1, 6))
def test_a_timeline_is_in_order_and_quotes_different_articles_word_for_word(
    drawn: list[tuple[Article, bool]], most: int
) -> None:
    spans = [(article, 0 if first else article.text.index(".") + 2) for article, first in drawn]
    candidates = candidates_of(*((article, start, len(article.text)) for article, start in spans))
    told = timeline(ASKED, candidates, most)
    days = [sentence.passage.article.published or date.max for sentence in told]
    assert days == sorted(days)
    assert len(told) <= most
    assert bool(told) == bool(drawn)
    used = [sentence.passage.article for sentence in told]
    assert len(set(used)) == len(used) or (len(set(used)) == 1 and len(used) == 2)
    assert all(one.passage.start <= one.start < one.end <= one.passage.end for one in told)
    assert len({one.text for one in told}) == len(told)
