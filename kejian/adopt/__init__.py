"""Adopting decks written for Markdown Preview Enhanced: what can be rewritten safely, as values; nothing is written."""
