"""A language model writes the answer."""
