"""`import --write`: all files or none."""

import pytest

from kejian.cli.main import main
from kejian.migrate import apply as applying

DECK = """<!-- slide -->

# Mean

```python
def mean(xs):
    return sum(xs) / len(xs)

print(mean([1, 2]))
```

```
1.5
```
"""


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK)
    return tmp_path


def files(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_written_files_are_listed(course, capsys):
    assert main(["import", str(course), "--write"]) == 0
    said = capsys.readouterr().err
    assert "files written\n" in said
    assert "\n  slides/a.md" in said


def test_a_deck_that_is_saved_meanwhile_is_not_overwritten(course, capsys, monkeypatch):
    """Here between the reading and the writing."""
    apply = applying.apply

    def saved_before(root, changes):
        (course / "slides" / "a.md").write_text("saved in the editor\n")
        apply(root, changes)

    monkeypatch.setattr(applying, "apply", saved_before)
    assert main(["import", str(course), "--write"]) == 1
    said = capsys.readouterr().err
    assert "error[changed-meanwhile]: slides/a.md is not as it was read: nothing written" in said
    assert files(course) == {"slides/a.md": b"saved in the editor\n"}


def test_a_file_in_the_way_of_the_record_leaves_everything_as_it_was(course, capsys):
    before = files(course)
    (course / "slides" / "outputs").write_text("in the way")
    assert main(["import", str(course), "--write"]) == 1
    assert "; everything is as it was" in capsys.readouterr().err
    assert files(course) == before | {"slides/outputs": b"in the way"}
