"""Logs that programs read: one JSON object a line, on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime

from bot.portal.operations.current_request import served_now


class JsonFormatter(logging.Formatter):
    """A record with the id of the request it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        served = served_now()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **({"request_id": served.request_id} if served else {}),
            **vars(record).get("fields", {}),
            **({"fault": self.formatException(record.exc_info)} if record.exc_info else {}),
        }
        return json.dumps(line)


def log_json() -> None:
    """Writes all logs so, requests among them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("byline.requests", "byline.answers"):
        logging.getLogger(name).setLevel(logging.INFO)
