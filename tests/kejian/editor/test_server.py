"""The language server as an editor speaks to it, over its own process' input and output."""

import pytest
from lsprotocol import types

pytestmark = pytest.mark.slow  # each starts a process

DECK = "slides/deck.md"


def test_what_is_typed_is_completed_from_the_course(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK, '<!-- slide -->\n\n# 一\n\n@import "../demo_examples/shown.py" {symbol=""}\n')
    found = ide.completed(DECK, text, 'symbol="')
    assert found["text"].detail == "Prints."
    edit = found["table"].text_edit
    assert (edit.range.start.line, edit.range.start.character, edit.new_text) == (4, 45, "table")
    assert {"count", "value", "fails"} <= found.keys()


def test_findings_are_those_of_the_text_in_the_editor(editor, demo):
    ide = editor(demo)
    text = ide.open(DECK)
    ide.type(DECK, text.replace('symbol="table"', 'symbol="tabel"'))
    ide.until(lambda shown: "symbol-missing" in shown.get(ide.uri(DECK), []))
    ide.type(DECK, text)
    ide.until(lambda shown: "symbol-missing" not in shown.get(ide.uri(DECK), ["symbol-missing"]))
    assert 'symbol="table"' in (demo / DECK).read_text("utf-8")
