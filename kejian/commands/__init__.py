"""The commands, a module each: `add` says its words, `run` does it and returns the exit status.

What a command needs is imported when it runs, so that no command pays for another.
"""
