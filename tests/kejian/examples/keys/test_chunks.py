"""Code written on slides: off by default; where a course opts in, run, recorded and explained like an example."""

import json
import re

import pytest

from kejian.checks.examples import check
from kejian.checks.explain import explain
from kejian.pipeline.analysis import survey
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

pytestmark = pytest.mark.slow  # each test builds, and most run what they have changed
TODAY = "2026-11-24"
DECK = """<!-- slide -->

```python {cmd=true id="start"}
from demo_examples.base import scaled

n = 3
print("not shown below")
n
```

<!-- slide -->

```python {cmd=true id="next" continue="start"}
print(f"size {scaled(n)}")
[scaled(i) for i in range(n)]
```

```python {cmd=true continue}
n + 1
```

```python {cmd=python}
"ab" * 2  # alone
```
"""


@pytest.fixture
def course(demo):
    (demo / "kejian.toml").write_text("slide_code = true\n")
    (demo / "slides" / "deck.md").write_text(DECK, "utf-8")
    return demo


def built(root):
    said = []
    report = build(Options(course=root, out=root / "site", today=TODAY, progress=said.append))
    return report, [words for words in said if words.startswith("running")]


def deck(root, text):
    (root / "slides" / "deck.md").write_text(text, "utf-8")
    return built(root)


def page(root):
    return (root / "site" / "slides" / "deck.html").read_text("utf-8")


def codes(found):
    return [d.code for d in found]


def names(root):
    return {path.name for path in (root / "slides" / "outputs").iterdir()}


def test_without_the_setting_code_is_shown_and_not_run(course):
    (course / "kejian.toml").unlink()
    report, said = built(course)
    assert set(codes(report.diagnostics)) == {"code-not-run"}
    assert "slide_code = true" in report.diagnostics[0].hint
    assert (report.ran, said) == (0, [])


def test_chunks_run_in_the_namespace_of_those_they_continue_and_show_their_own_output(course):
    report, _ = built(course)
    assert (codes(report.diagnostics), report.ran) == ([], 4)
    text = page(course)
    assert text.count("not shown below\n</code>") == 0
    assert text.count("not shown below</code>") == 1
    assert "size 6</code></pre>" in text
    assert "[0, 2, 4]</code></pre>" in text
    assert "4</code></pre>" in text
    assert "&#x27;abab&#x27;</code></pre>" in text
    assert "slides/deck.md:4" in text


def test_the_record_is_named_by_deck_and_id(course):
    built(course)
    meta = json.loads((course / "slides" / "outputs" / "deck.next~chunk.json").read_text("utf-8"))
    assert {(p["name"], p["place"]) for p in meta["parts"] if p["kind"] == "code"} >= {
        ("chunk deck.next", "slides/deck.md:14"),
        ("chunk deck.start", "slides/deck.md:4"),
        ("function base.scaled", "demo_examples/base.py:4"),
        ("constant base.SCALE", "demo_examples/base.py:1"),
    }
    assert not any("unrelated" in p["name"] for p in meta["parts"])
    assert {"deck.next~chunk.txt", "deck.start~chunk.txt", "deck.start~chunk.2.txt"} <= names(course)


def test_a_second_build_and_a_build_after_a_chunk_was_added_run_nothing_old(course, edit):
    built(course)
    before = names(course)
    assert built(course)[0].ran == 0
    edit("slides/deck.md", "<!-- slide -->\n", "<!-- slide -->\n\n```python {cmd=true}\n6 * 7\n```\n")
    report, said = built(course)
    assert report.ran == 1
    assert before < names(course)
    assert survey(course).unused == []
    assert said[0].startswith("running deck.chunk_")


