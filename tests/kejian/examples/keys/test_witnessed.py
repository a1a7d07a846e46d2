"""What a run looked at, as it is now."""

import pytest

from kejian.core.disk.files import Folder
from kejian.examples.keys import witnessed
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.trace import Trace


@pytest.mark.parametrize(
    "trace, installed, value",
    [
        (Trace(packages=("wrapt",)), {"wrapt": "1.0"}, "1.0"),
        (Trace(packages=("wrapt",)), {}, ""),
        (Trace(optional=(("scipy", "1.0"),)), {"scipy": "1.0"}, "1.0"),
        (Trace(optional=(("scipy", "1.0"),)), {"scipy": "2.0"}, "2.0"),
        (Trace(optional=(("scipy", "1.0"),)), {}, "1.0"),
    ],
)
def test_a_package_that_merely_was_there_may_be_missing(tmp_path, trace, installed, value):
    (part,) = witnessed.parts(Folder(tmp_path), trace, lambda name: installed.get(name, ""))
    assert (part.kind, part.value) == ("package", value)


def test_each_thing_is_looked_at_as_it_is_now(tmp_path):
    (tmp_path / "a.csv").write_text("1\n")
    (tmp_path / "lib").mkdir()
    trace = Trace(texts=("m.py",), reads=("a.csv",), listed=("lib",), tested=("b.csv",), environment=("NOWHERE",))
    folder = Folder(tmp_path)
    text, read, listed, tested, asked = witnessed.parts(folder, trace)
    assert text == KeyPart("code", "text of m.py", "", "m.py:1")
    assert read == KeyPart("data", "a.csv", folder.digest("a.csv"))
    assert (listed.kind, listed.name, tested) == ("folder", "lib", KeyPart("file", "b.csv", ""))
    assert (asked.kind, asked.name) == ("environment", "NOWHERE")
