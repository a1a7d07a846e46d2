"""The notebook of a deck: what is in it, that Jupyter can read it, and that its code shows what it says."""

import json
import shutil
import subprocess
import sys

import pytest

from kejian.pipeline.build import build
from kejian.pipeline.report import Options

pytestmark = pytest.mark.slow  # each test builds, and most run what they have changed
TODAY = "2026-11-24"
DECK = """---
title: 卷积
---

<!-- slide data-notes="备注" -->

HEADER 例子

参数 `{python} shown.count():,` 个，共 `{python} nothing`

@import "../demo_examples/shown.py" {symbol="text" cmd=true tol=0.01}

FOOTER3 左 中 右

<!-- slide -->

# 值 <!-- 给自己 -->

@import "../demo_examples/shown.py" {symbol="value" cmd=true hide}

@import "../demo_examples/shown.py" {symbol="data" cmd=true}

@import "../demo_examples/shown.py" {symbol="fails" cmd=true raises="ValueError"}

<!-- slide -->

$a_n$ 的图

```python {cmd=true id="plot"}
import matplotlib.pyplot as plt
plt.plot([1, 2])
```

```python
shown_only = 1
```

~~~md
<!-- slide -->
@import "x.py"
HEADER x
~~~

`HEADER` 和 `<!-- x -->`
"""


@pytest.fixture(scope="module")
def recorded(demo_course, tmp_path_factory):
    """The course after a build: its examples have run, its parts are made."""
    course = demo_course(tmp_path_factory.mktemp("recorded") / "demo")
    (course / "kejian.toml").write_text("slide_code = true\n")
    (course / "slides" / "deck.md").write_text(DECK, "utf-8")
    built(course)
    shutil.rmtree(course / "site")
    return course


@pytest.fixture
def course(recorded, demo):
    """A copy of it."""
    shutil.rmtree(demo)
    return shutil.copytree(recorded, demo)


def built(root, **options):
    return build(Options(course=root, out=root / "site", today=TODAY, **options))


def notebook(root):
    return json.loads((root / "site" / "slides" / "deck.ipynb").read_text("utf-8"))


def sources(root, kind):
    return ["".join(cell["source"]) for cell in notebook(root)["cells"] if cell["cell_type"] == kind]


def outputs(root):
    return [cell["outputs"] for cell in notebook(root)["cells"] if cell["cell_type"] == "code"]


def test_slides_are_text_without_what_a_notebook_cannot_read(course):
    assert [d.code for d in built(course).diagnostics] == ["not-a-call"]
    title, *slides = sources(course, "markdown")
    assert title.startswith("# 卷积\n\n")
    assert "`demo_examples`" in title
    assert slides == [
        "## 例子\n\n参数 61,706 个，共 `{python} nothing`",
        "# 值",
        DECK[DECK.index("$a_n$ 的图") : DECK.index("```python {cmd")] + DECK[DECK.index("```python\nshown") :].strip(),
    ]


def test_examples_are_cells_with_their_recorded_outputs(course):
    built(course)
    text, value, data, fails, plot = outputs(course)
    assert text == [
        {"output_type": "stream", "name": "stdout", "text": ["accuracy: 0.5000\n", "loss: 0.1000\n"]},
    ]
    assert value == [
        {"output_type": "execute_result", "execution_count": 2, "data": {"text/plain": ["[0, 2, 4]"]}, "metadata": {}}
    ]
    assert data[0]["data"] == {"text/plain": ["['1', '2', '3']"]}
    assert (fails[0]["ename"], fails[0]["evalue"]) == ("ValueError", "a kernel of 5 does not fit into 3")
    assert set(plot[0]["data"]) == {"image/png", "image/svg+xml"}
    assert "".join(plot[0]["data"]["image/svg+xml"]).startswith("<?xml")


def test_the_code_is_what_the_slides_quote_and_runs_by_itself(course):
    built(course)
    code = sources(course, "code")
    assert code[0] == (
        'from demo_examples.base import scaled\n\nprint(f"accuracy: {scaled(0.25):.4f}")\nprint("loss: 0.1000")'
    )
    assert code[1] == "from demo_examples.base import scaled\n\n[scaled(n) for n in range(3)]"
    assert code[2] == "from demo_examples.shown import data\n\ndata()"
    assert code[4] == "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    program = "import code\nconsole = code.InteractiveInterpreter()\n" + "".join(
        f"console.runsource({one + chr(10)!r}, symbol='exec' if {index} != 1 else 'exec')\n"
        for index, one in enumerate(code[:4])
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=course, capture_output=True, text=True, check=True)
    assert run.stdout == "accuracy: 0.5000\nloss: 0.1000\n"
    assert run.stderr.splitlines()[-1] == "ValueError: a kernel of 5 does not fit into 3"


def test_the_page_leads_to_it(course):
    built(course)
    page = (course / "site" / "slides" / "deck.html").read_text("utf-8")
    assert '<a class="notebook" href="deck.ipynb" download title="下载为 Jupyter 笔记本"' in page


def test_notebook_is_valid_for_jupyter(course):
    nbformat = pytest.importorskip("nbformat", reason="pip install nbformat to validate notebooks")
    built(course)
    nbformat.validate(nbformat.read(course / "site" / "slides" / "deck.ipynb", as_version=4))


def test_notebook_bytes_depend_only_on_deck_code_and_record(course, edit):
    (course / "slides" / "deck.md").write_text(DECK.replace("，共 `{python} nothing`", ""), "utf-8")
    first = built(course)
    file = course / "site" / "slides" / "deck.ipynb"
    data = file.read_bytes()
    assert first.written > 0
    assert built(course).written == 0
    subprocess.run(["rm", "-rf", course / ".kejian", course / "site"], check=True)
    assert built(course).ran == 0
    assert file.read_bytes() == data
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 2.5")
    built(course)
    assert b"accuracy: 0.6250" in file.read_bytes()


def test_a_lost_notebook_is_drawn_again(course):
    (course / "slides" / "deck.md").write_text(DECK.replace("，共 `{python} nothing`", ""), "utf-8")
    built(course)
    file = course / "site" / "slides" / "deck.ipynb"
    data = file.read_bytes()
    for entry in (course / ".kejian" / "cache").glob("??/*"):
        if entry.read_bytes()[32:] == data:
            entry.unlink()
    file.unlink()
    built(course)
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "text",
    ["<!-- slide -->\n```python\n1\n```\n", "<!-- slide -->\n`{python} shown.count()`\n"],
    ids=["no example", "only values"],
)
def test_a_deck_without_outputs_has_none(course, text):
    (course / "slides" / "deck.md").write_text(text, "utf-8")
    built(course)
    assert not (course / "site" / "slides" / "deck.ipynb").exists()
    assert 'class="notebook"' not in (course / "site" / "slides" / "deck.html").read_text("utf-8")


def test_a_notebook_of_the_course_s_own_is_not_replaced(course):
    (course / "slides" / "deck.ipynb").write_text("{}")
    with (course / "slides" / "deck.md").open("a") as file:
        file.write("\n[笔记本](deck.ipynb)\n")
    built(course)
    assert (course / "site" / "slides" / "deck.ipynb").read_text() == "{}"


def test_a_plain_page_has_one_too(course):
    text = '---\ntitle: 文\n---\n\n正文\n\n@import "../demo_examples/shown.py" {symbol="value" cmd=true}\n'
    (course / "slides" / "deck.md").write_text(text, "utf-8")
    built(course)
    assert sources(course, "markdown")[1:] == ["正文"]
    assert 'class="notebook"' in (course / "site" / "slides" / "deck.html").read_text("utf-8")
