"""Names and aliases, and the mentions of them in a text."""
