"""Whether modules of recorded examples still import, after a change that makes no example stale."""

import pytest

from kejian.core.disk.store import Store
from kejian.examples.run import importable
from kejian.examples.run.grouping import RunContext
from kejian.pipeline.analysis import survey
from tests.kejian.built import TODAY, built

pytestmark = pytest.mark.slow  # each starts processes

USED = "def used():\n    return 1\n"
USES = "from nets.c import other\n\n\n"
OTHER = "def other():\n    return 2\n"


@pytest.fixture
def root(tmp_path):
    """A course of two modules that is built."""
    slides = "\n\n".join(f'@import "../nets/{name}.py" {{symbol="used" cmd=true}}' for name in ("a", "b"))
    files = {
        "nets/__init__.py": "",
        "nets/a.py": USES + USED,
        "nets/c.py": OTHER,
        "nets/b.py": USED,
        "slides/a.md": f"<!-- slide -->\n\n# A\n\n{slides}\n",
    }
    for path, text in {"kejian.toml": 'examples = "nets"\n', **files}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert built(tmp_path)[0].ran == 2
    return tmp_path


def asked(root, store, done=()):
    """The modules to import again, and what that finds."""
    found = survey(root)
    again = importable.changed([job for job in found.jobs if job.fresh], done, store)
    around = RunContext(
        root=root, code=found.package.paths, cache=root / ".kejian", today=TODAY, progress=lambda words: None
    )
    return [job.symbol.module for job in again], list(importable.broken(again, around, store)) if again else []


def test_an_untouched_module_is_not_imported(root):
    assert asked(root, Store(root / "store")) == ([], [])


def test_a_module_with_more_code_is_imported_once(root):
    (root / "nets" / "a.py").write_text(USES + USED + "\n\ndef more():\n    return 2\n", "utf-8")
    store = Store(root / "store")
    assert asked(root, store) == (["nets.a"], [])
    assert asked(root, store) == ([], [])


def test_a_module_that_no_longer_imports_is_an_error_each_time(root):
    (root / "nets" / "c.py").write_text(OTHER.replace("other", "another"), "utf-8")
    store = Store(root / "store")
    for _ in range(2):
        names, ((job, found),) = asked(root, store)
        assert (names, job.symbol.module) == (["nets.a"], "nets.a")
        assert (found.code, found.severity, found.span.path) == ("module-broken", "error", "slides/a.md")
        assert "nets.a can no longer be imported: ImportError: cannot import name 'other'" in found.message
        assert found.hint == "fix nets/a.py, or what it imports"
