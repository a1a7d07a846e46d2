"""What is fuzzed: each target takes any bytes, and raises where the product would show a traceback or tell a lie.

A target returns what the product made of the bytes, so that the same bytes can be seen to give the same again.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from kejian import attributes, config
from kejian.diagnostics import Diagnostic, Span
from kejian.folder import Folder
from kejian.makers import texmacros
from kejian.model import Deck, Source
from kejian.quoted import calls, quote
from kejian.reading import frontmatter, macros
from kejian.reading.parse import Surroundings, load, parse
from kejian.record import agree, normalise, recorded_files, tolerance
from kejian.record.compare import compare
from kejian.record.outputs import Output

Target = Callable[[bytes], object]

FILES = {
    "slides/part.md": "---\ntitle: x\n---\n# Part\n\n<!-- slide .p -->\n$y$ ![](no.png)\n\n## End {#e}\n",
    "slides/deep.md": '@import "part.md"\n\n[^1]: note $z$\n',
    "slides/t.csv": 'a,"b|c"\n"1, 2"\n',
    "slides/g.dot": "digraph { a -> b }\n",
    "slides/p.png": "",
    "slides/s.css": "a { background: url(p.png) }\n",
    "demo/code.py": 'import math\n\n\ndef f():\n    """D."""\n    return math.pi\n\n\n# region a\nX = 1\n# endregion\n',
    "demo/page.html": "<b>x</b> $y$\n",
}


@cache
def around() -> Surroundings:
    """A course in a folder of its own, which nothing is written to afterwards."""
    root = Path(tempfile.mkdtemp(prefix="kejian-fuzz-"))
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    draw = '<div class="{{ title }}">'.replace("{{ title }}", "{title}").format_map
    table = macros.table(
        [
            macros.Macro("HEADER", ("title",), True, draw),
            macros.Macro("FOOTER3", ("left", "center", "right"), True, "<i>{left}</i>{center}{right}".format_map),
            macros.Macro("批注", (), False, lambda _: "<b>:fa-pen:</b>"),
        ]
    )
    return Surroundings(Folder(root), table, config.Course(slide_code=True))


def text_of(data: bytes) -> str:
    """The bytes as the product reads a file: UTF-8, with what is none replaced, and newlines alone."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def parsed(data: bytes) -> Deck:
    """Bytes of a deck to a deck whose spans are true."""
    text = text_of(data)
    deck = parse(Source("slides/a.md", text), around())
    holds(deck, text, FILES)
    return deck


def holds(deck: Deck, text: str, files: Mapping[str, str]) -> None:
    """The span law: the slides' own lines are the file's, and each finding and hole stands in the file it names."""
    own = [s.span for s in (deck.preface, *deck.slides) if s.span.path == deck.path]
    if len(own) == 1 + len(deck.slides):
        lines = text.split("\n")
        assert "\n".join(line for span in own for line in lines[span.line - 1 : span.end]) == text
    known: dict[str, list[str]] = {deck.path: text.split("\n")}
    for span in [d.span for d in deck.diagnostics] + [h.span for h in deck.holes] + [s.span for s in deck.slides]:
        if span.path not in known:
            known[span.path] = files[span.path].split("\n")
        points(span, known[span.path])


def points(span: Span, lines: list[str]) -> None:
    """A span's line is in the file, its column in the line or right behind it."""
    assert 1 <= span.line <= len(lines), span
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert span.end == 0 or span.line <= span.end <= len(lines), span


def read_attributes(data: bytes) -> attributes.Attributes:
    """Attributes: offsets lie in the text, and what is written as HTML holds no quote that ends it early."""
    text = text_of(data)
    found = attributes.parse(text)
    assert all(0 <= offset <= len(text) for offset, _ in found.problems)
    assert re.fullmatch(r'(?: [^\s"\'<>/=]+="[^"<>]*")*', found.html())
    return found


def imported(data: bytes) -> Deck:
    """The attributes of an import of each kind of file."""
    words = " ".join(text_of(data).splitlines())
    targets = [path.removeprefix("slides/") if path.startswith("slides/") else f"../{path}" for path in FILES]
    return parsed("\n".join(f'@import "{target}" {{{words}}}' for target in targets).encode())


def target_of(data: bytes) -> Deck:
    """The path of an import, in each of its forms."""
    path = " ".join(text_of(data).splitlines())
    return parsed(f'@import "{path}"\n![[{path}]]\n![a]({path})\n<!-- @import "{path}" -->\n[b]({path})'.encode())


