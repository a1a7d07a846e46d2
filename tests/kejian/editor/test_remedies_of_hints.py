"""What a hint says to type is typed by the editor, and ends the finding that it is about.

The courses and their findings are those of `tests/kejian/test_hints.py`, where what the hint says is done by hand.
"""

import pytest

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.editor.course import EditedCourse
from kejian.editor.remedies import remedies
from kejian.editor.text import applied
from tests.kejian.test_hints import ROWS, Author, course, once  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow  # each starts processes

# What these hints ask for is a command, a decision, or a change that no editor can know.
BY_HAND = frozenset(
    """
    a chart of a file
    a chart of other data
    a chunk, no Python
    a code of a path
    a code that is too long
    a deck for another program
    a deck of a presentation
    a failure
    a figure that is closed
    a figure without steps
    a format that is none
    a kind alone
    a link of a node
    a picture for link previews
    a lost output
    a place for citations
    a quotation, no Python
    a reference to nothing
    a reference to two decks
    a timing diagram without a comma
    a value
    an edited record
    an encrypted presentation
    an open region
    an unused file
    an unused output
    another encoding
    bars in no column
    changed code
    changed data
    in the way
    lines
    lost metadata
    needs an argument
    never run
    no Python
    no anchor
    no call
    no decks
    no encoding
    no grid
    no package
    no picture
    no record
    no steps
    no presentation
    no table
    no table by our own
    no text
    no title
    not run
    nothing changed
    nothing in prose
    stale
    too many frames
    unavailable
    unavailable, declared
    """.strip()
    .replace("    ", "")
    .split("\n")
)


def diagnosed(one):
    """A finding, of the JSON that commands print."""
    span = Span(one["path"], one["line"], one["column"])
    severity = Severity(one["severity"])
    return Diagnostic(code=one["code"], severity=severity, span=span, message=one["message"], hint=one["hint"])


def follow(author, one):
    """Apply the first edit that ends a finding."""
    edited = EditedCourse(root=author.root, unsaved={})
    found = remedies(edited, diagnosed(one))
    if not found:
        return False
    for path in {edit.place.path for edit in found[0].edits}:
        file = author.root / path
        text = file.read_text("utf-8") if file.exists() else ""
        author.write(path, applied(text, [edit for edit in found[0].edits if edit.place.path == path]))
    return True


@pytest.mark.parametrize("name", ROWS)
def test_what_a_hint_says_is_done_by_an_edit(name, course, capsys):  # noqa: F811
    code, change, words, _ = ROWS[name]
    author = Author(course, capsys)
    change(author)
    found = [one for one in author.reported(words) if one["code"] == code]
    assert found
    done = False
    for _ in range(9):  # there may be several, each with its own hint
        if not (found and follow(author, found[0])):
            break
        done = True
        found = [one for one in author.reported(words) if one["code"] == code]
    assert (done, found == []) == (name not in BY_HAND, name not in BY_HAND)
