"""Examples run in child processes, and what came of them held against the record."""
