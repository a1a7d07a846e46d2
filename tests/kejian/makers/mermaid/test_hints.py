"""What to type, and that typing it helps."""

import json

import pytest

from kejian.core import toolchain
from kejian.makers.mermaid import draw
from kejian.makers.mermaid.hints import hint, left_out
from kejian.makers.mermaid.measure import FONTS

TYPED = {
    "a label with brackets": ("flowchart LR\n a[f(x)] --> b", 'flowchart LR\n a["f(x)"] --> b', 'a["f(x)"]'),
    "a semicolon": ("sequenceDiagram\n a->>b: x; y", "sequenceDiagram\n a->>b: x#59; y", "#59;"),
    "a branch": (
        "gitGraph\n commit\n branch 特性\n commit",
        'gitGraph\n commit\n branch "特性"\n commit',
        'branch "特性"',
    ),
    "a class on one line": (
        "classDiagram\n namespace N {\n class Q { int w }\n }",
        "classDiagram\n namespace N {\n class Q {\n int w\n }\n }",
        "lines of their own",
    ),
    "a kind": ("drawing\n a", "flowchart LR\n a", "flowchart LR"),
    "a formula": ('flowchart LR\n a["$$x^2$$"]', 'flowchart LR\n a["x squared"]', "x squared"),
}


def made(source):
    return json.loads(draw.drawing((source, str(toolchain.locate().module(FONTS)))))


@pytest.mark.usefixtures("merman")
@pytest.mark.parametrize("name", TYPED)
def test_what_a_hint_says_helps(name):
    wrong, right, words = TYPED[name]
    found = made(wrong)
    assert words in hint(found["error"], found["line"])
    assert "html" in made(right)


@pytest.mark.parametrize("message", [draw.NONE, "the engine gave up or took too long over this", "x"])
def test_there_is_always_a_hint(message):
    assert hint(message, 0)
    assert hint(message, 3)


@pytest.mark.parametrize(
    "line, code",
    [
        ('click a "https://x.y"', ""),
        ('click a href "b.html" "tip" _blank', ""),
        ('link A "b.html"', ""),
        ('click a "javascript:x"', "bad-link"),
        ('click a href "data:x"', "bad-link"),
        ('click a callback "tip"', "diagram-part"),
        ("click a call f()", "diagram-part"),
        ("link Alice: Wiki @ https://x.y", "diagram-part"),
        ('a["fa:fa-car 车"]', "diagram-part"),
        ("::icon(fa fa-book)", "diagram-part"),
        ("clicked --> b", ""),
    ],
)
def test_what_a_drawing_leaves_out(line, code):
    found = list(left_out(f"flowchart LR\n {line}"))
    assert [(one, number) for one, number, _, _ in found] == ([(code, 2)] if code else [])
