"""The web entry: settings from the environment, a bot over their index, and its page."""

import sys

from bot.portal.serve import serve
from bot.settings import Settings
from corpus.errors import BylineError

if __name__ == "__main__":
    try:
        serve(Settings())
    except BylineError as error:
        sys.exit(str(error))
