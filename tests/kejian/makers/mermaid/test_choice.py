"""Which engine draws."""

import sys

import pytest

from kejian.makers.mermaid import choice


def test_keys_hold_what_is_installed():
    assert all(name in choice.PACKAGES for name in choice.versions().split()[::2])
    assert choice.versions()


@pytest.mark.usefixtures("official")
def test_where_the_first_has_no_wheel_the_second_draws(ruler, monkeypatch):
    monkeypatch.setitem(sys.modules, "merman", None)
    monkeypatch.delitem(sys.modules, "kejian.makers.mermaid.rust", raising=False)
    assert type(choice.start(ruler)).__name__ == "OfficialEngine"


def test_without_any_there_is_none(ruler, monkeypatch):
    for name in ("merman", "mermaidx", "mermaidx.engines._common"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("rust", "official"):
        monkeypatch.delitem(sys.modules, f"kejian.makers.mermaid.{name}", raising=False)
    assert choice.start(ruler) is None
