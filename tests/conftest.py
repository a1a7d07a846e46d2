"""How much the random tests do: `make soak` gives them full rounds, every other run bounded ones.

Laws are tested for what they say, not for how fast a busy machine says it: no example has a deadline.
"""

import os

from hypothesis import settings

from kejian.running import children

SOAK = bool(os.environ.get("KEJIAN_SOAK"))

settings.register_profile("bounded", max_examples=50, deadline=None)
settings.register_profile("soak", max_examples=10_000, deadline=None)
settings.load_profile("soak" if SOAK else "bounded")

COUNTED = "COVERAGE_PROCESS_CONFIG"
if COUNTED in os.environ:  # `make coverage`: examples find nothing of ours in their environment, so it is let through
    children._PASSED += (COUNTED,)