@pytest.mark.parametrize(
    "change, ran",
    [
        (("demo_examples/base.py", "SCALE * x", "x * SCALE"), {"next", "after next"}),
        (("demo_examples/base.py", "return 0", "return 1"), set()),
        (("slides/deck.md", "print(f", "n = n\nprint(f"), {"next", "after next"}),
        (("slides/deck.md", 'print("not', 'print("never'), {"start", "next", "after next"}),
        (("slides/deck.md", "# alone", "# by itself"), {"alone"}),
    ],
    ids=["function", "unrelated", "own text", "first text", "comment"],
)
def test_a_change_runs_exactly_the_chunks_that_depend_on_it(course, edit, change, ran):
    built(course)
    edit(*change)
    _, said = built(course)
    found = {words.split()[1].rstrip(":").removeprefix("deck.").removesuffix("~chunk"): words for words in said}
    kinds = {
        ("alone" if "never ran" in words else "after next") if name.startswith("chunk_") else name
        for name, words in found.items()
    }
    assert (kinds, len(found)) == (ran, len(ran))


def test_the_cause_is_said(course, edit):
    built(course)
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    words, _ = explain(course, "deck.next")
    assert "deck.next  (slides/deck.md:14)" in words
    assert "constant base.SCALE changed (demo_examples/base.py:1)" in words
    result = check(course, lambda said: None, TODAY)
    found = next(d for d in result.drifts if d.example == "deck.next")
    assert (found.span.path, found.span.line, found.reason) == ("slides/deck.md", 13, "changed")
    assert result.failed


def test_check_passes(course):
    built(course)
    result = check(course, lambda said: None, TODAY)
    assert (result.examples, codes(result.diagnostics)) == (4, ["no-title"] * 2)  # bare slides


def test_hide_shows_the_output_alone_and_none_the_code_alone(course):
    report, _ = deck(
        course,
        '<!-- slide -->\n```python {cmd=true hide}\n1 + 1\n```\n\n```python {cmd=true output="none"}\n40 + 4\n```\n',
    )
    assert (codes(report.diagnostics), report.ran) == ([], 2)
    assert "2</code></pre>" in page(course)
    assert ">1<" not in page(course)
    assert "44</code>" not in page(course)


@pytest.mark.parametrize(
    "output, shown",
    [
        ("txt", {"printed"}),
        ("text", {"printed"}),
        ("value", {"'returned'"}),
        ("png", set()),
        ("html", {"printed"}),  # what is returned stands there as HTML
        ("markdown", {"printed"}),
        ("none", set()),
    ],
)
def test_output_takes_the_words_of_mpe(course, output, shown):
    deck(course, f'<!-- slide -->\n```python {{cmd=true hide output="{output}"}}\nprint("printed")\n"returned"\n```\n')
    text = page(course).replace("&#x27;", "'")
    assert {word for word in ("printed", "'returned'") if f"{word}</code>" in text} == shown


def test_pictures_of_a_chunk_are_its_own(course):
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
    report, _ = deck(
        course,
        f'<!-- slide -->\n```python {{cmd=true id="one"}}\n{code}```\n\n'
        '```python {cmd=true id="two" continue="one"}\nplt.get_fignums()\n```\n',
    )
    assert codes(report.diagnostics) == []
    assert "deck.one~chunk.svg" in names(course)
    assert "0x" not in re.sub(r' data-letters="[^"]*"', "", page(course))
    assert (course / "slides" / "outputs" / "deck.two~chunk.txt").read_text() == "[]\n"


def test_a_semicolon_hides_the_value_as_in_a_notebook(course):
    deck(course, "<!-- slide -->\n```python {cmd=true}\nprint(1)\n12345;\n```\n")
    assert "12345</code>" not in page(course)


def test_a_main_guard_runs_and_counts(course, edit):
    text = 'from demo_examples.base import scaled\nif __name__ == "__main__":\n    print(scaled(4))\n'
    deck(course, f"<!-- slide -->\n```python {{cmd=true}}\n{text}```\n")
    assert "8</code>" in page(course)
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    assert built(course)[0].ran == 1


