"""Reading and embedding on a Ray cluster."""
