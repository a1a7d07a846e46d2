"""Migration of decks from Markdown Preview Enhanced: computes safe rewrites as values; only `apply` writes."""
