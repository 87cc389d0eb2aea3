"""Is a sentence that a language model wrote supported by the passages it cites?"""

from bot.grounding.check import Support, Verdict, check
from bot.grounding.ignorance import claims_ignorance

__all__ = ["Support", "Verdict", "check", "claims_ignorance"]
