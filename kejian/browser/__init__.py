"""Checks and prints pages in a real browser."""
