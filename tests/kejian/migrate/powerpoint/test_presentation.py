"""Presentations as decks, and files that are none."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from pptx.oxml import parse_xml

from kejian.migrate.powerpoint.presentation import presentation

P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
OLD = bytes.fromhex("d0cf11e0a1b11ae1")


def sectioned(talk, **sections):
    """Add sections: the slides that each begins with, from 0."""
    names = 'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'
    parts = "".join(
        f'<p14:section name="{name}" id="{{}}"><p14:sldIdLst><p14:sldId id="{talk.made.slides[first].slide_id}"/>'
        "</p14:sldIdLst></p14:section>"
        for name, first in sections.items()
    )
    talk.made.part._element.append(parse_xml(f"<p14:sectionLst {names}>{parts}</p14:sectionLst>"))


def test_slides_titles_and_notes(talk):
    first = talk.slide("Networks\vof today", layout=0)
    first.placeholders[1].text = "A. Author"
    talk.slide("Why").notes_slide.notes_text_frame.text = "Say *this*.\nThen that."
    assert talk.imported().text == (
        "---\npresentation:\n  width: 960\n  height: 720\n---\n\n"
        "<!-- slide -->\n\n# Networks of today\n\nA. Author\n\n"
        "<!-- slide -->\n\n## Why\n\n::: notes\nSay \\*this\\*.\n\nThen that.\n:::\n"
    )


def test_hidden_slides_are_hidden(talk):
    talk.slide("T").element.set("show", "0")
    assert "<!-- slide data-visibility=hidden -->" in talk.imported().text


def test_a_picture_behind_a_slide_stays_behind_it(talk, pixel):
    slide = talk.slide("T", layout=5)
    picture = slide.shapes.add_picture(pixel(), 0, 0, 9, 9)
    name = picture.element.blip_rId
    picture.element.getparent().remove(picture.element)
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    names += 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    blip = f'<a:blipFill><a:blip r:embed="{name}"/></a:blipFill>'
    slide.element.cSld.insert(0, parse_xml(f"<p:bg {P} {names}><p:bgPr>{blip}</p:bgPr></p:bg>"))
    assert "<!-- slide data-background-image=../assets/talk/1-1.png -->" in talk.imported().text


def test_sections_begin_with_a_slide_of_theirs(talk):
    for title in ("A", "B", "Two"):
        talk.slide(title)
    sectioned(talk, One=0, Two=2)
    marks = [line for line in talk.imported().text.split("\n") if line.startswith(("<!--", "#"))]
    plain, own = "<!-- slide -->", "<!-- slide .section -->"
    assert marks == [own, "# One", plain, "## A", plain, "## B", own, "## Two"]


def test_one_section_is_none(talk):
    talk.slide("A")
    sectioned(talk, Default=0)
    assert "section" not in talk.imported().text


def test_animations_are_reported(talk):
    talk.slide("A").element.append(parse_xml(f'<p:timing {P}><p:cTn presetClass="entr"/></p:timing>'))
    assert talk.said == ["1 an animation on slide 1 has no counterpart here"]


def broken(talk, name, text):
    """The file with another text in one of its parts."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(talk.data)) as old, zipfile.ZipFile(into, "w") as new:
        for one in old.namelist():
            new.writestr(one, text if one == name else old.read(one))
    return into.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is no presentation, or a part of one"),
        (b"PK\x03\x04 cut off", "this is no presentation, or a part of one"),
        (OLD + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "the presentation is encrypted"),
        (OLD + b"\0" * 99, "this is a presentation of PowerPoint 97 to 2003"),
    ],
)
def test_what_cannot_be_read_is_a_finding(data, message):
    found = presentation(data, "a.pptx")
    assert [(one.code, one.message) for one in found.diagnostics] == [("unreadable", message)]
    assert (found.text, found.files) == ("", {})


@pytest.mark.parametrize(
    "name", ["ppt/presentation.xml", "ppt/slides/slide1.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("text", ["", "<a>", "<a/>", "\0\0"])
def test_a_damaged_part_is_a_finding(talk, name, text):
    talk.slide("T")
    (found,) = presentation(broken(talk, name, text), "a.pptx").diagnostics
    assert found.code == "unreadable"
    assert found.message.startswith("the presentation is damaged: ")


def test_another_archive_is_none():
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "damaged" in presentation(into.getvalue(), "a.pptx").diagnostics[0].message


def test_a_bomb_is_not_unpacked(talk, monkeypatch):
    monkeypatch.setattr("kejian.migrate.powerpoint.presentation._MOST", 1000)
    assert "MiB unpacked" in presentation(talk.data, "a.pptx").diagnostics[0].message


def test_without_python_pptx_the_finding_says_what_to_install():
    code = "import sys; sys.modules['pptx'] = None; from kejian.migrate.powerpoint.presentation import presentation; "
    code += "print(presentation(b'', 'a.pptx').diagnostics)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "code='no-office'" in done.stdout
    assert "pip install 'kejian[office]'" in done.stdout