@pytest.mark.parametrize(
    "text",
    [
        "from demo_examples.base import *\nscaled(4)\n",
        "import importlib\nimportlib.import_module('demo_examples.base').scaled(4)\n",
        "from demo_examples import base\neval('base.scaled(4)')\n",
        "def twice():\n    from demo_examples import base\n    return base.scaled(4)\ntwice()\n",
    ],
    ids=["star", "by text", "eval", "inside"],
)
def test_however_a_chunk_comes_to_a_function_it_depends_on_it(course, edit, text):
    deck(course, f"<!-- slide -->\n```python {{cmd=true}}\n{text}```\n")
    assert "8</code>" in page(course)
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    assert built(course)[0].ran == 1
    assert "12</code>" in page(course)


def test_a_course_without_an_examples_package_runs_chunks(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text("slide_code = true\n")
    report, _ = deck(tmp_path, "<!-- slide -->\n```python {cmd=true}\nimport json\njson.dumps([1])\n```\n")
    assert (codes(report.diagnostics), report.ran) == ([], 1)
    assert built(tmp_path)[0].ran == 0


def test_an_imported_file_of_the_course_is_a_chunk(course):
    (course / "slides" / "plain.py").write_text("total = 20 + 1\nprint(total * 2)\n")
    report, _ = deck(course, '<!-- slide -->\n@import "plain.py" {cmd=true id="plain" output="txt"}\n')
    assert (codes(report.diagnostics), report.ran) == ([], 1)
    assert "42</code></pre>" in page(course)


@pytest.mark.parametrize(
    "text, line, code, severity, words",
    [
        ("```python {cmd=true}\n1 +\n```", 3, "example-syntax", "error", "not Python"),
        (
            "```python {cmd=true}\nx = 1\nx / 0\n```",
            2,
            "example-failed",
            "error",
            "slides/deck.md:4 in <module>\n    x / 0",
        ),
        ("```python {cmd=true timeout=0.5}\nwhile True: pass\n```", 2, "example-failed", "error", "longer than 0.5 s"),
        ("```python {cmd=true}\nopen('nothing.txt')\n```", 2, "example-failed", "error", "FileNotFoundError"),
        ("```python {cmd=true continue='a'}\n1\n```", 2, "no-such-chunk", "warning", "the id `a`"),
        ("```python {cmd=true continue}\n1\n```", 2, "no-such-chunk", "warning", "no chunk above"),
        ("```js {cmd=true}\n1\n```", 2, "code-not-run", "warning", "`js`"),
        ("```python {cmd=node}\n1\n```", 2, "code-not-run", "warning", "`node`"),
        ("```python {cmd=true stdin=true}\n1\n```", 2, "chunk-attribute", "warning", "stdin="),
        ("```python {cmd=true output=sound}\n1\n```", 2, "bad-output", "warning", "`sound`"),
        ("```python {cmd=true tol=lots}\n1\n```", 2, "bad-tolerance", "error", "lots"),
    ],
)
def test_problems_of_chunks_are_reported_at_their_place(course, text, line, code, severity, words):
    report, _ = deck(course, f"<!-- slide -->\n{text}\n")
    (found,) = report.diagnostics
    assert (found.code, found.severity, found.span.line) == (code, severity, line)
    assert words in found.message


def test_an_id_belongs_to_one_chunk(course):
    text = '```python {cmd=true id="a"}\n1\n```\n\n```python {cmd=true id="a"}\n2\n```\n'
    report, _ = deck(course, f"<!-- slide -->\n{text}")
    assert codes(report.diagnostics) == ["chunk-taken"]
    assert report.ran == 2


def test_chunks_of_two_decks_whose_names_are_alike_must_differ(course):
    for name in ("a-b", "a_b"):
        text = f'<!-- slide -->\n```python {{cmd=true id="x"}}\n"{name}"\n```\n'
        (course / "slides" / f"{name}.md").write_text(text)
    report, _ = built(course)
    assert codes(report.diagnostics) == ["chunk-taken"]
    assert report.failed


def test_an_error_that_is_meant(course):
    report, _ = deck(course, '<!-- slide -->\n```python {cmd=true raises="ZeroDivisionError"}\n1 / 0\n```\n')
    assert codes(report.diagnostics) == []
    assert "ZeroDivisionError: division by zero</code>" in page(course)
