"""What an example depends on, and the key that names just that."""
