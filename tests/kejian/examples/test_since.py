"""What has changed since an example was recorded, and where to look first."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from kejian.examples.keys.key import KeyPart
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.since import place, since
from kejian.pipeline.analysis import survey

NETS = "def train():\n    return 1\n"
SHOWN = "from nets.m import train\n\n\ndef result():\n    return train()\n"


@pytest.fixture
def job(tmp_path):
    files = {
        "kejian.toml": 'examples = "nets"\n',
        "nets/__init__.py": "",
        "nets/m.py": NETS,
        "nets/shown.py": SHOWN,
        "slides/a.md": '<!-- slide -->\n\n# A\n\n@import "../nets/shown.py" {symbol="result" cmd=true}\n',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (found,) = survey(tmp_path).jobs
    return found


def recorded(job, changed=MappingProxyType({})):
    """The job, with a record of what it is made from, in which these parts had other values."""
    before = tuple(replace(part, value=changed.get(part.name, part.value)) for part in job.key.parts)
    known = RecordedExample(name=job.name, call=str(job.call), outputs=(), verified="2026-11-24", parts=before, key="k")
    return replace(job, known=known)


def test_without_a_record_nothing_is_said(job):
    assert since(job) == ""
    assert place(job) == "nets/shown.py:4"


def test_nothing_has_changed(job):
    assert since(recorded(job)) == "; nothing it is made from has changed since it was recorded on 2026-11-24"


def test_what_changed_is_named_with_its_place(job):
    changed = recorded(job, {"function m.train": "0"})
    assert since(changed) == "; since it was recorded on 2026-11-24: function m.train changed (nets/m.py:1)"
    assert place(changed) == "nets/m.py:1"


def test_of_many_changes_the_first_three_are_named(job):
    known = recorded(job).known
    gone = tuple(KeyPart("data", f"data/{n}.csv", "0") for n in range(5))
    assert since(replace(job, known=replace(known, parts=(*known.parts, *gone)))).endswith(" and 2 more")
