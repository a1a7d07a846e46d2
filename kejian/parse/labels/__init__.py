"""Numbers and references: what a deck labels, how it is numbered, and what refers to it."""
