"""From article to ranked passage."""
