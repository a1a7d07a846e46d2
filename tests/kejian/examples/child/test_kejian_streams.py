"""The standard output that an example finds: real children, and the stream alone."""

import io
import sys

import pytest

from kejian.examples.answers import TOO_MUCH, Limits
from kejian.examples.child.kejian_outputs import TooMuchError
from kejian.examples.child.kejian_streams import BoundedText
from kejian.examples.run.subprocesses import ChildCall, run


@pytest.fixture
def printed(tmp_path):
    """What functions with these bodies print, all in one child."""

    def asked(*bodies, limits=Limits()):  # noqa: B008 -- it does not change
        text = "import io\nimport sys\n"
        for n, body in enumerate(bodies):
            text += f"\n\ndef f{n}():\n" + "".join(f"    {line}\n" for line in body.splitlines())
        (tmp_path / "course").mkdir(exist_ok=True)
        (tmp_path / "course" / "shown.py").write_text(text, "utf-8")
        calls = [ChildCall(module="shown", name=f"f{n}") for n in range(len(bodies))]
        return run(tmp_path / "course", calls, [], tmp_path / "cache", limits)

    return asked


def test_text_is_counted_in_bytes_as_it_is_printed():
    stream = BoundedText(10)
    stream.write("七七")
    stream.write("1234")
    with pytest.raises(TooMuchError, match="more than 10 bytes of text: 11 until here"):
        stream.write("5")
    assert stream.getvalue() == "七七1234"
    stream.restart()
    assert (stream.exceeded, stream.write("1"), stream.getvalue()) == (None, 1, "1")


PRINTS = {
    "sys.stdout.reconfigure(encoding='utf-8')\nprint('中文')": "中文\n",
    "sys.stdout.reconfigure(encoding='gb18030')\nprint('中文')": "中文\n",
    "sys.stdout.reconfigure(errors='strict', line_buffering=True)\nprint('中文')": "中文\n",
    "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('中文')": "中文\n",
    "sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')\nprint('中文')": "中文\n",
    "global kept\nkept = sys.stdout = io.TextIOWrapper(sys.stdout.buffer)\nprint('中文')": "中文\n",
    "print('a', end='')\nsys.stdout.buffer.write('字节\\n'.encode())\nprint('b', file=sys.__stdout__)": "a字节\nb\n",
    "sys.stdout.buffer.writelines([b'a', bytearray(b'b'), memoryview(b'c')])": "abc",
    "print('a\\r\\nb', file=sys.stdout)": "a\r\nb\n",
    "print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.name, sys.stdout.mode)": "utf-8 False <stdout> w\n",
    "print(sys.stdout.writable(), sys.stdout.readable(), sys.stdout.closed)": "True False False\n",
    "print(sys.stdout is sys.__stdout__)": "True\n",
    "print('a')\nsys.stdout.detach()": "a\n",
    "print('a')\nsys.stdout.close()": "a\n",
    "print('a')\nsys.stdout = None\nprint('b')": "a\n",
    "print('a')\ndel sys.stdout": "a\n",
    "sys.stdout.buffer.write(b'\\xff')": "\ufffd",
}


def test_standard_output_is_that_of_a_program(printed):
    found = printed(*PRINTS)
    assert [answer.error for answer in found] == [None] * len(PRINTS)
    assert dict(zip(PRINTS, [answer.printed for answer in found], strict=True)) == PRINTS


@pytest.mark.parametrize(
    "body, kind, words",
    [
        ("sys.stdout.close()\nprint('a')", "ValueError", "I/O operation on closed file"),
        ("buffer = sys.stdout.buffer\nbuffer.close()\nbuffer.write(b'a')", "ValueError", "closed file"),
        ("sys.stdout.detach()\nprint('a')", "ValueError", "underlying buffer has been detached"),
        ("sys.stdout.buffer.write('a')", "TypeError", "a bytes-like object is required"),
        ("sys.stdout.fileno()", "UnsupportedOperation", "write to sys.stdout or sys.stdout.buffer"),
        ("sys.stdout.read()", "UnsupportedOperation", "not readable"),
    ],
)
def test_what_cannot_be_done_with_it_is_the_example_s_own_error(printed, body, kind, words):
    (found,) = printed(f"print('so far')\n{body}")
    assert (found.error["type"], found.printed) == (kind, "so far\n")
    assert words in found.error["message"]
    assert found.error["trace"].startswith("  shown.py:")
    assert "kejian_streams" not in found.error["trace"]


@pytest.mark.parametrize(
    "body",
    [
        "sys.stdout.buffer.write(b'x' * 2000)",
        "sys.stdout = io.TextIOWrapper(sys.stdout.buffer)\nprint('x' * 2000, end='')",
        "stream = io.TextIOWrapper(sys.stdout.detach())\nstream.write('x' * 2000)\ndel stream",
    ],
)
def test_bytes_have_the_bound_of_text(printed, body):
    found, other = printed(body, "print('again')", limits=Limits(text=1000))
    assert (found.error["type"], found.printed) == (TOO_MUCH, "")
    assert "it prints more than 1,000 bytes of text: 2,000 until here" in found.error["message"]
    assert (other.error, other.printed) == (None, "again\n")


def test_the_process_s_own_stream_comes_back():
    before = sys.stdout, sys.__stdout__
    stream = BoundedText(100)
    with stream.shown():
        sys.stdout = io.StringIO("another")
    assert (sys.stdout, sys.__stdout__) == before
