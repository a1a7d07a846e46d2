"""What the editor does and a build does not."""

from kejian.adopt.layout import EDITOR_FILES, editor, front, outside
from kejian.diagnostics import Severity, Span
from kejian.model import Deck, Slide


def said(found):
    return [(d.code, str(d.severity), str(d.span)) for d in found]


def test_keys_that_only_the_editor_reads():
    deck = Deck("a.md", "a", Slide("", Span("a.md")), (), {}, {"title": "x", "puppeteer": {}, "ebook": {}})
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


def test_decks_that_a_build_leaves_out():
    (found,) = outside(["slides/a.md", "old/b.md"], ["slides/a.md"])
    assert (found.code, found.severity, found.span.path) == ("not-built", Severity.WARNING, "old/b.md")
    assert 'decks = ["slides/**/*.md", "old/b.md"]' in found.hint
