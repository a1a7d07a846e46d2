"""The scripts that run in a child process; they import nothing of kejian."""
