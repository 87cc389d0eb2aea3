"""Ask from Python: python examples/answer.py "What happened in May?"."""

import sys

from bot import Question, Turn, create_bot

bot = create_bot()  # BYLINE_INDEX names the index, as for the command line
answer = bot.answer(Question(sys.argv[1] if len(sys.argv) > 1 else "What is the latest news?"))

print(answer.text)
for citation in answer.citations:
    article = citation.passage.article
    assert article.text[citation.start : citation.end] == citation.quote  # always
    print(f"[{citation.number}] {article.title} ({article.source}, {article.published}) {article.url or ''}")

# A follow-up: the conversation is an argument, and nothing is kept in the bot.
turn = Turn(answer.question.text, answer.text, answer.status, answer.citations)
print(bot.answer(Question("When was that?"), [turn]).text)
