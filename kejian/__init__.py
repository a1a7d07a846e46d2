"""Kejian (课件): Markdown lectures to reveal.js decks whose outputs were produced by running their code."""

__version__ = "0.1.0"
