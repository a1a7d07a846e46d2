"""The lock files in `requirements/`: what a build needs has one version, also where tests run."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def pinned(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return set(re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?==\S+)", text, re.MULTILINE))


def test_what_a_build_needs_is_the_same_where_tests_run():
    """Else records that were made beside the tests are stale in a course that only builds."""
    names = {one.partition("==")[0] for one in pinned("test")}
    assert {one for one in pinned("build") - pinned("test") if one.partition("==")[0] in names} == set()
    assert len(pinned("build") & pinned("test")) > 50
