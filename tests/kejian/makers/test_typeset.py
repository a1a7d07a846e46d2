"""Formulas and diagrams, through the real engines."""

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.core.model import Artifact, Diagram, Formula
from kejian.makers import tex_macros
from kejian.makers.node_pool import Worker
from kejian.makers.typeset import Typesetter, warnings
from tests.kejian.makers.filled import filled

SPAN = Span("a.md", 7, 3)


def formula(tex, display=False):
    return Formula(tex, display, SPAN)


def dot(source, engine="dot"):
    return Diagram(source, "dot", engine, SPAN)


FORMULAS = {
    "inline": formula("x^2"),
    "display": formula(r"\sum_{i=1}^n i", display=True),
    "quotes": formula(r'a < b \& "c"'),
    "chinese": formula(r"\text{输入 $x$} \xrightarrow{\text{激活}} 中", display=True),
    "lecture": formula(r"\frac{\partial \Lcal(\yv,\hat{\yv})}{\partial \Zv} = \rot(\Wv) \in \Rbb^{n} \up \deltav"),
    "overrides": formula(r"\div(\grad f) \sup{k}"),
    "class": formula(r"\class{red}{x}"),
    "tooltips": formula(r"\mathtip{a}{b} \texttip{c}{d} \toggle{e}{f}\endtoggle"),
    "chemistry": formula(r"\ce{H2O -> H+ + OH-}"),
    "struck": formula(r"\cancel{x} \enclose{circle}{y} \require{cancel}"),
    "rules": formula(r"\begin{array}{|c:c|}\hline a & b\\ \hline\end{array}", display=True),
    "tagged": formula(r"a = b \tag{7} \label{here}", display=True),
    "long": formula("a=b+c+d=e+f+g+h+x+y+z=1+2+3+4+5+6"),
    "defines": formula(r"\def\own{z}\own"),
    "redefines": formula(r"\renewcommand{\alpha}{\beta}\alpha"),
    "uses": formula(r"\own"),
    "unknown": formula(r"\foo{x}"),
    "unbalanced": formula(r"\frac{1}{"),
    "endless": formula(r"\def\a{x\a}\a"),
    "links": formula(r"\href{java" "\n" r"script:alert(1)}{x} \href{b.html}{y}"),
    "styles": formula(r"\style{color:red;position:fixed;background:url(x)}{x} \color{url(x)}{y} \cssId{spot}{z}"),
    "alpha": formula(r"\alpha"),
}


@pytest.fixture(scope="module")
def made(typeset):
    """All formulas in one batch, in this order, by their names."""
    found = filled(typeset, list(FORMULAS.values()))
    return {name: found[hole] for name, hole in FORMULAS.items()}


def test_a_formula_is_a_span_with_its_tex_its_picture_and_its_mathml(made):
    html = made["inline"].html
    span = LexborHTMLParser(html).css_first("span.formula")
    assert span.attributes["data-tex"] == "x^2"
    assert [child.tag for child in span.iter()] == ["svg", "math"]
    assert span.css_first("svg").attributes["aria-hidden"] == "true"
    assert html.endswith(
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math></span>'
    )


def test_lengths_are_in_em_of_a_thousand_units(made):
    svg = LexborHTMLParser(made["inline"].html).css_first("svg")
    left, top, width, height = map(float, svg.attributes["viewBox"].split())
    assert svg.attributes["width"] == f"{round(width / 1000, 3):g}em"
    assert svg.attributes["height"] == f"{round(height / 1000, 3):g}em"
    assert (left, svg.attributes["style"]) == (0, f"vertical-align:{round(-(top + height) / 1000, 3):g}em")


def test_glyphs_are_definitions_with_names_that_do_not_depend_on_the_process(made):
    names = [name for name, _ in made["inline"].glyphs]
    assert names == ["NCM-I-1D465", "NCM-N-32"]
    assert all(markup.startswith(f'<path id="{name}" d="M') for name, markup in made["inline"].glyphs)
    assert re.findall(r'href="#([^"]+)"', made["inline"].html) == names


def test_display(made):
    assert made["display"].html.startswith('<span class="formula display" data-tex="\\sum_{i=1}^n i"><svg')
    assert 'display="block"' in made["display"].html


def test_tex_is_escaped(made):
    assert made["quotes"].html.startswith('<span class="formula" data-tex="a &lt; b \\&amp; &quot;c&quot;">')


