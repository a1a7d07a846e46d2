"""Runs examples in child processes, and compares the results with the record."""
