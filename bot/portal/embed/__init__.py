"""The site inside other pages: a tag for them, and which of them may use it."""
