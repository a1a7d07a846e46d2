"""A real browser looks at the pages, and prints them."""
