"""Which tests are said to cover an example."""

from kejian.core.disk.files import Folder
from kejian.examples.covering_tests import CoveringTests

NETS = """from nets import gating


def test_shut():
    assert gating.shut() is None


class TestOne:
    def test_it(self):
        gating.one()
"""
OTHER = """def test_shut_ends():
    shut = 1
    assert shut
"""


def written(root, **files):
    (root / "tests" / "deep").mkdir(parents=True)
    for name, text in files.items():
        (root / "tests" / f"{name.replace('__', '/')}.py").write_text(text, "utf-8")
    return CoveringTests(Folder(root))


def test_a_test_covers_what_it_names_in_a_file_that_names_its_module(tmp_path):
    found = written(tmp_path, test_gating=NETS, deep__test_other=OTHER)
    assert found.of("gating.shut") == ("tests/test_gating.py::test_shut",)
    assert found.of("gating.one") == ("tests/test_gating.py::TestOne",)
    assert found.of("nets.gating.one") == ("tests/test_gating.py::TestOne",)
    assert found.of("dropping.shut") == found.of("gating.none") == ()


def test_a_file_names_a_module_by_its_own_name(tmp_path):
    found = written(tmp_path, test_gating=OTHER, test_other=OTHER)
    assert found.of("gating.shut") == ("tests/test_gating.py::test_shut_ends",)


def test_a_name_without_a_module_is_covered_by_whatever_names_it(tmp_path):
    found = written(tmp_path, test_gating=NETS, deep__test_other=OTHER)
    assert found.of("shut") == ("tests/deep/test_other.py::test_shut_ends", "tests/test_gating.py::test_shut")


def test_a_course_without_tests_has_none(tmp_path):
    assert CoveringTests(Folder(tmp_path)).of("gating.shut") == ()
