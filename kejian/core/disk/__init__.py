"""Access to files and folders: reads with memory, atomic writes, locks, the content-addressed cache."""
