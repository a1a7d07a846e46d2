"""Drawings that a browser would run when it opens them by themselves, and those that are only drawings."""

import pytest

from kejian.parse.html.active_content import drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inner",
    [
        "<rect width='9' height='9' style='fill:red'/>",
        "<a xlink:href='https://x.org'><text>x</text></a>",
        "<image xlink:href='data:image/png;base64,AA'/>",
        "<style>text { font: 9px x }</style><title>&lt;script></title>",
        "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>x</div></foreignObject>",
        "<animate attributeName='x' values='1;2'/>",
        "<image href='photo.png'/><rect fill='url(#a)' aria-label=\"it's\"/>",
        "<style>@import 'own.css'; text { fill: url(#a); font-family: 'DejaVu Sans', \"x\" }</style>",
    ],
)
def test_a_drawing_does_not(inner):
    assert drawing(f"{HEAD}{inner}</svg>".encode()) == ""


def test_drawing_with_entities_is_not_active():
    text = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><text>x</text></svg>'
    assert drawing(text.encode()) == ""


@pytest.mark.parametrize(
    "document, words",
    [
        (f"{HEAD}<script/></svg>", "<script>"),
        (f"{HEAD}<script/><rect></svg>", "<script>"),
        (f"{HEAD}<x:script xmlns:x='http://www.w3.org/2000/svg'/></svg>", "<script>"),
        (f"{HEAD}<a xlink:href='java&#9;script:x'/></svg>", "an address"),
        (f"{HEAD}<animate values='#a;javascript:x'/></svg>", "an address"),
        (f"{HEAD}<use href='data:image/svg+xml,x#x'/></svg>", "an address"),
        (f"{HEAD}<set attributeName='onload' to='x'/></svg>", "sets an event handler"),
        (f"{HEAD}<rect onclick='x'/></svg>", "an event handler onclick="),
        (f"<?xml-stylesheet href='x'?>{HEAD}</svg>", "transformed"),
        ("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///x'>]><svg>&x;</svg>", "another document"),
        ("<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg>&x;</svg>", "<script>"),
        (f"{HEAD}<image href='//host/x.png'/></svg>", "asks for another file"),
        (f"{HEAD}<image xlink:href='https://x.org/x.png'/></svg>", "asks for another file"),
        (f"{HEAD}<image href='../../../x.png'/></svg>", "asks for another file"),
        (f"{HEAD}<image href='/etc/x.png'/></svg>", "asks for another file"),
        (f"{HEAD}<feImage href='file:///etc/x'/></svg>", "asks for another file"),
        (f"{HEAD}<use href='https://x.org/x.svg#a'/></svg>", "asks for another file"),
        (f"{HEAD}<g xml:base='https://x.org/'/></svg>", "asks for another file"),
        (f"{HEAD}<img xmlns='http://www.w3.org/1999/xhtml' srcset='a.png 1x, //host/b.png 2x'/></svg>", "asks for"),
        (f"{HEAD}<video xmlns='http://www.w3.org/1999/xhtml' poster='//host/b.png'/></svg>", "asks for"),
        (f"{HEAD}<style>@import url(//host/x.css);</style></svg>", "asks for another file"),
        (f"{HEAD}<style>p {{ --x: '//host/x' }}</style></svg>", "asks for another file"),
        (f"{HEAD}<style><![CDATA[p {{ fill: u\\72l(//host/x) }}]]></style></svg>", "asks for another file"),
        (f"{HEAD}<rect fill='url(https://x.org/#a)'/></svg>", "asks for another file"),
        (f"{HEAD}<rect style='mask-image: image-set(&quot;//host/x&quot; 1x)'/></svg>", "asks for another file"),
        (f"{HEAD}<rect style='fill: url(a b)'/></svg>", "cannot be read for sure"),
        (f"{HEAD}<set attributeName='href' to='//host/x'/></svg>", "changes an address"),
        (f"{HEAD}<animate attributeName='xlink:href' values='//host/x'/></svg>", "changes an address"),
        ("<svg><rect></svg>", "not a drawing that can be read"),
        ("<?xml version='1.0' encoding='utf-7'?><svg/>", "not a drawing that can be read"),
    ],
)
def test_a_drawing_that_acts(document, words):
    assert words in drawing(document.encode())


def test_a_drawing_in_another_encoding_is_read_in_it():
    assert "<script>" in drawing(f"<?xml version='1.0'?>{HEAD}<script/></svg>".encode("utf-16"))
