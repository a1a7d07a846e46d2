"""Lists, prose and listings."""

from pptx.oxml import parse_xml

from kejian.migrate.powerpoint.paragraphs import ListStyles, body, listing, words

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
BULLETS = ListStyles((), "-")


def text(*paragraphs):
    return parse_xml(f"<a:txBody {A}>{''.join(paragraphs)}</a:txBody>")


def p(words, level=0, properties="", font=""):
    face = f'<a:rPr><a:latin typeface="{font}"/></a:rPr>' if font else ""
    return f'<a:p><a:pPr lvl="{level}">{properties}</a:pPr><a:r>{face}<a:t>{words}</a:t></a:r></a:p>'


def test_levels_are_levels_of_a_list():
    found = body(text(p("a"), p("b", 1), p("c", 2), p("d", 1), p("e")), BULLETS, {})
    assert found == ["- a", "  - b", "    - c", "  - d", "- e"]


def test_a_level_that_is_skipped_is_none():
    assert body(text(p("a"), p("b", 3)), BULLETS, {}) == ["- a", "  - b"]


def test_numbers_count_and_begin_again_below_another_item():
    number = '<a:buAutoNum type="arabicPeriod"/>'
    found = body(text(p("a", 0, number), p("b", 1, number), p("c", 0, number), p("d", 1, number)), BULLETS, {})
    assert found == ["1. a", "   1. b", "2. c", "   1. d"]


def test_a_paragraph_without_a_bullet_is_prose():
    found = body(text(p("a"), p("b", 0, "<a:buNone/>"), p(" "), p("c", 0, '<a:buChar char="•"/>')), BULLETS, {})
    assert found == ["- a", "", "b", "", "- c"]


def test_a_style_of_the_shape_decides_where_the_paragraph_does_not():
    style = parse_xml(f"<a:lstStyle {A}><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>")
    assert body(text(p("a"), p("b", 1)), ListStyles((style,), "-"), {}) == ["a", "", "- b"]


def test_plain_monospaced_lines_are_a_listing():
    code = text(p("def f():", font="Consolas"), p("    return 1", font="Courier New"))
    assert body(code, BULLETS, {}) == ["```", "def f():", "    return 1", "```"]


def test_other_text_is_no_listing():
    mixed = text(p("a", font="Consolas"), p("b"))
    assert listing(mixed) == listing(text(p("one line", font="Consolas"))) == listing(text()) == []
    assert listing(text(p("```", font="Consolas"), p("b", font="Consolas"))) == []
    linked = '<a:p><a:r><a:rPr><a:latin typeface="Menlo"/><a:hlinkClick/></a:rPr><a:t>x</a:t></a:r></a:p>'
    assert listing(text(linked, linked)) == []


def test_a_title_is_one_line():
    assert words(text("<a:p><a:r><a:t>a</a:t></a:r><a:br/><a:r><a:t>b</a:t></a:r></a:p>", p("c"))) == "a b c"
