"""Files that a browser would run when it opens them by themselves, and drawings that are only that."""

import pytest

from kejian.folder import Folder
from kejian.reading.active import acting

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.fixture
def why(tmp_path):
    def asked(name, data=b""):
        (tmp_path / name).write_bytes(data)
        found = acting(name, Folder(tmp_path))
        return found.message if found else ""

    return asked


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.xml", "a.svgz", "a.shtml"])
def test_a_page_runs(why, name):
    assert "a page of its own" in why(name)


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.js", "a.txt", "a.html.txt", "html", "a.ipynb"])
def test_other_files_do_not(why, name):
    assert why(name, b"<script>") == ""


@pytest.mark.parametrize(
    "inner",
    [
        "<rect width='9' height='9' style='fill:red'/>",
        "<a xlink:href='https://x.org'><text>x</text></a>",
        "<image xlink:href='data:image/png;base64,AA'/>",
        "<style>text { font: 9px x }</style><title>&lt;script></title>",
        "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>x</div></foreignObject>",
        "<animate attributeName='x' values='1;2'/>",
    ],
)
def test_a_drawing_does_not(why, inner):
    assert why("a.svg", f"{HEAD}{inner}</svg>".encode()) == ""


def test_nor_does_a_drawing_with_entities_as_some_programs_write_them(why):
    text = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><text>x</text></svg>'
    assert why("a.svg", text.encode()) == ""


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
        ("<svg><rect></svg>", "not a drawing that can be read"),
        ("<?xml version='1.0' encoding='utf-7'?><svg/>", "not a drawing that can be read"),
    ],
)
def test_a_drawing_that_acts(why, document, words):
    assert words in why("a.svg", document.encode())


def test_a_drawing_in_another_encoding_is_read_in_it(why):
    assert "<script>" in why("a.svg", f"<?xml version='1.0'?>{HEAD}<script/></svg>".encode("utf-16"))
