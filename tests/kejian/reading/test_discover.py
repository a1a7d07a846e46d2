"""Which files become pages."""

import pytest

from kejian.config import Course
from kejian.reading.discover import collisions, sources


def course(root, *paths):
    for path in paths:
        text = "<!-- slide -->\n" if "deck" in path else "text\n"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.mark.parametrize(
    "files, settings, expected",
    [
        (
            ["slides/deck.md", "slides/sub/deck2.markdown", "slides/plain.md", "deck3.md"],
            Course(),
            ["slides/deck.md", "slides/plain.md", "slides/sub/deck2.markdown"],
        ),
        (
            [
                "2021/deck1.md",
                "2020/deck.md",
                "index.md",
                "README.md",
                "node_modules/deck.md",
                ".git/deck.md",
                "site/deck.md",
            ],
            Course(),
            ["2020/deck.md", "2021/deck1.md", "index.md"],
        ),
        (["a/deck.md", "b/deck.md", "c.md"], Course(decks=("a/*.md",), pages=("c.md",)), ["a/deck.md", "c.md"]),
        (["deck.txt"], Course(), []),
    ],
    ids=["slides", "anywhere", "named", "none"],
)
def test_sources(tmp_path, files, settings, expected):
    assert sources(course(tmp_path, *files), settings, tmp_path / "site") == expected


def test_the_output_is_no_source(tmp_path):
    assert sources(course(tmp_path, "deck.md", "public/deck.md"), Course(), tmp_path / "public") == ["deck.md"]


def test_two_files_for_one_page_are_an_error():
    (found,) = collisions(["a/x.md", "a/X.markdown", "b.md"])
    assert (found.code, found.span.path) == ("page-taken", "a/X.markdown")
    assert found.message == "a/x.md and a/X.markdown would both become a/X.html"
