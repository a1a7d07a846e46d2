"""Shared values and file access: the deck model, diagnostics, settings, paths, the cache on disk."""
