"""What is shown of the word under the cursor, which stands before the mark `|`."""

import pytest

from kejian.cli.main import main
from kejian.editor.course import EditedCourse
from kejian.editor.hover import hover
from kejian.editor.tex_expansion import expanded

DECK = "slides/deck.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'
SHOWN = '@import "../demo_examples/shown.py" '


@pytest.fixture
def course(demo):
    (demo / "a.svg").write_text(SVG, "utf-8")
    (demo / "refs.bib").write_text("@book{knuth, title = {The TeXbook}}\n", "utf-8")
    (demo / "macros.json").write_text('{"Xv": "\\\\mathbf{X}"}', "utf-8")
    (demo / "kejian.toml").write_text('bibliography = "refs.bib"\n', "utf-8")
    return EditedCourse(root=demo, unsaved={})


def shown(course, text):
    """What a hover shows, in Markdown; "" for nothing."""
    text = f"<!-- slide -->\n\n# 一\n\n{text}\n"
    at = text.index("|")
    (course.root / DECK).write_text(text.replace("|", "", 1), "utf-8")
    found = hover(course, DECK, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at) - 1)
    return found.markdown if found else ""


def test_a_symbol_has_its_signature_and_its_words(course):
    found = shown(course, f'{SHOWN}{{symbol="te|xt"}}')
    assert found == "```python\ndef text()\n```\n\nPrints."


def test_an_example_that_has_not_run_says_so(course):
    assert "It has not run yet" in shown(course, f'{SHOWN}{{symbol="text|" cmd=true}}')


@pytest.mark.slow
def test_an_example_has_what_it_showed_and_where_that_comes_from(demo, course):
    assert main(["build", str(demo), "--quiet"]) == 0
    found = shown(course, f'{SHOWN}{{symbol="text" |cmd=true}}')
    assert "```text\naccuracy: 0.5000\nloss: 0.1000\n```" in found
    assert "demo_examples/shown.py:15  \nPython 3." in found
    assert "again" not in found
    assert "61,706" in shown(course, "There are `{python} shown.cou|nt():,`")
    base = demo / "demo_examples" / "base.py"
    base.write_text(base.read_text("utf-8").replace("SCALE = 2", "SCALE = 3"), "utf-8")
    assert "**It would run again:** " in shown(course, f'{SHOWN}{{symbol="text" cmd|=true}}')


CASES = {
    "a formula": ("so $\\Xv + y|$ is", "```latex\n\\mathbf{X} + y\n```"),
    "a formula of lines": ("$$\na\n= \\Xv|\n$$", "```latex\na\n= \\mathbf{X}\n```"),
    "a label": ("$$a \\label{x}$$\n\n\\eqref{x|}", "slides/deck.md:5\n\n```markdown\n$$a \\label{x}$$\n```"),
    "a work": ("as [@knu|th] has", "```bibtex\n@book{knuth, title = {The TeXbook}}\n```"),
    "a picture": ('@import "../a|.svg"', "a.svg\n\n![](data:image/svg+xml;base64,"),
    "a macro": ("HEAD|ER Title", "```markdown\nHEADER "),
    "an icon": ("a :fa-he|art: b", "fa-heart"),
    "nothing": ("pla|in words", ""),
    "a call that is none": ("`{python} shown.nowhere|()`", ""),
    "a missing file": ('@import "../gon|e.md"', ""),
}


@pytest.mark.parametrize("name", CASES)
def test_words_with_something_to_say(name, course):
    text, expected = CASES[name]
    assert shown(course, text).startswith(expected)
    assert bool(shown(course, text)) == bool(expected)


EXPANDED = {
    r"\Xv_1": r"\mathbf{X}_1",
    r"\norm{a}[2]": r"\|a\|[2]",
    r"\norm a": r"\|a\|",
    r"\p{q}": r"q^2",
    r"\p[n]{q}": r"q^n",
    r"\norm": r"\|\|",
    r"\twice\Xv": r"\mathbf{X}\mathbf{X}",
    r"\loop": r"\loop",
    r"\Rv x": r"R x",
    r"a \other{b}": r"a \other{b}",
}


@pytest.mark.parametrize("tex", EXPANDED)
def test_macros_of_a_formula_are_expanded(tex):
    macros = {
        "Xv": r"\mathbf{X}",
        "norm": (r"\|#1\|", 1),
        "p": ("#2^#1", 2, "2"),
        "twice": (r"#1#1", 1),
        "loop": r"\loop",
        "Rv": "R",
    }
    assert expanded(tex, macros) == EXPANDED[tex]


def test_macros_that_grow_without_end_stay():
    assert expanded(r"\a", {"a": r"\a\a\a\a\a\a\a\a\a\a"}) == r"\a"
