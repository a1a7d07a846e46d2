"""Dependencies of examples, and the keys that identify them."""
