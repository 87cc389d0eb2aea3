"""The commands of `byline`, imported before any heavy library: those are imported inside."""
