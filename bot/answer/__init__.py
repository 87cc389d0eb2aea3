"""What a reader gets for a question, and how it is chosen and worded."""

from bot.answer.answer import Answer, AnswerSentence, Citation, Delta, Remark, Shape, Status, Turn, passage_to_json

__all__ = ["Answer", "AnswerSentence", "Citation", "Delta", "Remark", "Shape", "Status", "Turn", "passage_to_json"]
