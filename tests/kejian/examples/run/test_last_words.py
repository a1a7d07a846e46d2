"""The end of what is written to a pipe."""

import os
import subprocess
import sys

from kejian.examples.run.last_words import LastWords


def test_last_output_is_kept():
    words = LastWords(4)
    os.write(words.writer, b"123")
    os.write(words.writer, b"456")
    assert words.close() == b"3456"


def test_nothing_is_lost_at_the_end_of_very_much():
    """However fast it is written, and whenever the process ends."""
    for _ in range(5):
        words = LastWords(20)
        loud = "import os\nfor _ in range(50): os.write(2, b'x' * (1 << 20))\nos.write(2, b'last words')\nos._exit(3)"
        subprocess.run([sys.executable, "-c", loud], stderr=words.writer, check=False)
        assert words.close() == b"x" * 10 + b"last words"


def test_endless_writer_is_not_waited_for():
    words = LastWords(4)
    other = os.dup(words.writer)
    loud = "import os\nwhile True: os.write(2, b'more' * 100)"
    child = subprocess.Popen([sys.executable, "-c", loud], stderr=words.writer)
    try:
        assert len(words.close()) <= 4
        assert child.wait(60) != 0  # there is no reader any more
    finally:
        child.kill()
        os.close(other)


def test_silent_holder_of_the_pipe_is_not_waited_for():
    words = LastWords(4)
    other = os.dup(words.writer)
    os.write(other, b"oh")
    assert words.close() == b"oh"
    os.close(other)
