"""The language server: what an editor asks about the decks of a course while they are written."""
