"""Which examples a change reaches, case by case: `tests/fixtures/closure.md`.

A case is a package (`=== file`) and files that change in it (`--- file`); expected are the examples whose key differs.
"""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.core.disk.files import Folder
from kejian.examples.keys.package import Package, key

CASES = read_fixture_file(Path(__file__).parents[3] / "fixtures" / "closure.md")


def digests(root, files):
    for path, text in files:
        target = root / "nets" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    package = Package.read(Folder(root), "nets")
    assert package.diagnostics == ()
    return {symbol.name: key(package, symbol, {}).digest for symbol in package.examples()}


@pytest.mark.parametrize("line, title, text, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, text, expected, tmp_path):
    files = re.findall(r"^(===|---) (\S+)\n(.*?)(?=^=== |^--- |\Z)", text, re.MULTILINE | re.DOTALL)
    before = digests(tmp_path, [(path, code) for mark, path, code in files if mark == "==="])
    after = digests(tmp_path, [(path, code) for mark, path, code in files if mark == "---"])
    changed = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
    assert changed == expected.split(), f"tests/fixtures/closure.md:{line}: {title}"
