"""Generations on disk: written once, opened, replaced."""