def test_chinese_is_text_in_the_page_s_font_one_em_a_character(made):
    html = made["chinese"].html
    assert 'font-size="1000px" font-family="inherit">输入</text>' in html
    assert "激活</text>" in html


@pytest.mark.parametrize(
    "name", ["lecture", "overrides", "tooltips", "chemistry", "struck", "rules", "tagged", "defines"]
)
def test_typeset(made, name):
    assert isinstance(made[name], Artifact)


def test_a_macro_may_override_what_tex_has(made):
    assert '<mo stretchy="false">(</mo><mi>k</mi>' in made["overrides"].html


def test_a_class_reaches_the_page(made):
    assert '<use href="#NCM-I-1D465"' in made["class"].html
    assert 'class="red"' in made["class"].html


def test_of_tooltips_and_toggles_the_first_is_shown(made):
    assert re.findall(r"<mi>(\w)</mi>", made["tooltips"].html) == ["a", "c", "e"]


def test_rules_bring_their_style_along(made):
    assert 'stroke-dasharray="140"' in made["rules"].html
    assert made["rules"].html.count('stroke-width="70"') == 2


def test_a_long_inline_formula_is_in_pieces_between_which_a_line_may_break(made):
    assert made["long"].html.count("<wbr><svg") > 5
    assert "<wbr>" not in made["inline"].html


def test_no_formula_sees_what_another_defines(made):
    assert "Undefined control sequence \\own" in made["uses"].message
    assert "<mi>α</mi>" in made["alpha"].html.replace("&#x3B1;", "α")


@pytest.mark.parametrize(
    "name, words, hint",
    [
        ("unknown", r"Undefined control sequence \foo", r'"foo": '),
        ("unbalanced", "Missing close brace", "braces"),
        ("endless", "recursive macro", "braces"),
    ],
)
def test_bad_tex_is_a_warning_at_its_place(made, name, words, hint):
    found = made[name]
    assert (found.code, found.severity, found.span) == ("bad-tex", Severity.WARNING, SPAN)
    assert words in found.message
    assert hint in found.hint


def test_links_and_styles_of_a_formula_are_confined(made):
    links = made["links"].html.partition("<math")[0].partition("<svg")[2]
    assert "script" not in links
    assert '<a href="b.html">' in links
    drawn = made["styles"].html.partition("<svg")[2]
    assert 'style="color:red"' in drawn
    assert "url(" not in drawn
    assert 'id="\ue000-spot"' in drawn


def test_ids_and_data_of_the_engine_are_gone(made):
    for found in made.values():
        if isinstance(found, Artifact):
            assert not re.search(r" data-(?!tex)|MJX-| id=\"(?!\ue000)", found.html)


@pytest.mark.slow
def test_the_split_over_processes_does_not_show(typeset):
    many = [formula(f"{tex.tex} + {n}", tex.display) for n in range(30) for tex in FORMULAS.values()]
    few = many[:: len(FORMULAS) * 7]
    whole = filled(typeset, many)
    assert len(whole) == len(many) > 300
    assert filled(typeset, few) == {hole: whole[hole] for hole in few}


DIAGRAMS = {
    "plain": dot("digraph G { 输入 -> 卷积 }"),
    "circo": dot("graph G { a -- b }", "circo"),
    "engine": dot("graph G { a }", "rm -rf"),
    "broken": dot("digraph {\n  a -> b\n  c -> [\n}"),
    "file": dot('graph { a [image="/etc/passwd" label=<<table><tr><td><img src="x"/></td></tr></table>>] }'),
    "mermaid": Diagram("graph LR\n A[卷积] -->|是| B", "mermaid", "", SPAN),
    "Chinese names": Diagram("graph LR\n 写[写作]-->B[构建]", "mermaid", "", SPAN),
    "nothing": Diagram("flowchart LR", "mermaid", "", SPAN),
    "unread": Diagram("graph TD\n  A[未闭合 --> B", "mermaid", "", SPAN),
    "puml": Diagram("a -> b", "puml", "", SPAN),
}


@pytest.fixture(scope="module")
def drawn(typeset):
    found = filled(typeset, list(DIAGRAMS.values()))
    return {name: found[hole] for name, hole in DIAGRAMS.items()}


@pytest.mark.parametrize("name", ["plain", "circo", "mermaid", "Chinese names"])
def test_drawn(drawn, name):
    tree = LexborHTMLParser(drawn[name].html)
    assert tree.css_first("svg.diagram[role=img]").attributes["aria-label"]
    assert len(tree.css("g.node")) == 2
    assert "googleapis" not in drawn[name].html


