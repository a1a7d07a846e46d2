"""Decks of plain users, a feature a slide, against what Markdown Preview Enhanced makes of them.

`record.mjs` has recorded that. A slide that is not the same has its reason below; one that is the same has none.
"""

import json
import shutil
from pathlib import Path

import pytest

from tests.differential.outline import slides
from tests.kejian.built import built

FOLDER = Path(__file__).parents[1] / "fixtures" / "differential"
SETTINGS = json.loads((FOLDER / "settings.json").read_text("utf-8"))

_DRAWN = "a diagram is drawn by the build, not by each reader's browser"
_ALT = "a picture without an alternative text has its name"
_ID = "every heading has an id, so that links and contents reach it"
_FOOT = "notes stand on the slide that refers to them, not on the last one"
_CJK = "emphasis may end with Chinese punctuation"
_BRACES = "attributes in braces are read, as today's editor does"
IMPROVEMENTS = {
    "deck": {
        "Emphasis ending in punctuation": _CJK,
        "Icons": "the editor's icons are drawn; its engine of that time left their names",
        "Underlined headings": _ID,
        "Closed headings": "the closing marks are no part of the id",
        "Seven marks and no blank": "a paragraph is no heading: no id",
        "Lazy quotes": _ID,
        "Pictures as tags": _ALT,
        "Picture in a centred block": _ALT,
        "Picture file": _ALT,
        "Picture file with attributes": "a picture of its own is a paragraph, with or without attributes",
        "Fence with class and id": "the id and data of a listing are kept",
        "Footnotes": _FOOT,
        "Inline footnotes": _FOOT,
        "Unclosed tag at the end": _FOOT,
        "Angle brackets in text": "what is no element is left out, with a finding",
        "Mermaid file": _DRAWN,
        "Mermaid fence": _DRAWN,
        "Wavedrom fence": _DRAWN,
        "Import in a list": "an import in an item stays in it",
        "Graph fence as code": "the source alone is shown, as asked",
        "Admonition": "the quotes around a title are not shown",
        "Alert of GitHub": "alerts are read, as today's editor does",
        "Braces behind a picture": _BRACES,
        "Braces behind a link": _BRACES,
        "Blocks in items": _ID,
        "Setext below several lines": _ID,
        "Missing import": "a missing file is named as it was written, without this machine's folders",
        "Contents that the editor has stored": "the contents are made anew, and stand there once",
        "Slide mark of the old manual": "a colon is read as the equals sign that it was in the editor's old manual",
        "Critic markup": "it is on here, and off in the editor",
    },
    "tables": {
        "Merged from the body into the head": "no cell can reach from the body of a table into its head: the row moves",
        "Signs that merge nothing": "an escaped sign, or one in code, merges nothing",
    },
    "settings": {
        "No emoji": "a shortcut stays as it was written",
        "Highlighted and said": "a remark can be found in the page, and is not drawn",
    },
}
"""Slides that are not as the editor's, by deck and title, and why that is better."""


@pytest.fixture(scope="module", params=SETTINGS)
def deck(request, tmp_path_factory):
    """The name of a deck, and its slides as we make them and as the editor does."""
    name, course = request.param, tmp_path_factory.mktemp("course")
    shutil.copytree(FOLDER / "parts", course / "slides" / "parts")
    shutil.copy(FOLDER / f"{name}.md", course / "slides")
    chosen = [f"{key} = {json.dumps(value)}" for key, value in SETTINGS[name].items()]
    (course / "kejian.toml").write_text("\n".join(["[mpe]", *chosen]), "utf-8")
    report, _ = built(course)
    assert not [one for one in report.diagnostics if one.severity == "error"]
    page = course / "site" / "slides" / f"{name}.html"
    return name, slides(page.read_text("utf-8")), slides((FOLDER / f"{name}.expected.html").read_text("utf-8"))


def test_the_decks_are_broad():
    assert sum(len(slides((FOLDER / f"{name}.expected.html").read_text("utf-8"))) for name in SETTINGS) >= 200


def test_the_slides_are_those_of_the_editor(deck):
    _, ours, theirs = deck
    assert list(ours) == list(theirs)


def test_each_slide_is_as_the_editor_has_it_or_better(deck):
    name, ours, theirs = deck
    for title, expected in theirs.items():
        if title not in IMPROVEMENTS[name]:
            assert ours[title] == expected, title


def test_each_improvement_is_one_still(deck):
    name, ours, theirs = deck
    assert [title for title in IMPROVEMENTS[name] if ours[title] == theirs.get(title)] == []
