"""Does a sentence that a language model wrote rest on the passages it cites?"""

from bot.grounding.check import Support, Verdict, check
from bot.grounding.ignorance import claims_ignorance

__all__ = ["Support", "Verdict", "check", "claims_ignorance"]
