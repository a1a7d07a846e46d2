"""An engine's SVG as part of a page."""

import pytest

from kejian.core.model import UID
from kejian.makers.svg import inline

HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n'
    '<svg width="9pt" height="8pt" viewBox="0 0 9 8" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
)


def graph(inside, title="G"):
    return f'{HEAD}<g id="graph0" class="graph"><title>{title}</title>{inside}</g></svg>'


def node(inside):
    return f'<g id="node1" class="node"><title>a</title>{inside}</g>'


TEXT = '<text x="5" y="5" font-family="Verdana" font-size="14.00">中</text>'
BOX = '<polygon fill="none" stroke="black" points="0,0 9,9"/>'


def test_the_frame():
    html = inline(graph(""))
    assert html == (
        '<svg class="diagram" role="img" aria-label="G" width="9pt" height="8pt" viewBox="0 0 9 8">'
        '<g class="graph"></g></svg>'
    )


@pytest.mark.parametrize(
    "document, label",
    [
        (graph(TEXT, "网络"), "中"),
        (graph(node(TEXT), "网络"), "网络"),
        (graph(node(TEXT), "%3"), "中"),
        (graph(node(TEXT) + node(TEXT) + node("<text>b &lt;</text>"), ""), "中，b &lt;"),
    ],
)
def test_the_label_is_the_graph_s_own_or_its_name_or_its_words(document, label):
    assert f' aria-label="{label}" ' in inline(document)


def test_black_follows_the_theme():
    html = inline(graph(node(BOX + TEXT)))
    assert '<polygon fill="none" stroke="currentColor"' in html
    assert '<text x="5" y="5" font-size="14.00" fill="currentColor">中</text>' in html


def test_letters_on_a_coloured_node_stay_black():
    html = inline(graph(node('<polygon fill="lightyellow" stroke="black" points="0,0"/>' + TEXT)))
    assert '<polygon fill="lightyellow" stroke="black"' in html
    assert '<text x="5" y="5" font-size="14.00">' in html


def test_letters_inside_a_coloured_cluster_stay_black_and_others_do_not():
    cluster = '<g class="cluster"><polygon fill="pink" stroke="black" points="0,0 0,6 6,6 6,0"/></g>'
    html = inline(graph(cluster + node(TEXT) + node(TEXT.replace('x="5"', 'x="7"'))))
    assert '<text x="5" y="5" font-size="14.00">' in html
    assert '<text x="7" y="5" font-size="14.00" fill="currentColor">' in html


def test_the_white_page_goes_and_a_coloured_one_keeps_everything_as_drawn():
    page = '<polygon fill="{}" stroke="none" points="0,0"/>'
    assert "polygon" not in inline(graph(page.format("white")))
    html = inline(graph(page.format("navy") + node(BOX)))
    assert 'fill="navy"' in html
    assert 'stroke="black"' in html


@pytest.mark.parametrize(
    "family, drawn",
    [
        ("Verdana", ""),
        ("VERDANA", ' font-weight="bold"'),
        ("Courier", ' font-family="&#x27;Kejian Mono&#x27;, monospace"'),
    ],
)
def test_fonts_are_the_page_s(family, drawn):
    assert f"<text{drawn} fill=" in inline(graph(f'<text font-family="{family}">a</text>'))


def test_ids_that_are_referred_to_are_numbered_by_the_page_and_others_go():
    gradient = '<linearGradient id="l"><stop style="stop-color:red;x:y"/></linearGradient>'
    html = inline(graph(f'<defs>{gradient}</defs><path fill="url(#l)"/>'))
    assert f'<linearGradient id="{UID}-l"><stop stop-color="red"></stop>' in html
    assert f'fill="url(#{UID}-l)"' in html
    assert "graph0" not in html


def test_links_are_kept_when_allowed_and_only_groups_otherwise():
    link = '<a xlink:href="{}" xlink:title="t" target="_top"><text>x</text></a>'
    assert '<a href="b.html" title="t">' in inline(graph(link.format("b.html")))
    html = inline(graph(link.format("java&#10;script:alert(1)")))
    assert "script" not in html
    assert '<g title="t">' in html


def test_nothing_that_runs_or_fetches_is_kept():
    html = inline(
        graph('<script>x</script><style>@import url(x)</style><image xlink:href="x"/><path onclick="x" d="M0,0"/>')
    )
    assert html.count("<") == 6
    assert "onclick" not in html


def test_colours_of_the_page_are_no_ground_of_the_author_s():
    mixed = "color-mix(in srgb, currentColor 5%, var(--ground, Canvas))"
    html = inline(HEAD + f'<g class="node"><rect fill="{mixed}"/><text fill="currentColor">a</text></g></svg>')
    assert f'fill="{mixed}"' in html
    assert '<text fill="currentColor">' in html


def test_letters_of_the_page_s_colour_on_a_colour_of_the_author_are_black():
    html = inline(HEAD + '<g class="node"><rect fill="#f9f"/><text fill="currentColor">a</text></g></svg>')
    assert '<text fill="black">' in html


def test_a_tooltip_is_kept_and_the_name_of_a_node_is_not():
    html = inline(HEAD + '<g class="node"><title>a</title><title class="tip">b &lt;</title></g></svg>')
    assert html.count("<title") == 1
    assert "b &lt;</title>" in html


def test_a_drawing_s_own_label_comes_first():
    assert ' aria-label="所说" ' in inline(HEAD.replace("<svg ", '<svg aria-label="所说" ') + "<text>a</text></svg>")


def test_aligned_words_keep_their_blanks():
    assert 'xml:space="preserve"' in inline(graph("<text>a  b</text>"))
