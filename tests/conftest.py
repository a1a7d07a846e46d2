"""How much the random tests do: `make soak` gives them full rounds, every other run bounded ones.

Laws are tested for what they say, not for how fast a busy machine says it: no example has a deadline.
"""

import os
import shutil
from pathlib import Path

from hypothesis import settings

from kejian.core.disk import cache_folder
from kejian.examples.run import subprocesses

SOAK = bool(os.environ.get("KEJIAN_SOAK"))

settings.register_profile("bounded", max_examples=50, deadline=None)
settings.register_profile("soak", max_examples=10_000, deadline=None)
settings.load_profile("soak" if SOAK else "bounded")

COUNTED = "COVERAGE_PROCESS_CONFIG"
if COUNTED in os.environ:  # `make coverage`: examples find nothing of ours in their environment, so it is let through
    subprocesses._PASSED += (COUNTED,)


def copied(course, folder, **options):
    """A copy of a course whose cache counts as made on this machine, as that of no other copy does."""
    shutil.copytree(course, folder, **options)
    cache = Path(folder) / cache_folder.NAME
    if cache.is_dir():
        (cache / cache_folder._OWNER).write_bytes(cache_folder._code(cache.lstat()))
    return Path(folder)
