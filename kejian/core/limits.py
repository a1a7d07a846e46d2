"""Limits on the outputs of examples, and on what a course may set."""

TEXT = 1_000_000
"""Bytes of text that an example may print, and as many that it may return, where the course says nothing else."""
MOST_TEXT = 16_000_000
"""What a course may say at most."""
