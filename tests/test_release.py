"""What `make release-check` sees in distributions that are not as they should be."""

import sys
import tarfile
import zipfile

import pytest

from tests import release

ABOUT = f"kejian-{release.version()}.dist-info"
METADATA = (
    f"Metadata-Version: 2.4\nName: kejian\nVersion: {release.version()}\nClassifier: Typing :: Typed\n"
    "License-Expression: MIT\nRequires-Python: >=3.11\n\nText\n"
)
WHEEL = dict.fromkeys(release.IN_WHEEL, "") | {
    f"{ABOUT}/licenses/LICENSE": "",
    f"{ABOUT}/METADATA": METADATA,
    f"{ABOUT}/entry_points.txt": "[console_scripts]\nkejian = kejian.cli.main:main\n",
}


def wrong(tmp_path, files):
    with zipfile.ZipFile(tmp_path / "kejian.whl", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return [one.removeprefix("kejian.whl ") for one in release.wrong_with_wheel(tmp_path / "kejian.whl")]


def test_a_complete_wheel_is_right(tmp_path):
    assert wrong(tmp_path, WHEEL) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kejian/py.typed": None}, "lacks kejian/py.typed"),
        ({f"{ABOUT}/licenses/LICENSE": None}, f"lacks {ABOUT}/licenses/LICENSE"),
        ({"tests/test_a.py": ""}, "has tests/test_a.py"),
        ({f"{ABOUT}/entry_points.txt": None}, "installs no command"),
        ({f"{ABOUT}/METADATA": METADATA.replace("MIT", "GPL")}, "says License-Expression: GPL, not MIT"),
        ({f"{ABOUT}/METADATA": METADATA.replace(":: Typed", ":: None")}, "does not say that it is typed"),
    ],
)
def test_what_a_wheel_lacks_or_says_wrongly(change, said, tmp_path):
    files = {name: text for name, text in (WHEEL | change).items() if text is not None}
    assert wrong(tmp_path, files) == [said]


def test_what_a_source_distribution_lacks_or_has_of_this_machine(tmp_path):
    for name in (*release.IN_SDIST[1:], "node_modules/x"):
        file = tmp_path / "kejian-1" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    with tarfile.open(tmp_path / "kejian.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "kejian-1", "kejian-1")
    found = list(release.wrong_with_sdist(tmp_path / "kejian.tar.gz"))
    assert found == ["kejian.tar.gz lacks LICENSE", "kejian.tar.gz has node_modules/"]


def test_locked_versions_are_taken_without_their_hashes(tmp_path):
    text = release.constraints(tmp_path).read_text("utf-8")
    assert "rich==" in text
    assert "sha256" not in text
    assert "\\" not in text


def test_a_python_that_is_not_here_is_none():
    assert release.python("2.0") == ""


def test_a_command_that_fails_shows_what_it_says(tmp_path):
    with pytest.raises(SystemExit, match="status 3\nwhy"):
        release.run([sys.executable, "-c", "print('why'); raise SystemExit(3)"], tmp_path)
