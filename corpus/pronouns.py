"""English pronouns, for every list or pattern of words that refer to something; all in lower case."""

SUBJECTS = frozenset({"he", "she", "they"})
OBJECTS = frozenset({"him", "her", "them"})
POSSESSIVES = frozenset({"his", "her", "their", "its"})
"""Before a noun."""
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
ONE_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
"""Every form that refers to a man or a woman."""


def any_of(words: frozenset[str]) -> str:
    """The alternatives of a pattern that matches each of these words."""
    return "|".join(sorted(words))
