"""Which files become pages."""

import pytest

from kejian.core.config import Course
from kejian.parse.discover import collisions, examples, matches, sources


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
        (["slides/deck.md", "c.md"], Course(pages=("*.md",)), ["c.md", "slides/deck.md"]),
        (["a/deck.md", "b/c.md"], Course(pages=("b/*.md",)), ["a/deck.md", "b/c.md"]),
        (["deck.txt"], Course(), []),
    ],
    ids=["slides", "anywhere", "named", "pages beside slides", "pages beside decks", "none"],
)
def test_sources(tmp_path, files, settings, expected):
    assert sources(course(tmp_path, *files), settings, tmp_path / "site") == expected


def test_a_deck_may_begin_with_a_byte_order_mark(tmp_path):
    (tmp_path / "deck.md").write_text("<!-- slide -->\n", "utf-8-sig")
    assert sources(tmp_path, Course(), tmp_path / "site") == ["deck.md"]


def test_the_output_is_no_source(tmp_path):
    assert sources(course(tmp_path, "deck.md", "public/deck.md"), Course(), tmp_path / "public") == ["deck.md"]


def test_two_files_for_one_page_are_an_error():
    (found,) = collisions(["a/x.md", "a/X.markdown", "b.md"])
    assert (found.code, found.span.path) == ("page-taken", "a/X.markdown")
    assert found.message == "a/x.md and a/X.markdown would both become a/X.html"


@pytest.mark.parametrize(
    "path, pattern, expected",
    [
        ("a/b.md", "a/*.md", True),
        ("a/b/c.md", "a/*.md", False),
        ("a/c.md", "a/**/*.md", True),
        ("a/b/b/c.md", "a/**/*.md", True),
        ("a/b/c.md", "**/b/**", True),
        ("a/b.md", "**", True),
        ("a/b.md", "a/**/b/*.md", False),
        ("a/x1.md", "a/x[0-9].md", True),
        ("a/" * 40 + "b", "**/a/" * 20 + "c", False),
    ],
)
def test_what_a_pattern_matches(path, pattern, expected):
    assert matches(path, pattern.split("/")) is expected


@pytest.mark.parametrize("pattern", ["../*.md", "/../**/*.md", "linked/*.md", "slides/../../*.md", "*/*.md"])
def test_no_pattern_and_no_link_leads_out_of_the_course(tmp_path, pattern):
    root = course(tmp_path / "course", "slides/deck.md")
    course(tmp_path, "deck.md")
    (root / "linked").symlink_to(tmp_path)
    found = sources(root, Course(decks=(pattern,)), root / "site")
    assert found == (["slides/deck.md"] if pattern == "*/*.md" else [])


def test_a_deck_that_is_a_link_out_of_the_course_is_none(tmp_path):
    root = course(tmp_path / "course", "deck.md")
    course(tmp_path, "deck.md")
    (root / "linked-deck.md").symlink_to(tmp_path / "deck.md")
    assert sources(root, Course(), root / "site") == ["deck.md"]


def test_an_examples_package_outside_of_the_course_is_none(tmp_path):
    (tmp_path / "other_examples").mkdir()
    (tmp_path / "other_examples" / "__init__.py").touch()
    root = course(tmp_path / "course", "deck.md")
    (root / "linked_examples").symlink_to(tmp_path / "other_examples")
    assert examples(root, Course()) == ""
