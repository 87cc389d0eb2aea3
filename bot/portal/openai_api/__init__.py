"""The archive as a model behind OpenAI's chat completions, for clients that speak only that protocol."""