def test_a_chinese_character_gets_a_little_more_than_an_em(drawn):
    """Graphviz lays `输入` out in 14 pt: an ellipse is √2 times as wide as its letters and their margins."""
    width = float(re.search(r' rx="([\d.]+)"', drawn["plain"].html)[1]) * 2
    assert width / 2**0.5 > 2 * 14


@pytest.mark.parametrize(
    "name, code, line, words",
    [
        ("broken", "bad-dot", 9, "syntax error in line 3 near '['"),
        ("engine", "bad-dot", 7, "no engine `rm -rf`"),
        ("nothing", "bad-mermaid", 7, "it draws nothing"),
        ("unread", "bad-mermaid", 8, "line 2 cannot be read: Unterminated node label"),
        ("puml", "bad-diagram", 7, "no engine for puml"),
    ],
)
def test_a_diagram_that_cannot_be_drawn(drawn, name, code, line, words):
    found = drawn[name]
    assert isinstance(found, Diagnostic)
    assert (found.code, found.severity, found.span.line) == (code, Severity.WARNING, line)
    assert words in found.message
    assert found.hint


def test_links_a_drawing_leaves_out_are_reported_with_their_line():
    (found,) = warnings(dot('graph {\n a [URL="javascript:x"] b [URL="b.html"] }'))
    assert (found.code, found.span.line) == ("bad-link", 8)
    (found,) = warnings(Diagram('graph LR\n a-->b\n click a "javascript:x"', "mermaid", "", SPAN))
    assert (found.code, found.span.line) == ("bad-link", 9)
    assert list(warnings(DIAGRAMS["mermaid"])) == []


def test_a_key_changes_with_all_that_matters_and_nothing_else(typeset, tools):
    key = typeset.key
    assert key(formula("x")) == key(Formula("x", False, Span("b.md")))
    assert (
        len({key(h) for h in (formula("x"), formula("x", display=True), formula("y"), dot("x"), dot("x", "neato"))})
        == 5
    )
    one = Typesetter(Worker(lambda: tools), {"a": r"\b", "b": "1", "c": "2"})
    other = Typesetter(Worker(lambda: tools), {"a": r"\b", "b": "9", "c": "2"})
    assert one.key(formula(r"\a")) != other.key(formula(r"\a"))
    assert one.key(formula(r"\c x")) == other.key(formula(r"\c x"))


def test_without_a_system_engine_a_diagram_says_so(tools, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    maker = Typesetter(Worker(lambda: tools), tex_macros.merged(), "system")
    (found,) = filled(maker, [dot("graph { a }")]).values()
    assert "no `dot` on this machine" in found.message


def test_when_node_ends_whatever_it_is_given_a_file_says_so_once_and_the_rest_of_the_build_starts_none(tools, tmp_path):
    node, starts = tmp_path / "node", tmp_path / "starts"
    node.write_text(f'#!/bin/sh\ntest "$1" = --version && echo v24.0.0 && exit\necho start >> "{starts}"\nexit 3\n')
    node.chmod(0o755)
    maker = Typesetter(Worker(lambda: replace(tools, node=node)), {})
    holes = [Formula("x", False, Span("a.md", line, column)) for line in (7, 8) for column in (1, 9)]
    holes.append(dot("graph { a }"))
    made = filled(maker, holes)
    found = [made[hole] for hole in holes]
    assert {(one.code, one.severity, one.span.path) for one in found} == {("node-stopped", Severity.ERROR, "a.md")}
    assert found[:4] == [found[0]] * 4
    assert found[0].span.line == 7
    assert "it ended with status 3" in found[0].message
    before = starts.read_text()
    (again,) = filled(maker, [formula("y")]).values()
    assert again.code == "node-stopped"
    assert starts.read_text() == before


def test_no_default_macro_hides_what_tex_has(macros, tools):
    """Typeset without macros, each name alone is unknown; only the lecture's own file may override."""
    bare = Typesetter(Worker(lambda: tools), {})
    own = {"div", "sup", "Pr", "tanh"}
    holes = [formula(f"\\{name}") for name in macros if name not in own]
    assert len(holes) > 200
    known = [
        h.tex
        for h, found in filled(bare, holes).items()
        if "Undefined control sequence" not in getattr(found, "message", "")
    ]
    assert known == []
