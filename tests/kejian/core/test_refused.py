"""What the system refuses; under real limits in tests/faults/test_few_files.py."""

import errno
import resource

import pytest

from kejian.core import refused

MOST = resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def test_the_file_is_named_where_it_is_about_one():
    assert refused.words(OSError(errno.ENOSPC, "No space left on device", "a.txt")) == "a.txt: No space left on device"
    assert refused.words(OSError("odd")) == "odd"


def test_too_many_open_files_are_too_few_that_may_be():
    said = refused.words(OSError(errno.EMFILE, "Too many open files", "a.txt"))
    assert said == f"the system lets a process open only {MOST} files; type `ulimit -n 1024`, then the command again"
    assert "end some" in refused.words(OSError(errno.ENFILE, "Too many open files in system"))


@pytest.mark.skipif(MOST < refused.LEAST, reason="the limit is too low here to be lowered")
def test_few_files_that_may_be_more_are_asked_for():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (refused.LEAST, before[1]))
        refused.ask_for_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > refused.LEAST or before[1] <= refused.LEAST
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    refused.ask_for_files()
