"""The edits that end findings, row by row: what a slide says, and what it says once the edit is applied."""

import re

import pytest

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.editor.course import EditedCourse
from kejian.editor.findings import findings
from kejian.editor.remedies import RULES, remedies
from kejian.editor.text import applied

SETTINGS_FILES = ("kejian.toml", ".crossnote/config.js")
HEAD = "<!-- slide -->\n\n# One\n\n"
DECK = "slides/deck.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'
SHOWN = '@import "../demo_examples/shown.py" '

# What stands on a slide, and what stands there after the first edit of the first finding with that code.
CASES = {
    "no-such-example": ("`{python} shown.cuont()`", "`{python} shown.count()`"),
    "symbol-missing": (f'{SHOWN}{{symbol="txt"}}', f'{SHOWN}{{symbol="text"}}'),
    "import-unreadable": ('@import "../demo_examples/shwon.py"', '@import "../demo_examples/shown.py"'),
    "import-unreadable sharp": ('@import "a#1.md"', '@import "a%231.md"'),
    "missing-picture": ("![words](b#1.svg)", "![words](b%231.svg)"),
    "unknown-variable": ("{{tern}} is", "{{term}} is"),
    "unresolved-reference": ("$$a \\label{loss}$$\n\n\\eqref{lss}", "$$a \\label{loss}$$\n\n\\eqref{loss}"),
    "label-taken": ("$$a \\label{b}$$\n\n$$c \\label{b}$$", "$$a \\label{b}$$\n\n$$c \\label{b-2}$$"),
    "bad-output": (f'{SHOWN}{{symbol="text" cmd=true output=txet}}', f'{SHOWN}{{symbol="text" cmd=true output=text}}'),
    "bad-output two": (
        f'{SHOWN}{{symbol="text" cmd=true output="html latex"}}',
        f'{SHOWN}{{symbol="text" cmd=true output="html"}}',
    ),
    "unknown-engine": ("```dot {engine=neat}\ndigraph { a }\n```", "```dot {engine=neato}\ndigraph { a }\n```"),
    "bad-tolerance": (
        f'{SHOWN}{{symbol="text" cmd=true normalise="duration"}}',
        f'{SHOWN}{{symbol="text" cmd=true normalise="durations"}}',
    ),
    "bad-tolerance number": (f'{SHOWN}{{symbol="text" cmd=true tol=x}}', f'{SHOWN}{{symbol="text" cmd=true tol=0.01}}'),
    "attribute-unread": ("```python {highligt=1}\n1\n```", "```python {highlight=1}\n1\n```"),
    "attribute-unread class": ("```python {.line-number}\n1\n```", "```python {.line-numbers}\n1\n```"),
    "attribute-unread unknown": ("```python {.center foo=1}\n1\n```", "```python {.center}\n1\n```"),
    "attribute-unread first": ("```python {foo=1 .center}\n1\n```", "```python { .center}\n1\n```"),
    "attribute-unread plug-in": ("```python {data-trim}\n1\n```", "```python {}\n1\n```"),
    "attribute-unread flag": ("```python {highlight}\n1\n```", '```python {highlight="1,3-5"}\n1\n```'),
    "attribute-unread number": (
        '@import "../demo_examples/shown.py" {line_begin="3"}',
        '@import "../demo_examples/shown.py" {line_begin=3}',
    ),
    "attribute-unread slide": (
        '<!-- slide data-visibility="hiden" -->\n\n# 2',
        '<!-- slide data-visibility="hidden" -->\n\n# 2',
    ),
    "attribute-unread seconds": ('<!-- slide data-timing="long" -->\n\n# 2', '<!-- slide data-timing="60" -->\n\n# 2'),
    "attribute-unread text": ('<!-- slide vertical="false" -->\n\n# 2', "<!-- slide -->\n\n# 2"),
    "attributes": ("<!-- slide vertical:true -->\n\n# 2", "<!-- slide vertical=true -->\n\n# 2"),
    "code-not-run": ("```js {cmd=true}\n1\n```", "```js {cmd=false}\n1\n```"),
    "diagram-not-drawn": ("```puml\na\n```", "```puml {code_block=true}\na\n```"),
    "bad-highlight": ('```python {highlight="9"}\na\n```', '```python {highlight="1"}\na\n```'),
    "prefer-symbol": (
        '@import "../demo_examples/base.py" {line_begin=3 line_end=5}',
        '@import "../demo_examples/base.py" {symbol="scaled"}',
    ),
    "quote-empty": ('@import "doc.py" {symbol="one"}', '@import "doc.py" {symbol="one" whole=true}'),
    "vertical-first": (None, None),
    "almost-a-mark": ("<!--slide-->\n\n# 2", "<!-- slide -->\n\n# 2"),
    "almost-a-mark item": ("words <!-- slide --> more", "words\n<!-- slide -->\nmore"),
    "almost-a-mark element": (
        "A line.\n<!-- .element: class=fragment -->",
        "A line. <!-- .element: class=fragment -->",
    ),
    "almost-an-import": ("@import 'a.csv'", '@import "a.csv"'),
    "almost-a-macro": ("HEADER：动机 与 目标", "HEADER 动机 与 目标"),
    "style-missing": ('@import "gone.css"\n\nText.', "\nText."),
    "import-cycle": ('@import "deck.md"\n\nText.', "\nText."),
    "markup-as-text": ("** 加粗 **后", "**加粗**后"),
    "markup-as-text letters": ("**注意:**next", "<b>注意:</b>next"),
    "markup-as-text braces": ("甲 {.fragment} 乙", '甲 乙 <!-- .element: class="fragment" -->'),
    "markup-as-text heading": ("# Two{.fragment}", "# Two {.fragment}"),
    "markup-as-text footnote": ("A[^1].\n\nB[^2].\n\n[^1]: one", "A[^1].\n\nB[^2].\n\n[^1]: one\n\n[^2]: …"),
    "markup-as-text reference": ("[a][b] c", "\\[a][b] c"),
    "markup-as-text container": ("Text.\n\n:::", "Text.\n"),
    "markup-as-text note": ("[!NOTE]\nText.", "> [!NOTE]\n> Text."),
    "markup-as-text kind": ("[!NOTES]\nText.", "[!note]\nText."),
    "markup-as-text contents": ("Text\n\n[TOC] more", "Text\n\n[TOC]\n\nmore"),
    "markup-as-text link": ("[a]（deck.md） b", "[a](deck.md) b"),
    "markup-as-text table": ("| a | b |\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    "markup-as-text border": ("| a | b |\n|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    "markup-as-text html": ("<div>\n**bold** [a](b.md)\n</div>", "<div>\n<b>bold</b> [a](b.md)\n</div>"),
    "table-row": ("| a |\n|---|\n| 1 | 2 |", "| a |\n|---|\n| 1 \\| 2 |"),
    "unclosed-fence": ("```python\n1", "```python\n1\n```"),
    "unclosed-formula": ("$$\nx\n\nText.", "$$\nx\n$$\n\nText."),
    "unclosed-comment": ("Text.\n\n<!-- a remark", "Text.\n\n<!-- a remark -->"),
    "words-in-formula": ("$5 买，卖 $6", "\\$5 买，卖 \\$6"),
    "unknown-tag": ("a <Tensor> b", "a &lt;Tensor> b"),
    "tag-in-tex": ("<div>\n$a<b$\n</div>", "<div>\n$a< b$\n</div>"),
    "accepts-unknown": (None, None),
    "heading-skips": ("### Three", "## Three"),
    "no-alt": ("![](a.svg)", '<img src="a.svg" alt="">'),
    "unknown-icon": (":fa-hart:", ":fa-heart:"),
}
FILES = {
    "kejian.toml": '[variables]\nterm = "2026"\n',
    "slides/a.svg": SVG,
    "slides/b#1.svg": SVG,
    "slides/a#1.md": "Words.\n",
    "slides/a.csv": "a\n",
    "slides/doc.py": 'def one():\n    """Nothing."""\n',
}


@pytest.fixture
def edited(demo):
    """What edits a deck: writes files into the course, and returns it as an editor has it."""

    def edit(text, path=DECK, **more):
        for name, content in {**FILES, path: text, **more}.items():
            (demo / name).parent.mkdir(parents=True, exist_ok=True)
            (demo / name).write_text(content, "utf-8")
        return EditedCourse(root=demo, unsaved={})

    return edit


def first(course, code):
    """The first remedy of the first finding with this code."""
    from kejian.editor.findings import drawn

    found = [*findings(course), *drawn(course, [DECK], lambda words: None)]
    there = [one for one in found if one.code == code and one.span.path in (DECK, *SETTINGS_FILES)]
    assert there, [one.code for one in found]
    return next(one for finding in there for one in remedies(course, finding))


@pytest.mark.parametrize("name", [name for name, (text, _) in CASES.items() if text is not None])
def test_an_edit_writes_what_the_hint_says(name, edited):
    text, expected = CASES[name]
    course = edited(f"{HEAD}{text}\n")
    done = first(course, name.partition(" ")[0])
    assert applied(course.text(DECK), done.edits) == f"{HEAD}{expected}\n"


WHOLE = {
    "vertical-first": ("<!-- slide vertical=true -->\n\n# 1\n", "<!-- slide -->\n\n# 1\n"),
    "accepts-unknown": (
        '<!-- slide data-accept="no-alm: x" -->\n\n# 1\n',
        '<!-- slide data-accept="no-alt: x" -->\n\n# 1\n',
    ),
    "accepts-nothing": (
        '<!-- slide data-accept="no-alt: x; no-title: y" -->\n\n# 1\n',
        '<!-- slide data-accept="no-alt: x" -->\n\n# 1\n',
    ),
    "accepts-without-reason": (
        '<!-- slide data-accept="no-title" -->\n\nText.\n',
        '<!-- slide data-accept="no-title: why this is meant" -->\n\nText.\n',
    ),
    "reveal-option": (
        "---\ntitle: x\npresentation:\n  dependencies:\n    - a\n    - b\n  width: 9\n---\n<!-- slide -->\n\n# 1\n",
        "---\ntitle: x\npresentation:\n  width: 9\n---\n<!-- slide -->\n\n# 1\n",
    ),
    "reveal-theme": (
        "---\npresentation:\n  theme: whit.css\n---\n<!-- slide -->\n\n# 1\n",
        "---\npresentation:\n  theme: white\n---\n<!-- slide -->\n\n# 1\n",
    ),
    "no-slides": (
        "---\npresentation:\n  width: 9\n---\n# 1\n",
        "---\npresentation:\n  width: 9\n---\n\n<!-- slide -->\n# 1\n",
    ),
    "unknown-citation": (
        "---\nbibliography: refs.bib\n---\n<!-- slide -->\n\n# 1\n\n[@knth, p. 3]\n",
        "---\nbibliography: refs.bib\n---\n<!-- slide -->\n\n# 1\n\n[@knuth, p. 3]\n",
    ),
    "bibliography": (
        "---\nbibliography: ref.bib\n---\n<!-- slide -->\n\n# 1\n",
        "---\nbibliography: refs.bib\n---\n<!-- slide -->\n\n# 1\n",
    ),
}


@pytest.mark.parametrize("code", WHOLE)
def test_an_edit_of_a_whole_file_writes_what_the_hint_says(code, edited):
    text, expected = WHOLE[code]
    course = edited(text, **{"slides/refs.bib": "@book{knuth, title = {TeX}}\n"})
    done = first(course, code)
    assert applied(course.text(DECK), done.edits) == expected


SETTINGS = {
    "unknown-edition": ("::: {.only edition=t}\nx\n:::", "", 'editions = ["t"]\n'),
    "unknown-edition list": (
        "::: {.only edition=t}\nx\n:::",
        'editions = ["s"]\ntitle = "x"\n',
        'editions = ["s", "t"]\ntitle = "x"\n',
    ),
    "code-not-run": ("```python {cmd=true}\n1\n```", "# mine\n", "slide_code = true\n# mine\n"),
    "raw-html": ("<script>1</script>", "", "scripts = true\n"),
    "raw-html frame": ('<iframe src="https://a.org/x"></iframe>', "", 'frames = ["https://a.org"]\n'),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_written_into_the_course_s_settings(name, edited):
    text, before, after = SETTINGS[name]
    course = edited(f"{HEAD}{text}\n", **{"kejian.toml": before})
    done = first(course, name.partition(" ")[0])
    assert {edit.place.path for edit in done.edits} == {"kejian.toml"}
    assert applied(before, done.edits) == after


def test_a_setting_of_how_markdown_is_read_stands_in_its_part(edited):
    course = edited(HEAD, **{"kejian.toml": 'title = "x"\n', ".crossnote/config.js": "({enableTypographer: f()})"})
    done = first(course, "editor-setting")
    assert applied('title = "x"\n', done.edits) == 'title = "x"\n[mpe]\ntypographer = false\n'


# Findings of runs, as `check` and a build report them: code, message, hint, the line, and the line after the edit.
RUN = f'{SHOWN}{{symbol="text" cmd=true}}'
OF_RUNS = [
    ("drift", "", "write tol=0.01 on the import; or, if …", RUN, RUN.replace("}", " tol=0.01}")),
    ("drift", "", 'write normalise="durations" on the import', RUN, RUN.replace("}", ' normalise="durations"}')),
    ("loose-tolerance", "", "make tol= smaller, or leave it out", RUN.replace("}", " tol=9}"), RUN),
    ("example-no-error", "", "remove raises=, or fix the example", RUN.replace("}", ' raises="KeyError"}'), RUN),
    (
        "example-failed",
        "",
        'fix a.py:3, or write raises="KeyError" if the error is meant',
        RUN,
        RUN.replace("}", ' raises="KeyError"}'),
    ),
    (
        "example-stderr",
        "",
        "fix what it warns of, or write stderr=true on the import to show it on the slide",
        RUN,
        RUN.replace("}", " stderr=true}"),
    ),
    (
        "shows-nothing",
        "",
        "print or return what the slide is to show, or leave out cmd=true",
        RUN,
        RUN.replace(" cmd=true", ""),
    ),
    ("form-failed", "", 'fix that, or write output="text"', RUN, RUN.replace("}", ' output="text"}')),
    (
        "chunk-taken",
        "another chunk has the id `a` already",
        "give it an id of its own",
        '```python {id="a"}',
        '```python {id="a-2"}',
    ),
    ("chunk-chain", "", "begin anew: leave out `continue`", "```python {cmd=true continue}", "```python {cmd=true}"),
    (
        "no-such-chunk",
        "no chunk above has the id `ab`",
        "did you mean a, abc?",
        '```python {continue="ab"}',
        '```python {continue="a"}',
    ),
    (
        "no-such-chunk",
        "there is no chunk above to continue",
        'a chunk continues one that stands above it: {cmd=true id="…"}',
        "```python {cmd=true continue}",
        "```python {cmd=true}",
    ),
    (
        "not-in-prose",
        "",
        'show it in a block of its own: @import "x.py" {symbol="f"}',
        "`{python} x.f()`",
        '@import "x.py" {symbol="f"}',
    ),
    (
        "not-in-prose",
        "",
        'show it in a block of its own: @import "x.py" {symbol="f"}',
        "There `{python} x.f()`.",
        'There.\n\n@import "x.py" {symbol="f"}',
    ),
    ("citation", "there is no CSL style ieeee", 'did you mean csl = "ieee"?', "csl: ieeee", "csl: ieee"),
    (
        "diagram-part",
        "the drawing leaves out the icon `fa:fa-car`: a",
        "take it out, or write a character in its place, as in 🚗",
        "a[fa:fa-car 车]",
        "a[车]",
    ),
    ("diagram-part", "", "take image= out; show the picture on the slide, ![](x.png)", 'a [image="x.png"]', "a"),
    (
        "diagram-part",
        "",
        "take <img> out; show a picture on the slide, ![](a.png)",
        '<td><img src="x"/></td>',
        "<td></td>",
    ),
    ("diagram-part", "", 'write an address, click a "b.html", or take the line out', "click a go", None),
    ("bad-mermaid", "", "write #59; for a semicolon in a text", "a->>b: x; y", "a->>b: x#59; y"),
    (
        "bad-mermaid",
        "",
        'a label with brackets in it stands in quotes, as in a["f(x)"]',
        "a[f(x)] --> b",
        'a["f(x)"] --> b',
    ),
]


@pytest.mark.parametrize("code, message, hint, line, expected", OF_RUNS)
def test_an_edit_ends_a_finding_of_a_run(code, message, hint, line, expected, edited):
    course = edited(f"{HEAD}{line}\n")
    found = Diagnostic(code=code, severity=Severity.ERROR, span=Span(DECK, 5), message=message, hint=hint)
    done, *_ = remedies(course, found)
    after = "" if expected is None else f"{expected}\n"
    assert applied(course.text(DECK), done.edits) == f"{HEAD}{after}"


DECLARED = {
    'add "a.txt" to DATA in demo_examples/shown.py:8': (
        "demo_examples/shown.py",
        '\nDATA = ("a.txt", "data/numbers.txt",)\n',
    ),
    'write DATA = ("a.txt",) in demo_examples/base.py': ("demo_examples/base.py", '\nDATA = ("a.txt",)\nSCALE = 2\n'),
    'write DATA = ("a.txt",) in slides/doc2.py': ("slides/doc2.py", '"""Words."""\n\nimport os\n\nDATA = ("a.txt",)\n'),
}


@pytest.mark.parametrize("hint", DECLARED)
def test_a_file_that_is_read_is_declared_in_its_module(hint, edited):
    path, expected = DECLARED[hint]
    course = edited(HEAD, **{"slides/doc2.py": '"""Words."""\n\nimport os\n'})
    found = Diagnostic(code="undeclared-read", severity=Severity.WARNING, span=Span(DECK), message="", hint=hint)
    (done,) = remedies(course, found)
    assert expected in applied(course.text(path), done.edits)


def test_every_row_of_the_table_says_what_hints_say():
    """A row whose hint is written otherwise today would never be used: the words of each stand in the sources."""
    codes = {code for rule in RULES for code in rule.codes.split() if "*" not in code}
    seen = {name.partition(" ")[0] for name in (*CASES, *WHOLE, *SETTINGS)} | {row[0] for row in OF_RUNS}
    slow = {
        "region-missing",
        "no-such-form",
        "output-html",
        "output-too-large",
        "foreign-file",
        "not-built",
        "no-edition",
        "no-such-deck",
    }
    assert codes - seen - slow - {"undeclared-read", "editor-setting", "script-missing"} == set()


def test_an_edit_whose_text_is_gone_is_not_offered(edited):
    course = edited(f"{HEAD}`{{python}} shown.cuont()`\n")
    (found,) = (one for one in findings(course) if one.code == "no-such-example")
    (course.root / DECK).write_text("Nothing.\n", "utf-8")
    assert remedies(course, found) == []
    (course.root / DECK).unlink()
    assert remedies(course, found) == []


def test_words_of_a_line_are_never_lost(edited):
    course = edited(f"{HEAD}@import 'a.csv' and some words\n")
    there = [one for one in findings(course) if one.code == "almost-an-import"]
    assert [remedies(course, one) for one in there] in ([], [[]])
    assert re.search("some words", course.text(DECK))
