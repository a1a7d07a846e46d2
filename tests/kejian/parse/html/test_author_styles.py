"""What a deck's own style sheets take from the house style: whole parts, and the classes they have rules for."""

import pytest

from kejian.parse.html import author_styles


def parts(*sheets):
    return set(author_styles.of(sheets).parts)


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        (".header { display: flex }", "header"),
        (".reveal .slides .title { width: 54% }", "header"),
        (".reveal .header img.hust { height: 90px }", "logo"),
        (".footer { position: absolute; bottom: 0 }", "footer"),
        (".footer .bottom_left { width: 30% }", "footer"),
        (".footer .multi_column { display: flex }", "footer"),
        (".footer h6 { float: left }", "footer"),
        (".reveal .slides section { padding: 0 20px }", "padding"),
        (".reveal { font-size: 30px }", "text"),
        ("body { text-align: center }", "text"),
        (".reveal h1, .reveal h2 { margin: 0 }", "headings"),
        (".reveal :is(h1, h2) { margin: 0 }", "headings"),
        (".reveal p { text-align: justify }", "paragraphs"),
        (".reveal ul ul { list-style: none }", "lists"),
        (".reveal ul > li::before { margin-left: -1em }", "lists"),
        (".reveal hr { background: url(wave.svg) }", "rules"),
        ("a { text-decoration: none }", "links"),
        ("blockquote { width: 50% }", "quotes"),
        (".reveal td { padding: 0 }", "tables"),
        (".reveal img { margin: 0 }", "pictures"),
        (".reveal pre code { padding: 1px }", "listings"),
        ("@media screen { .reveal p { margin: 0 } }", "paragraphs"),
        ("@layer a { @supports (display: grid) { P { margin: 0 } } }", "paragraphs"),
        ("/* first */ p /* then */ { /* none */ margin : 0 }", "paragraphs"),
    ],
)
def test_a_part_steps_back_where_a_sheet_brings_its_own(rule, part):
    assert parts(rule) == {part}


@pytest.mark.parametrize(
    "rule",
    [
        ".header { color: red }",
        ".title h5 { color: navy; font-size: 50px }",
        ".footer h6 { color: red; width: 30% }",
        ".multi_column { display: flex }",
        ".reveal h1 { color: red }",
        ".box p { margin: 0 }",
        "p.note { margin: 0 }",
        "#one li { margin: 0 }",
        "p:not(.a) { color: red }",
        "@media print { p { margin: 0 } }",
        "@font-face { font-size: 1px }",
        "@import 'p.css'; ",
        "p { --margin: 0 }",
        "p {",
        "} p",
        "",
    ],
)
def test_what_only_paints_or_is_about_something_special_takes_no_part(rule):
    assert parts(rule) == set()


def test_several_sheets_take_what_each_takes():
    assert parts("p { margin: 0 }", "li { margin: 0 }") == {"paragraphs", "lists"}


def test_classes_that_rules_are_for_are_named():
    assert author_styles.of([".a .top4, .red:hover, :is(.x, .y) { margin: 0 }"]).classes == {"top4", "red", "x", "y"}


def test_a_sheet_that_is_nested_deeper_than_python_goes_is_read():
    assert parts(":is(" * 5000 + "p" + ")" * 5000 + "{ margin: 0 }", "@media a {" * 5000 + "p { margin: 0 }") == {
        "paragraphs"
    }


def test_every_part_has_rules_in_the_house_style():
    from kejian.core import templates

    sheets = "".join(templates.text(templates.environment(), f"theme/{name}") for name in templates.LAYERED)
    assert [part for part in author_styles.ALL if f'[data-house~="{part}"]' not in sheets] == []
