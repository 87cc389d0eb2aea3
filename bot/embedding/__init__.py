"""Embedders outside this process, behind the `Embedder` of the index."""
