"""How much the random tests do: `make soak` gives them full rounds, every other run bounded ones."""

import os

from hypothesis import settings

SOAK = bool(os.environ.get("KEJIAN_SOAK"))

settings.register_profile("soak", max_examples=10_000, deadline=None)
if SOAK:
    settings.load_profile("soak")
