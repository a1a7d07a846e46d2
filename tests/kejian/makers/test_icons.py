"""Icons."""

import re

import pytest

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.core.model import Icon
from kejian.makers.icons import PACKAGE, Icons
from tests.kejian.makers.filled import filled

SPAN = Span("a.md", 3)


@pytest.fixture(scope="module")
def icon(tools):
    def make(name):
        (found,) = filled(Icons(tools), [Icon(name, SPAN)]).values()
        return found

    return make


def test_an_icon_is_inlined(icon):
    assert re.fullmatch(
        r'<svg class="icon" aria-hidden="true" fill="currentColor" viewBox="0 0 576 512"><path d="[^"]+"/></svg>',
        icon("weixin").html,
    )


@pytest.mark.parametrize(
    "old, new", [("bar-chart", "chart-column"), ("trash-o", "trash-can"), ("sign-in", "right-to-bracket")]
)
def test_names_of_version_4(icon, old, new):
    assert "svg" in icon(old).html
    if not old.endswith("-o"):
        assert icon(old).html == icon(new).html


def test_o_means_outlined(icon):
    assert icon("envelope-o").html != icon("envelope").html


def test_all_names_of_version_4(icon, tools):
    sheet = (tools.module(PACKAGE) / "css" / "v4-shims.css").read_text("utf-8")
    names = set(re.findall(r"\.fa\.fa-([\w-]+)", sheet))
    assert len(names) > 400
    assert [name for name in names if isinstance(icon(name), Diagnostic)] == []


def test_an_unknown_name_is_a_warning_with_what_may_be_meant(icon):
    found = icon("wexin")
    assert (found.code, found.severity, found.span) == ("unknown-icon", Severity.WARNING, SPAN)
    assert "fa-weixin" in found.hint


@pytest.mark.parametrize("name", ["../solid/check", "", "qqqqqqqqqqqq", "-o"])
def test_a_name_is_never_a_path(icon, name):
    assert icon(name).code == "unknown-icon"


def test_key(tools):
    maker = Icons(tools)
    assert maker.key(Icon("a", SPAN)) == maker.key(Icon("a", Span("b.md"))) != maker.key(Icon("b", SPAN))
