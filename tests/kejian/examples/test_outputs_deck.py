"""A deck with every kind of result, from its code to the record's file and to the page (`tests/fixtures/outputs/`)."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.checks.examples import check
from tests.conftest import copied
from tests.kejian.built import TODAY, built, record

pytestmark = pytest.mark.slow  # each kind is run, and the first time twice

FIXTURE = Path(__file__).parents[2] / "fixtures" / "outputs"
KINDS = {
    "forms.html": ("html", "<p>一段 <b>粗体</b>", ".output-html b"),
    "forms.styled": ("html", "<style", '.output-html td[style="background-color: #ffe08a; color: #1a1a1a"]'),
    "forms.markdown": ("md", "**粗** 和 $x^2$", ".output-md table"),
    "forms.latex": ("tex", "$\\displaystyle", '.output-tex .formula.display[data-tex="\\\\frac{1}{1 + e^{- x}}"]'),
    "forms.sentence": ("tex", "the loss is $L", ".output-tex .formula:not(.display)"),
    "forms.svg": ("svg", "<svg", 'img.output-picture[src$="forms.svg.svg"]'),
    "forms.png": ("png", "", 'img.output-picture[src$="forms.png.png"]'),
    "forms.jpeg": ("png", "", 'img.output-picture[src$="forms.jpeg.png"]'),
    "forms.bundle": ("html", "<b>一捆</b>", ".output-html b"),
    "forms.broken": ("txt", "Broken()\n", "pre.output-value"),
    "forms.chart": ("svg", "<svg", 'img.output-picture[src$="forms.chart.svg"]'),
    "forms.graph": ("dot", "// layout: neato\ngraph {\n", ".output-dot svg.diagram .node"),
    "forms.printed_markdown": ("md", "# 标题", ".output-md h1"),
    "forms.printed_html": ("html", "<table>", ".output-html td"),
    "forms.printed_latex": ("tex", "\\begin{pmatrix}", ".output-tex .formula.display"),
    "tables.frame": ("txt", "| 层    |  参数 |  占比 |\n", ".output-table td.number"),
    "tables.indexed": ("txt", "|         | 误差 / 训练 |", '.output-table th[scope="row"]'),
    "tables.columns": ("txt", "| epoch |    loss |\n", ".output-table .gap"),
    "tables.structured": ("txt", "| name | count | share |\n", ".output-table td.number"),
    "tables.dictionaries": ("txt", "| epoch | loss | accuracy |\n", ".output-table td.number"),
    "tables.tuples": ("txt", "| name  | output  | parameters |\n", ".output-table td"),
    "tables.mapping": ("txt", "| epoch |  loss |\n", ".output-table td.number"),
    "tables.settings": ("txt", "|       |       |\n", ".output-table td.number"),
    "tables.ours": ("txt", "LeNet-5 各层的参数\n| 层 ", ".output-table caption + thead + tbody + tfoot"),
    "tables.bars": ("txt", "| 层    |   参数 |   占比 |\n| :---- | ~~~~~: |", ".output-table td.bar.minus"),
    "tables.wide": ("txt", "|   c0 |", ".output-table .output-size"),
    "tables.empty": ("txt", "| a    | b    |\n", ".output-table thead"),
    "tables.rows": ("txt", "|      |      |\n", ".output-table tbody td"),
    "arrays.kernel": ("txt", "1  0  -1\n", ".output-matrix td.minus"),
    "arrays.softmax": ("txt", "0.10  0.65  0.25\n", ".output-matrix td"),
    "arrays.marked": ("txt", "3    1  2\n0  [9]  4\n", ".output-matrix td.marked"),
    "arrays.large": ("txt", "  0    1    2", ".output-matrix .output-size"),
    "arrays.vector": ("txt", "1.50  -2.25\n", ".output-matrix td"),
    "arrays.image": ("png", "", "img.output-picture"),
    "arrays.colours": ("png", "", "img.output-picture"),
    "arrays.cmyk": ("png", "", "img.output-picture"),
    "terminal.ansi": ("txt", "\x1b[32m通过", "pre.output-text .ansi-green + .ansi-red.ansi-bold"),
    "terminal.progress": ("txt", "\r训练 0%", "pre.output-text"),
    "terminal.bars": ("txt", "\r 10%", "pre.output-text"),
    "terminal.between": ("txt", "before\n", "pre.output-text + .output-table + pre.output-text + pre.output-value"),
    "terminal.steps": ("txt", "三步：\n", "pre.output-text + .output-steps > .step-3 + .layer.at-1 + .layer.at-2"),
    "terminal.drawn": ("svg", "<?xml", '.output-steps > .layer.at-3 > img[src$="3.svg"]'),
    "terminal.named": ("svg", "<?xml", '.output-steps > .layer.at-3 > img[src$="3.svg"]'),
    "terminal.animated": ("svg", "<?xml", '.output-steps > .layer.at-12 > img[src$="12.svg"]'),
    "terminal.shown": (
        "txt",
        "first:\n",
        "pre.output-text + img + pre.output-text + img.output-picture",
    ),
    "terminal.figure": ("txt", "a figure:\n", "pre.output-text + img.output-picture + pre.output-text"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = copied(FIXTURE, tmp_path_factory.mktemp("outputs") / "course")
    report, _ = built(root)
    assert [(found.code, found.message) for found in report.diagnostics] == [
        ("form-failed", "`forms.broken()` is shown as text: _repr_html_() raises RuntimeError: no renderer")
    ]
    return root


@pytest.fixture(scope="module")
def outputs(course):
    """The outputs on the page, by the calls that they come from."""
    page = LexborHTMLParser((course / "site" / "slides" / "outputs.html").read_text("utf-8"))
    found = {}
    for node in page.css(".output"):
        name = node.css_first(".provenance").attributes["data-call"].partition("(")[0]
        found.setdefault(name, node)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_the_record_holds_it_as_a_file_that_is_read(course, name):
    suffix, begin, _ = KINDS[name]
    (file,) = [file for file in record(course) if re.fullmatch(rf"{re.escape(name)}(~output=[\w-]+)?\.{suffix}", file)]
    assert record(course)[file].startswith(b"\x89PNG" if suffix == "png" else begin.encode())


@pytest.mark.parametrize("name", KINDS)
def test_the_page_shows_it(outputs, name):
    assert outputs[name].css_first(KINDS[name][2]) is not None, outputs[name].html


def test_a_bar_shows_its_last_state_alone(outputs):
    assert outputs["terminal.progress"].css_first("pre").text() == "训练 100%"
    assert outputs["terminal.bars"].css_first("pre").text() == "100%|██████████| 10/10 [00:00<00:00, 1.00it/s]\n完成"


def test_a_chart_brings_its_letters_to_the_page_and_not_to_the_record(course):
    published = (course / "site" / "slides" / "outputs" / "forms.chart.svg").read_text("utf-8")
    assert '@font-face{font-family:"Noto Sans SC"' in published
    kept = record(course)["forms.chart.svg"].decode()
    assert "@font-face" not in kept
    assert ">损失</text>" in kept
    assert 'aria-label="轮: 2; loss: 0.5"' in kept


def test_a_table_as_text_is_what_is_recorded(course):
    page = (course / "site" / "slides" / "outputs.html").read_text("utf-8")
    assert '<pre class="output-table"><code>| 层    |  参数 |' in page


def test_chunks_have_forms_too(outputs):
    html = "".join(node.html for name, node in outputs.items() if name.startswith("outputs.chunk"))
    assert re.search(r'<div class="output-md"><p><strong>粗</strong> <span class="formula"', html)
    assert '<div class="output-html"><b>粗</b>' in html
    assert re.search(r'<pre class="output-value"><code>一</code></pre><pre class="output-text"><code>二', html)


def test_a_second_build_runs_nothing_and_a_check_finds_no_drift(course):
    report, _ = built(course)
    assert (report.ran, report.written, report.diagnostics) == (0, 0, ())
    found = check(course, lambda words: None, TODAY)
    assert (found.drifts, found.failed) == ((), False)


def test_the_record_s_files_are_no_decks(course):
    assert {path.name for path in (course / "site").rglob("*.html")} >= {"outputs.html"}
    assert not (course / "site" / "slides" / "outputs" / "forms.markdown.html").exists()
