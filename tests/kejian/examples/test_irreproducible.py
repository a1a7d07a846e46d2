"""Lines that ask for what is another in each run."""

import pytest

from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.core.model import Chunk
from kejian.examples.irreproducible import places
from kejian.examples.keys.trace import Trace


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("default_rng()", "`default_rng()` has no seed"),
        ("np.random.default_rng(None)", "`np.random.default_rng()` has no seed"),
        ("np.random.default_rng(seed=None)", "`np.random.default_rng()` has no seed"),
        ("np.random.default_rng(0)", ""),
        ("random.Random(7)", ""),
        ("uuid.uuid4()", "`uuid.uuid4` is random"),
        ("os.urandom(3)", "`os.urandom` is random"),
        ("time.time()", "`time.time` asks the time"),
        ("datetime.datetime.now()", "`datetime.datetime.now` asks the time"),
        ("perf_counter()", "`perf_counter` asks the time"),
        ("train.time()", ""),
    ],
)
def test_a_call_that_is_another_in_each_run(tmp_path, line, why):
    chunk = Chunk("a.b", f"x = 1\nprint({line})", Span("slides/a.md", 10))
    assert places(Folder(tmp_path), (chunk,), None) == (f": {why} (slides/a.md:11)" if why else "")


def test_functions_that_did_not_run_are_left_out(tmp_path):
    (tmp_path / "m.py").write_text("START = time.time()\ndef f():\n    uuid4()\ndef g():\n    uuid1()\n", "utf-8")
    trace = Trace(loaded=(("m", "m.py"),), ran=(("m.py", "g"),))
    assert places(Folder(tmp_path), (), trace) == ": `time.time` asks the time (m.py:1), `uuid1` is random (m.py:5)"


def test_no_more_than_three_are_named_and_what_is_no_python_has_none(tmp_path):
    chunk = Chunk("a.b", "uuid4()\n" * 9, Span("slides/a.md", 1))
    assert places(Folder(tmp_path), (chunk,), None).count("(") == 3
    assert places(Folder(tmp_path), (Chunk("a.b", "(", Span("slides/a.md", 1)),), None) == ""
