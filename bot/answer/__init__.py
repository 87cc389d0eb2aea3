"""What a reader gets for a question, and how it is chosen and worded."""

from bot.answer.answer import Answer, AnswerSentence, Citation, Delta, Shape, Status, Turn, passage_to_json
from bot.answer.trace import Trace

__all__ = [
    "Answer",
    "AnswerSentence",
    "Citation",
    "Delta",
    "Shape",
    "Status",
    "Trace",
    "Turn",
    "passage_to_json",
]
