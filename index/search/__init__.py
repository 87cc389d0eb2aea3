"""One question against one generation."""
