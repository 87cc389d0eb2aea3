"""Measures the quality of answers on a file of questions with known answers."""

from bot.evaluate.evaluation import Evaluation, evaluate
from bot.evaluate.matching import holds
from bot.evaluate.measures import measure
from bot.evaluate.outcome import Outcome
from bot.evaluate.questions import Expected, read_questions

__all__ = ["Evaluation", "Expected", "Outcome", "evaluate", "holds", "measure", "read_questions"]
