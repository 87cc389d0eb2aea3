"""The commands of `byline`. Heavy libraries are imported inside them."""
