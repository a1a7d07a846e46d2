"""The line pass, case by case: `tests/fixtures/lines.md`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.core.disk.files import Folder
from kejian.parse.lines import text_macros
from kejian.parse.lines.line_pass import Line, LinePass, Mark

CASES = read_fixture_file(Path(__file__).parents[3] / "fixtures" / "lines.md")
FILES = {
    "part.md": "---\ntitle: x\n---\npart\n<!-- slide .p -->\nmore\n",
    "code.py": "def f():\n    return 1\n",
    "bad.csv": 'a,"b\n',
    "empty.csv": "",
    "t.csv": 'a,"b|c"\n"1, 2"\n',
    "g.dot": "digraph { a -> b }\n",
    "sections.md": "# One\n1\n## Two\n2\n# Three\n",
    "loop.md": '@import "loop.md"\n',
    "s.css": "",
    "p.png": "",
    "sub/deep.md": '![x](q.png) ![y](p.png) <img src="q.png">\n',
    "sub/q.png": "",
}
TEXT_MACROS = text_macros.table(
    [
        text_macros.Macro("HEADER", ("title",), True, '<div class="header">\n  <h5>{title}</h5>\n</div>'.format_map),
        text_macros.Macro(
            "FOOTER3",
            ("left", "center", "right"),
            True,
            '<div class="footer"><i>{left}</i><i>{center}</i><i>{right}</i></div>'.format_map,
        ),
        text_macros.Macro("我的批注", (), False, lambda values: '<span class="yellow">:fa-weixin:</span>'),
    ]
)


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def scanned(text, root):
    scan = LinePass(folder=Folder(root), macros=TEXT_MACROS, top="a.md")
    items = list(scan.items(text.split("\n"), "a.md"))
    out = []
    for item in items:
        if isinstance(item, Mark):
            out.append(f"MARK {item.span.path}:{item.span.line}{item.attributes.html()}")
        else:
            out.append(f"{item.path}:{item.number}|{item.text}")
    out += [f"STYLE {path}" for path in scan.styles]
    out += [f"! {d.span} {d.code}: {d.message}" for d in scan.diagnostics]
    return items, "\n".join(out)


@pytest.mark.parametrize("line, title, text, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, text, expected, course):
    _, found = scanned(text.removesuffix("\n"), course)
    assert found == expected.removesuffix("\n"), f"tests/fixtures/lines.md:{line}: {title}"


@given(st.text(alphabet=st.sampled_from('<!-> slide`~$#\n@import"a.[]()H')))
def test_any_text_is_lines_and_marks(text):
    scan = LinePass(folder=Folder(Path("/nonexistent")), macros=TEXT_MACROS, top="a.md")
    numbers = [i.number if isinstance(i, Line) else i.span.line for i in scan.items(text.split("\n"), "a.md")]
    assert numbers == sorted(numbers)


def test_text_without_marks_and_imports_comes_back(course):
    text = "# a\n\n- b\n\n| c |\n|---|\n\n$$\nx\n$$\n"
    items, _ = scanned(text, course)
    assert "\n".join(item.text for item in items) == text


@pytest.mark.parametrize("opener", ["```", "~~~", "$$", "<!-- x", "> ```", "<!-- slide"])
def test_what_is_never_closed_is_searched_for_once(opener, course):
    """Ten thousand unclosed openers are ten thousand lines of work, not their square: each line is looked at once."""
    looked = 0

    class Counted(list):
        def __getitem__(self, key):
            nonlocal looked
            looked += 1
            return super().__getitem__(key)

    lines = Counted([opener, "x"] * 5_000)
    list(LinePass(folder=Folder(course), macros=TEXT_MACROS, top="a.md").items(lines, "a.md"))
    assert looked < 12 * len(lines)


def test_imports_end_somewhere(tmp_path):
    for n in range(40):
        (tmp_path / f"{n}.md").write_text(f'line {n}\n@import "{n + 1}.md"\n', encoding="utf-8")
    items, found = scanned('@import "0.md"', tmp_path)
    assert items[0].text == "line 0"
    assert "! 31.md:2:1 import-depth: imports are nested more than 32 deep" in found
