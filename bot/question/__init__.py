"""What a question means: its kind, its conditions, and what it takes over from the conversation."""
