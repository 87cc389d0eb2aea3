"""A visitor's thumbs up or down, with a reason, into the file of ratings."""

import logging
from typing import Any

import gradio as gr

from bot.feedback import Ratings, rating_of
from bot.ui.browser_state import resumed, wished
from bot.ui.conversation import Conversation, history
from bot.ui.desk import Desk
from bot.ui.gradio_strings import language_for
from bot.ui.wiring import Parts
from corpus.errors import FeedbackError

logger = logging.getLogger(__name__)


def connect_ratings(parts: Parts, desk: Desk) -> None:
    """Keep what visitors make of answers, where the desk has a file for it."""
    ratings = desk.ratings
    if ratings is None:
        return

    def rate(request: gr.Request, wish: str, state: Conversation, kept: str) -> None:
        language = language_for(request)
        so_far = resumed(state, kept, desk.lookup, language)
        try:
            keep_rating(ratings, so_far, wished(wish, "id"), wished(wish, "verdict"), wished(wish, "reason"))
        except FeedbackError as error:
            logger.warning("a rating is lost: %s", error)
            gr.Warning(language.say("notice.rating_lost"))

    given = [parts.wishes, parts.conversation, parts.kept]
    # One at a time and none left out: the reason comes as a second rating, right after the first.
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    parts.wishes.rate(rate, given, None, concurrency_limit=1, trigger_mode="multiple", **quiet)


def keep_rating(ratings: Ratings, conversation: Conversation, name: str, verdict: str, reason: str) -> None:
    """Keeps, or takes back, a rating of an answer of the conversation; of anything else none is kept.

    Raises:
        FeedbackError: It cannot be kept.
    """
    place = next((place for place, exchange in enumerate(conversation) if exchange.id == name), None)
    answer = conversation[place].answer if place is not None else None
    if answer is None:
        return
    if verdict == "none":
        ratings.take_back(name)
    elif verdict in ("good", "bad"):
        ratings.keep(rating_of(name, answer, history(conversation[:place]), verdict == "good", reason))
