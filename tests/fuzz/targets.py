"""What is fuzzed: each target takes any bytes, and raises where the product would show a traceback or tell a lie.

A target returns what the product made of the bytes, so that the same bytes can be seen to give the same again.
"""

from __future__ import annotations

import os
import posixpath
import re
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from kejian.checks import drift_page
from kejian.core import addresses, attributes, config, css
from kejian.core.diagnostics import Diagnostic, Span
from kejian.core.disk.files import Folder
from kejian.core.model import Deck, Example, Source
from kejian.examples import output_html
from kejian.examples.record import compare_outputs, file_format, normalise, tolerance
from kejian.examples.record.compare_text import compare
from kejian.examples.record.drift import Drift
from kejian.examples.record.outputs import Output
from kejian.examples.record.record import RecordFolder
from kejian.makers import tex_macros as texmacros
from kejian.parse.deck import ParseContext, load, parse
from kejian.parse.lines import frontmatter, text_macros
from kejian.parse.quote import calls, quote
from tests.fuzz import browsers

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
def around() -> ParseContext:
    """A course in a folder of its own, which nothing is written to afterwards."""
    root = Path(tempfile.mkdtemp(prefix="kejian-fuzz-"))
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    draw = '<div class="{{ title }}">'.replace("{{ title }}", "{title}").format_map
    table = text_macros.table(
        [
            text_macros.Macro("HEADER", ("title",), True, draw),
            text_macros.Macro("FOOTER3", ("left", "center", "right"), True, "<i>{left}</i>{center}{right}".format_map),
            text_macros.Macro("批注", (), False, lambda _: "<b>:fa-pen:</b>"),
        ]
    )
    return ParseContext(Folder(root), table, config.Course(slide_code=True))


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
    declared = text_macros.macro(text_of(data), lambda _: "")
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
    except calls.InvalidCallError as e:
        return str(e)
    assert str(call)
    return str(call)


def recorded(data: bytes) -> file_format.RecordedExample:
    """The files of a record, one after another with a NUL between: any of them may be anything."""
    meta, *rest = data.split(b"\0")
    names = ("a.f.txt", "a.f.png", "a.f.svg", "a.f.2.txt", "a.f.2.png", "a.f.3.svg")
    files = dict(zip(names, rest, strict=False))
    found = file_format.read("a.f", meta, files.get)
    again = file_format.files(found)
    read = file_format.read("a.f", again["a.f.json"], again.get)
    assert [(o.kind, o.data) for o in read.outputs] == [(o.kind, o.data) for o in found.outputs]
    compare_outputs.agree(found.outputs, read.outputs)
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
    pictures = [
        Output(kind="picture", name="", suffix=suffix, data=part.encode())
        for suffix, part in (("svg", old), ("png", new))
    ]
    compare_outputs.agree(pictures[:1], pictures[1:], tol)
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


def style(data: bytes) -> object:
    """A style sheet: each address that a browser would find is found, or the sheet is refused."""
    text = text_of(data)
    try:
        found = css.addresses(text)
    except css.AmbiguousCssError:
        return None
    asked = list(browsers.addresses(text))
    assert set(asked) <= {one.value for one in found}, asked
    normal = css.normal(text)
    assert all(0 <= one.start < one.end <= len(normal) for one in found)
    assert css.rewritten(text, lambda _: None) == normal
    return found


def address(data: bytes) -> object:
    """A file's path, its page's, and an address as it stands in a style: none leads anywhere else."""
    path, page, written = [*text_of(data).split("\n"), "", "", ""][:3]
    stays = addresses.inside(written, "a/b/c.css")
    meant = browsers.resolved(written, "a/b/c.css")
    assert stays is None or meant is not None, (written, stays)
    if stays is not None and "//" not in written.replace("\\", "/"):
        assert stays == posixpath.normpath("/".join(meant or [])), (written, stays, meant)
    path, page = (posixpath.normpath(f"/{one}").lstrip("/") or "x" for one in (path, page))
    if "\0" in path + page or "\\" in path:
        return stays
    own = addresses.address(path, page)
    assert not addresses.is_remote(own)
    assert browsers.resolved(own, page) == path.split("/"), (own, page)
    assert not set(own) & set(",:;()'\"\\ ")
    behind = addresses.background(path, page)
    assert not behind or browsers.resolved(browsers.behind_a_slide(behind), page) == path.split("/"), behind
    return stays, own, behind, addresses.embedded(written)


def records(data: bytes) -> object:
    """A whole record: a kind, an ending and a content, then a NUL and the next; what is read is shown and kept."""
    with tempfile.TemporaryDirectory(prefix="kejian-fuzz-") as name:
        folder = Path(name)
        for part in data.split(b"\0")[:12]:
            laid(folder, part)
        record = RecordFolder(folder, limit=2000)
        found = [one for name in record.names() if (one := record.read(name))]
        for one in found:
            shown(one, folder)
        return [(one.name, one.outputs, one.edited, sorted(one.wrong.items())) for one in found]


def laid(folder: Path, part: bytes) -> None:
    """Put a file of the record there, or what is none."""
    endings = (".json", ".txt", ".svg", ".png", ".2.txt", ".2.png", ".3.svg", ".99.txt")
    kind, place, content = part[:1], folder / f"a.f{endings[sum(part[1:2]) % len(endings)]}", part[2:]
    if place.exists() or place.is_symlink():
        return
    if kind == b"d":
        place.mkdir()
    elif kind == b"p":
        os.mkfifo(place)
    elif kind == b"l":
        place.symlink_to("/dev/zero")
    else:
        place.write_bytes(content * (1 + 2 * (kind == b"x")))


def shown(one: file_format.RecordedExample, folder: Path) -> None:
    """What a build does with a record: show it, compare it, write it again and read that."""
    example = Example(call="f()", span="f.py", format=Span("slides/a.md", 3))
    html = output_html.block(example, one, "slides/outputs", "", (), "zh-CN")[0] + output_html.value(one)
    assert "<script" not in html
    for file in output_html.pictures(example, one):
        assert (folder / file).is_file(), file
    drift_page.report(
        [
            Drift(
                example="f()",
                span=Span("a.md"),
                reason="changed",
                name=one.name,
                verdict=compare_outputs.agree(one.outputs, ()),
            )
        ]
    )
    again = file_format.files(one)
    read = file_format.read(one.name, again[f"{one.name}.json"], again.get)
    assert [(o.kind, o.data) for o in read.outputs] == [(o.kind, o.data) for o in one.outputs]


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
    "style": style,
    "address": address,
    "records": records,
}
