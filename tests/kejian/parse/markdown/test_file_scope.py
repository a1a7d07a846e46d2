"""What the slides of a file share."""

from kejian.parse.markdown import FileRenderer


def test_without_definitions_nothing_is_parsed_ahead():
    scope = FileRenderer()
    scope.collect([["# a", "", "[x] (y)"], ["b"]])
    assert scope == FileRenderer()


def test_definitions_are_collected_from_every_slide():
    scope = FileRenderer()
    scope.collect([["a"], ["[r]: u 't'", "", "*[HTML]: HyperText", "", "[^n]: note", "", "    more"], ["[r]: second"]])
    assert scope.references["R"]["href"] == "u"
    assert scope.abbreviations.meanings == {"HTML": "HyperText"}
    assert scope.footnotes == {"n": ("[^n]: note", "", "    more")}


def test_headings_are_collected_only_for_a_table_of_contents():
    slides = [["# a"], ["## a", "", "x [TOC]"]]
    scope = FileRenderer()
    scope.collect(slides)
    assert scope.headings == ()
    scope.collect([*slides, ["[TOC]"]])
    assert [heading.id for heading in scope.headings] == ["a", "a-1"]


def test_the_collected_headings_are_those_that_are_rendered(body):
    slides = [["# a $x$", "# a", "[TOC]"], ["# a {#b}", "# b", "> # c"]]
    scope = FileRenderer()
    scope.collect(slides)
    bodies = [body(lines, scope) for lines in slides]
    assert scope.headings == bodies[0].headings + bodies[1].headings


def test_two_files_share_nothing(body):
    assert body(["# a"], FileRenderer()) == body(["# a"], FileRenderer())