def expanded(data: bytes) -> list[tuple[str, str]]:
    """Lines with text macros: each becomes one line."""
    table = around().macros
    found = [table.expand(line, ("a", "b")) for line in text_of(data).split("\n")]
    assert all("\n" not in drawn for drawn, _ in found)
    declared = macros.macro(text_of(data), lambda _: "")
    assert declared is None or (declared.name and all(declared.fields))
    return found


def tex_macros(data: bytes) -> object:
    """A file of TeX macros, as data and as a MathJax configuration."""
    text = text_of(data)
    found = [texmacros.read(path, text) for path in ("macros.json", "mathjax_config.js")]
    for table, problems in found:
        placed(problems, text)
        assert all(isinstance(name, str) and name for name in table)
    return [(dict(table), problems) for table, problems in found]


def placed(problems: tuple[Diagnostic, ...], text: str) -> None:
    """Each finding points into the text."""
    lines = text.split("\n")
    for problem in problems:
        points(problem.span, lines)


def front_matter(data: bytes) -> frontmatter.FrontMatter:
    """What stands between `---` lines."""
    text = f"---\n{text_of(data)}\n---\n"
    found = frontmatter.read(text, "slides/a.md")
    placed(found.diagnostics, text)
    return found


def quoted(data: bytes) -> list[quote.Quotation | Diagnostic]:
    """A line of attributes, then the file to quote: what is quoted stands there, under its number."""
    words, _, text = text_of(data).partition("\n")
    found = [
        quote.quote(text, path, attributes.parse(words), Span("slides/a.md", 3)) for path in ("demo/x.py", "demo/x.js")
    ]
    lines = text.split("\n")
    for one in found:
        if isinstance(one, Diagnostic):
            points(one.span, lines if one.span.path.startswith("demo/") else [""] * 3)
            continue
        assert len(one.lines) == len(one.numbers)
        assert all(0 <= number <= len(lines) for number in one.numbers)
    return found


def called(data: bytes) -> str:
    """A value in prose: what is a call is one again when it is printed."""
    text = text_of(data)
    written, _form = calls.split_format(text)
    try:
        call = calls.parse(written)
    except calls.NotACall as e:
        return str(e)
    assert str(call)
    return str(call)


def recorded(data: bytes) -> recorded_files.Recorded:
    """The files of a record, one after another with a NUL between: any of them may be anything."""
    meta, *rest = data.split(b"\0")
    names = ("a.f.txt", "a.f.png", "a.f.svg", "a.f.2.txt", "a.f.2.png", "a.f.3.svg")
    files = dict(zip(names, rest, strict=False))
    found = recorded_files.read("a.f", meta, files.get)
    again = recorded_files.files(found)
    read = recorded_files.read("a.f", again["a.f.json"], again.get)
    assert [(o.kind, o.data) for o in read.outputs] == [(o.kind, o.data) for o in found.outputs]
    agree.agree(found.outputs, read.outputs)
    return found


def compared(data: bytes) -> object:
    """A tolerance, rules, then two outputs with a NUL between: the order does not matter, and each equals itself."""
    words, _, rest = text_of(data).partition("\n")
    old, _, new = rest.partition("\0")
    try:
        tol = tolerance.read(words)
    except ValueError:
        tol = tolerance.DEFAULT
    found = compare(old, new, tol, normalise.RULES)
    assert found.agrees == compare(new, old, tol, normalise.RULES).agrees
    assert compare(old, old, tol).agrees
    assert all(change.pieces for change in found.changes)
    pictures = [Output("picture", "", suffix, part.encode()) for suffix, part in (("svg", old), ("png", new))]
    agree.agree(pictures[:1], pictures[1:], tol)
    return found


def settings(data: bytes) -> tuple[config.Course, tuple[Diagnostic, ...]]:
    """kejian.toml: settings or a finding that points into it."""
    text = text_of(data)
    found = config.read(text)
    placed(found[1], text)
    return found


def opened(data: bytes) -> Deck:
    """The bytes of a file, as a build reads them: no text at all is an error, not a traceback."""
    path = around().folder.root / "slides" / "raw.md"
    path.write_bytes(data)
    return load("slides/raw.md", around())


TARGETS: Mapping[str, Target] = {
    "parse": parsed,
    "open": opened,
    "attributes": read_attributes,
    "import": imported,
    "target": target_of,
    "macros": expanded,
    "texmacros": tex_macros,
    "frontmatter": front_matter,
    "quote": quoted,
    "call": called,
    "record": recorded,
    "compare": compared,
    "settings": settings,
}
