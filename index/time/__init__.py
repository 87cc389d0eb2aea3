"""The periods that words mean."""
