"""The commands, one module each: `add` registers the subcommand and its options, `run` returns the exit status.

A command imports what it needs when it runs, so that no command is slowed down by another.
"""
