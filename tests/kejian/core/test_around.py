"""The course around the folder in which a command is typed."""

from pathlib import Path

import pytest

from kejian.core.around import course

CASES = {
    "the folder itself": (["kejian.toml", "slides/a.md"], "", "."),
    "settings above": (["kejian.toml", "slides/a/b.md"], "slides/a", "../.."),
    "slides without settings": (["slides/a/b.md"], "slides/a", "../.."),
    "the nearest settings": (["kejian.toml", "inner/kejian.toml", "inner/x/y"], "inner/x", ".."),
    "settings before slides": (["kejian.toml", "slides/slides/a.md"], "slides/slides", "../.."),
    "neither": (["a/b"], "a", "."),
    "slides of its own": (["slides/slides/a.md"], "slides", "."),
}


@pytest.mark.parametrize("files, here, expected", CASES.values(), ids=CASES)
def test_course_is_found_in_a_parent_folder(files, here, expected, tmp_path, monkeypatch):
    for path in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    monkeypatch.chdir(tmp_path / here)
    assert course(Path()) == Path(expected)
