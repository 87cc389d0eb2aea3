"""The period of time that words mean."""
