"""Attributes that nothing reads."""

import pytest

from kejian.core.attributes import parse
from kejian.parse import unread

SLIDES = [
    ('vertical="false"', "vertical", "without quotes"),
    ("data-transition=fdae", "data-transition", "zoom"),
    ("data-autoslide=5s", "data-autoslide", "milliseconds"),
    ("data-visibility=invisible", "data-visibility", "uncounted"),
    ("verticle=true", "verticle", "did you mean vertical=?"),
    ('data-backgroud-color="#fff"', "data-backgroud-color", "did you mean data-background-color=?"),
    ("transition=zoom", "transition", "did you mean data-transition=?"),
]
LISTINGS = [
    ("highlight", "highlight", 'highlight="1,3-5"'),
    (".line-number", "class", "did you mean .line-numbers?"),
    ("highligt=2", "highligt", "did you mean highlight=?"),
    ("data-trim", "data-trim", "highlight="),
    ("foo=1", "foo", "leave it out"),
]
IMPORTS = [
    ('line_begin="3"', "line_begin", "write line_begin=3 without quotes"),
    ("symbl=f", "symbl", "did you mean symbol=?"),
    ("foo=1", "foo", "leave it out"),
]
READ = (
    '.x #y vertical=true data-transition="fade-in slide-out" data-timing=60 data-notes="a" data-own=1 aria-label=x '
    'data-background-opacity=0.5 data-accept="overflow: so" style="a" own-word=1'
)


@pytest.mark.parametrize(("text", "key", "hint"), SLIDES)
def test_on_a_slide(text, key, hint):
    (found,) = unread.on_slide(parse(text))
    assert (found.key, hint in found.hint) == (key, True)


@pytest.mark.parametrize(("text", "key", "hint"), LISTINGS)
def test_on_a_listing(text, key, hint):
    (found,) = unread.on_listing(parse(text))
    assert (found.key, hint in found.hint) == (key, True)


@pytest.mark.parametrize(("text", "key", "hint"), IMPORTS)
def test_on_an_import(text, key, hint):
    (found,) = unread.on_import(parse(text), ("symbol", "lines"))
    assert (found.key, hint in found.hint) == (key, True)


def test_what_is_read():
    assert list(unread.on_slide(parse(READ))) == []
    assert list(unread.on_listing(parse('.python .line-numbers #a highlight="1,3-5" hide data-id=x'))) == []
    assert list(unread.on_import(parse("symbol=f cmd=true line_begin=1 .x tol=0.1"), ("symbol", "tol"))) == []
