"""The decks of a course, with those that they link to."""

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.parse.deck import ParseContext
from kejian.parse.lines import text_macros
from kejian.parse.linked import followed, load_linked


class File:
    """A file that links to others."""

    def __init__(self, path, links):
        self.path, self.links = path, links


def test_each_file_is_read_once_and_those_that_are_linked_to_come_last():
    links = {"a": ["c", "b"], "b": ["a"], "c": ["d"], "d": []}
    read = followed(["a", "b", "a"], lambda paths: [File(path, links[path]) for path in paths])
    assert [file.path for file in read] == ["a", "b", "c", "d"]


def test_a_label_of_a_file_that_is_only_linked_to_can_be_referred_to(tmp_path):
    (tmp_path / "a.md").write_text("[b](b.md) \\eqref{x}\n")
    (tmp_path / "b.md").write_text("$$a \\label{x}$$\n")
    around = ParseContext(Folder(tmp_path), text_macros.table([]), Course(language="en"))
    deck, linked = load_linked(["a.md"], around)
    assert linked.path == "b.md"
    assert '<a class="reference elsewhere" href="b.html#x">(1) in “b”</a>' in deck.preface.html
