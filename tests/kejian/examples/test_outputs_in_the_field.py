"""Outputs that real courses have shown wrong: what each slide shows now, or the finding that says why not."""

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.kejian.built import built

pytestmark = pytest.mark.slow  # matplotlib is started

CODE = """
import matplotlib.pyplot as plt


def ansi():
    print("\\033[32m通过\\033[0m 3 项，\\033[1;31m失败\\033[0m 1 项")


def bar():
    for k in range(1, 4):
        print(f"\\r {k}/3 [{'=' * k}{'.' * (3 - k)}]", end="")
    print("\\n完成")


def chinese():
    plt.plot([1, 2, 3], [-1, 0, 1])
    plt.title("准确率与轮数")


def legend():
    fig, ax = plt.subplots()
    ax.plot([1, 2], label="a long legend label")
    ax.legend(loc="upper left", bbox_to_anchor=(1.02, 1))
    return fig


def lines():
    return plt.plot([1, 2])


def numbers():
    return (k for k in range(3))


def graph():
    import graphviz

    return graphviz.Source("digraph {\\n a -> b\\n c -> \\n}")
"""


@pytest.fixture
def shown(tmp_path):
    """Builds a deck that shows a function; its report, its page and its folder."""

    def make(name):
        for path, text in {
            "demo_examples/__init__.py": "",
            "demo_examples/m.py": CODE,
            "slides/a.md": f'<!-- slide -->\n\n# 一\n\n@import "../demo_examples/m.py" {{symbol="{name}" cmd=true}}\n',
        }.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        report, _ = built(tmp_path)
        page = tmp_path / "site" / "slides" / "a.html"
        return report, LexborHTMLParser(page.read_text("utf-8")) if page.exists() else None, tmp_path

    return make


def test_colours_are_on_the_slide_and_in_the_notebook(shown):
    report, page, folder = shown("ansi")
    assert report.diagnostics == ()
    assert page.css_first("pre.output-text").text() == "通过 3 项，失败 1 项"
    notebook = json.loads((folder / "site" / "slides" / "a.ipynb").read_text("utf-8"))
    assert notebook["cells"][-1]["outputs"][0]["text"][0].startswith("\x1b[32m通过\x1b[0m")


def test_a_bar_is_there_once(shown):
    _, page, _ = shown("bar")
    assert page.css_first("pre.output-text").text() == " 3/3 [===]\n完成"


def test_chinese_in_a_figure_has_its_letters(shown):
    report, _, folder = shown("chinese")
    assert report.diagnostics == ()
    drawn = (folder / "slides" / "outputs" / "m.chinese.svg").read_text("utf-8")
    assert "<!-- 准确率与轮数 -->" in drawn
    assert len(set(re.findall(r'id="(NotoSansSC[\w-]+)"', drawn))) == 6, "outlines of 准确率与轮数"


def test_a_legend_beside_its_axes_is_whole(shown):
    _, _, folder = shown("legend")
    drawn = (folder / "slides" / "outputs" / "m.legend.svg").read_text("utf-8")
    width = float(re.search(r'width="([\d.]+)pt"', drawn)[1])
    assert width > 461, "wider than the figure of 6.4 inches"


@pytest.mark.parametrize("name, severity", [("lines", "hint"), ("numbers", "error")])
def test_an_address_is_on_no_slide(shown, name, severity):
    report, page, _ = shown(name)
    (found,) = report.diagnostics
    assert (found.code, found.severity) == ("address-shown", severity)
    assert page is None or "0x" not in page.css_first(".output").html


def test_a_graph_that_cannot_be_drawn_is_told_where_it_is_quoted(shown):
    """Its third line is wrong, and no line of the deck."""
    report, _, _ = shown("graph")
    (found,) = report.diagnostics
    assert (found.code, found.span.line) == ("bad-dot", 5)
