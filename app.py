"""The web entry: settings from the environment, a bot over the index they name, and its page."""

import sys

from bot.settings import Settings
from bot.ui.serve import serve
from corpus.errors import BylineError

if __name__ == "__main__":
    try:
        serve(Settings())
    except BylineError as error:
        sys.exit(str(error))
