"""Examples: what each is made from (keys), how it runs (run), what it showed (record)."""
