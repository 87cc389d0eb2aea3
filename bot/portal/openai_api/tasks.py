"""What chat front ends ask a model beside the conversation: a title for it, tags, what to ask next.

Open WebUI sends such a task as a question of its own, to the model of the conversation unless another is set. An
archive has no answer to it, so it is recognised and answered in the form that is asked for.
"""

import json
import re
from textwrap import shorten

_TASK = re.compile(r"\s*### Task:\s*\n")
_HISTORY = re.compile(r"<chat_history>(.*)</chat_history>", re.DOTALL)
_FIRST_QUESTION = re.compile(r"^USER:\s*(.+)$", re.MULTILINE)
_WANTED = re.compile(r"\"?\b(title|tags|follow_ups|queries|text)\"\s*:")
TITLE_LENGTH = 60


def task_reply(prompt: str) -> str | None:
    """The reply to such a task, as JSON; None if the prompt is a question."""
    history, wanted = _HISTORY.search(prompt), _WANTED.search(prompt)
    if not (_TASK.match(prompt) and history and wanted):
        return None
    asked = _FIRST_QUESTION.search(history[1])
    title = shorten(asked[1], TITLE_LENGTH, placeholder="…") if asked else "News"
    replies = {"title": title, "tags": ["News"], "follow_ups": [], "queries": [], "text": ""}
    return json.dumps({wanted[1]: replies[wanted[1]]}, ensure_ascii=False)
