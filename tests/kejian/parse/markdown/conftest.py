"""Title / input / expected cases of the Markdown rules, and how an outcome is written down in them."""

from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it.utils import read_fixture_file

from kejian.core.diagnostics import Span
from kejian.core.dialect import Dialect
from kejian.core.model import Diagram, Formula, Icon
from kejian.parse import markdown

FIXTURES = Path(__file__).parents[3] / "fixtures"
NEXT_SLIDE = "\n%%% next slide\n"


class Case(NamedTuple):
    """A case of a fixture file."""

    text: str
    expected: str


def pytest_generate_tests(metafunc):
    """A test that takes a `case` runs for every case of the file that its module names."""
    if "case" in metafunc.fixturenames:
        found = read_fixture_file(FIXTURES / metafunc.module.CASES)
        ids = [title for _, title, _, _ in found]
        metafunc.parametrize("case", [Case(text, expected) for _, _, text, expected in found], ids=ids)


@pytest.fixture(scope="session")
def shown():
    """Slides, with `%%% next slide` between them, as their HTML and a line for each hole, heading and finding."""
    return outcome


@pytest.fixture(scope="session")
def body():
    """Lines and a scope to what they are rendered to."""
    return rendered


def outcome(text, **dialect):
    slides = [slide.split("\n") for slide in text.removesuffix("\n").split(NEXT_SLIDE)]
    scope = markdown.FileRenderer(dialect=Dialect(**dialect))
    scope.collect(slides)
    return NEXT_SLIDE[1:].join(written(rendered(lines, scope)) for lines in slides)


def rendered(lines, scope):
    def locate(number, snippet, offset=0):
        head = snippet.split("\n", 1)[0]
        column = lines[number].find(head, offset if head else 0) if number < len(lines) else -1
        return Span("a.md", number + 1, column + 1 if column >= 0 else 1)

    return markdown.render(lines, locate, scope)


def written(body):
    html = body.html if not body.html or body.html.endswith("\n") else body.html + "\n"
    notes = [f"{n} {place(h.span)} {hole(h)}" for n, h in enumerate(body.holes)]
    notes += [f"heading {h.level} #{h.id} {h.text}{'' if h.listed else ' (unlisted)'}" for h in body.headings]
    notes += [f"{d.severity} {place(d.span)} {d.code}: {d.message}; {d.hint}" for d in body.diagnostics]
    return html.replace("<kj-hole n=", "<kj n=").replace("></kj-hole>", "/>") + "".join(f"| {n}\n" for n in notes)


def place(span):
    return f"{span.line}:{span.column}"


def hole(found):
    if isinstance(found, Formula):
        return f"{'display' if found.display else 'inline'} {found.tex!r}"
    if isinstance(found, Diagram):
        return f"{found.language} {found.engine or '-'} {found.source!r}"
    if isinstance(found, Icon):
        return f"icon {found.name}"
    return f"listing {found.language or '-'} {found.code!r}"
