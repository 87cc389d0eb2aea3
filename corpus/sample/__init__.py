"""A small corpus to try Byline on: two real news briefs, and a fictional harbour town with two newspapers."""

from pathlib import Path

SAMPLE = Path(__file__).parent / "articles"
"""The folder of sample articles."""

QUESTIONS = SAMPLE.parent / "questions.jsonl"
"""Questions over the sample, with their answers, in the form `byline evaluate` reads."""

START_QUESTIONS = (
    "How many minutes did the first crossing of the Kittiwake take?",
    "What is the latest from Port Maren?",
    "Give me a timeline of the Gull Island ferry",
    "How many articles mention the ferry?",
)
"""Questions to begin with: a fact, the latest, a timeline, a count."""
