"""Who may do what: one rule over the page, the API, files and streams."""
