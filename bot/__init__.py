"""A conversation over an index of news articles."""
