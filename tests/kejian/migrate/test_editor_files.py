"""What the editor does and a build does not."""

from kejian.core.diagnostics import Severity, Span
from kejian.core.dialect import Dialect
from kejian.core.model import Deck, Slide
from kejian.migrate.editor_files import EDITOR_FILES, editor, front, merged_cells, outside


def said(found):
    return [(d.code, str(d.severity), str(d.span)) for d in found]


def test_keys_that_only_the_editor_reads():
    deck = Deck(
        path="a.md",
        title="a",
        preface=Slide(html="", span=Span("a.md")),
        slides=(),
        reveal={},
        front={"title": "x", "puppeteer": {}, "ebook": {}},
    )
    lines = ["---", "title: x", "puppeteer:", "  landscape: true", "ebook: {}", "---"]
    assert said(front(deck, lines)) == [("editor-key", "hint", "a.md:3:1"), ("editor-key", "hint", "a.md:5:1")]


def test_the_editor_s_own_files():
    found = list(editor(["slides/a.md", ".crossnote/parser.js", ".mume/style.less"]))
    assert said(found) == [
        ("editor-file", "hint", ".crossnote/parser.js:1:1"),
        ("editor-file", "hint", ".mume/style.less:1:1"),
    ]
    assert "templates/macros" in found[0].hint
    assert all(message for message, _ in EDITOR_FILES.values())


def test_cells_that_ask_to_be_merged():
    deck = Deck(path="a.md", title="a", preface=Slide(html="", span=Span("a.md")), slides=(), reveal={}, front={})
    lines = ["| a | b |", "|---|---|", "| 1 | 2 |", "| ^ | 3 |", "| > | 4 |"]
    (found,) = merged_cells(deck, lines, Dialect())
    assert (found.code, str(found.span)) == ("merged-cells", "a.md:4:1")
    assert "extended_tables = true" in found.hint
    assert list(merged_cells(deck, lines, Dialect(extended_tables=True))) == []
    assert list(merged_cells(deck, ["| a | b |", "> quote | x"], Dialect())) == []


def test_decks_that_a_build_leaves_out():
    (found,) = outside(["slides/a.md", "old/b.md"], ["slides/a.md"])
    assert (found.code, found.severity, found.span.path) == ("not-built", Severity.WARNING, "old/b.md")
    assert 'decks = ["slides/**/*.md", "old/b.md"]' in found.hint
