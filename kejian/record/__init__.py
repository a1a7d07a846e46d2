"""What a slide was agreed to say: its files, tolerant comparison, drift."""
