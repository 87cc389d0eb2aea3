from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.kind import OVERVIEWS, UNUSUAL, features, kind_probe
from index.search.embed import MiniLM

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


@cache
def kinds(questions: tuple[str, ...]) -> list[str]:
    vectors = MiniLM().embed(questions)
    return [kind_probe().kind(question, vector) for question, vector in zip(questions, vectors, strict=True)]


def test_a_question_for_one_thing_is_a_fact() -> None:
    found = kinds(tuple(FACTS))
    assert sum(kind in UNUSUAL for kind in found) <= 0.05 * len(found)


def test_a_question_for_what_happened_is_an_overview() -> None:
    found = kinds(tuple(TIMELINES))
    assert sum(kind in OVERVIEWS for kind in found) >= 0.9 * len(found)


def test_a_question_for_yes_or_no_is_one() -> None:
    found = kinds(tuple(DECISIONS))
    assert found.count("yesno") >= 0.95 * len(found)


@pytest.mark.parametrize("said", ["hello", "Thanks a lot!", "what can you do?", "bye", "who are you"])
def test_small_talk_is_no_question(said: str) -> None:
    assert kinds((said,)) == ["chat"]


@pytest.mark.parametrize(
    "question",
    [
        "How many articles mention Halden?",
        "which outlets wrote about the ferry",
        "list the articles about the lighthouse",
    ],
)
def test_a_question_about_the_archive_is_a_count(question: str) -> None:
    assert kinds((question,)) == ["count"]


@given(st.text(max_size=200))
def test_any_text_has_a_kind_without_its_embedding(text: str) -> None:
    assert kind_probe().kind(text) in kind_probe().kinds


def test_months_days_and_numbers_are_replaced_by_their_class() -> None:
    assert features("in March 2022") == features("in june 2019")
    assert "#day" in features("on Tuesday")
