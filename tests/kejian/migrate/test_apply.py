"""Changes are written all together or not at all."""

import pytest

from kejian.migrate.apply import FileChangedError, apply
from kejian.migrate.patch import FileChange

CHANGES = (FileChange("a.md", b"old\n", b"new\n"), FileChange("examples/b.py", None, b"x = 1\n"))


@pytest.fixture
def course(tmp_path):
    (tmp_path / "a.md").write_bytes(b"old\n")
    (tmp_path / "a.md").chmod(0o640)
    return tmp_path


def files(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_all_of_them(course):
    apply(course, CHANGES)
    assert files(course) == {"a.md": b"new\n", "examples/b.py": b"x = 1\n"}
    assert (course / "a.md").stat().st_mode & 0o777 == 0o640
    assert (course / "examples" / "b.py").stat().st_mode & 0o444 == 0o444


@pytest.mark.parametrize("path, data", [("a.md", b"edited\n"), ("examples/b.py", b"mine\n")])
def test_none_where_a_file_is_not_as_it_was_read(course, path, data):
    (course / path).parent.mkdir(exist_ok=True)
    (course / path).write_bytes(data)
    before = files(course)
    with pytest.raises(FileChangedError, match=path):
        apply(course, CHANGES)
    assert files(course) == before


def test_a_failure_in_the_middle_puts_everything_back(course):
    (course / "examples").write_bytes(b"a file where a folder is to be\n")
    before = files(course)
    with pytest.raises(OSError, match="examples"):
        apply(course, CHANGES)
    assert files(course) == before


def test_folders_that_were_made_go_again(course):
    (course / "z").write_bytes(b"")
    with pytest.raises(OSError, match="z"):
        apply(course, (*CHANGES, FileChange("z/c.py", None, b"")))
    assert files(course) == {"a.md": b"old\n", "z": b""}
    assert not (course / "examples").exists()
