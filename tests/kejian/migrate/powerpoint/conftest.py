"""Presentations as PowerPoint writes them, made by python-pptx."""

import struct
import zlib
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Inches

from kejian.migrate.powerpoint.presentation import presentation

TITLE, CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6
"""Layouts of the template of python-pptx."""


def png(colour=0):
    """A picture of one pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes([0, colour, colour, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


class Talk:
    """A presentation that is being made."""

    def __init__(self):
        self.made = Presentation()

    def slide(self, title="", layout=CONTENT):
        """Add a slide."""
        slide = self.made.slides.add_slide(self.made.slide_layouts[layout])
        if slide.shapes.title is not None:
            slide.shapes.title.text = title
        return slide

    def box(self, slide, text, place=(1, 2, 4, 2), **font):
        """Add a text box, with a paragraph for each line."""
        frame = slide.shapes.add_textbox(*map(Inches, place)).text_frame
        for number, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            for name, value in font.items():
                setattr(run.font, name, value)
        return frame

    @property
    def data(self):
        """The file."""
        into = BytesIO()
        self.made.save(into)
        return into.getvalue()

    def imported(self, path="slides/talk.pptx"):
        """What is made of it."""
        return presentation(self.data, path)

    @property
    def text(self):
        """The deck without its front matter and slide marks, its blank lines left out."""
        body = self.imported().text.partition("---\n\n")[2]
        return "\n".join(line for line in body.split("\n") if line and line != "<!-- slide -->")

    @property
    def said(self):
        """What is said to have no counterpart, with the lines of the findings."""
        found = self.imported().diagnostics
        return [f"{one.span.line} {one.message.removeprefix('PowerPoint: ')}" for one in found]


@pytest.fixture
def talk():
    return Talk()


@pytest.fixture
def pixel():
    """What makes a picture, as a file to read."""
    return lambda colour=0: BytesIO(png(colour))
