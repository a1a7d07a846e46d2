"""References to what another deck labels: the links, their words, and what is meant where two decks have a name."""

import pytest

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.parse.deck import ParseContext
from kejian.parse.labels.elsewhere import DeckLabel, LabelNames, completed, link
from kejian.parse.lines import text_macros
from kejian.parse.linked import load_linked

LOSS = "---\ntitle: Loss & more\n---\n<!-- slide -->\n\n$$a \\label{loss}$$\n\n![a](https://x/y.png){#fig-a}\n"


def decks(root, language="en", **texts):
    """The decks of a course, by the names of their files."""
    for name, text in texts.items():
        path = root / f"{name.replace('_', '/')}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    around = ParseContext(Folder(root), text_macros.table([]), Course(language=language))
    paths = [f"{name.replace('_', '/')}.md" for name in texts]
    return dict(zip(texts, load_linked(paths, around), strict=True))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@fig-a", '<a class="reference elsewhere" href="b.html#fig-a">Figure 1 in “Loss &amp; more”</a>'),
        ("[-@fig-a]", '<a class="reference elsewhere" href="b.html#fig-a">1 in “Loss &amp; more”</a>'),
        ("\\eqref{loss}", '<a class="reference elsewhere" href="b.html#loss">(1) in “Loss &amp; more”</a>'),
        ("\\ref{loss}", '<a class="reference elsewhere" href="b.html#loss">1 in “Loss &amp; more”</a>'),
    ],
)
def test_a_reference_leads_to_the_deck_that_has_the_label(written, shown, tmp_path):
    found = decks(tmp_path, a=f"By {written}.\n", b=LOSS)["a"]
    assert shown in found.preface.html
    assert [one.code for one in found.diagnostics] == []


def test_a_formula_that_is_a_reference_is_a_link_and_one_within_a_formula_a_number(tmp_path):
    found = decks(tmp_path, a="$\\eqref{loss}$ and $x \\stackrel{\\ref{loss}}{=} y$\n", b=LOSS)["a"]
    assert '<a class="reference elsewhere" href="b.html#loss"><kj-hole n="0"></kj-hole> in “Loss &amp; more”</a>' in (
        found.preface.html
    )
    assert [hole.tex for hole in found.holes] == ["\\text{(1)}", "x \\stackrel{\\text{1}}{=} y"]


def test_the_words_and_the_way_are_those_of_the_deck_that_refers(tmp_path):
    found = decks(tmp_path, "zh", one_a="见 @fig-a\n", two_b=LOSS)["one_a"]
    assert (
        '<a class="reference elsewhere" href="../two/b.html#fig-a">《Loss &amp; more》的图 1</a>' in found.preface.html
    )


def test_a_title_that_looks_like_a_place_for_a_number_is_text():
    label = DeckLabel(name="x", kind="eq", number="(1)", path="b.md", title="%1 <b>%2")
    assert (
        link(label, "(1)", "a.html", "en")
        == '<a class="reference elsewhere" href="b.html#x">(1) in “%1 &lt;b&gt;%2”</a>'
    )


def test_a_deck_s_own_label_is_the_one_that_is_meant(tmp_path):
    found = decks(tmp_path, a="$$b \\label{loss}$$\n\n\\eqref{loss}\n", b=LOSS)["a"]
    assert 'href="#loss">(1)</a>' in found.preface.html


def test_a_label_of_two_other_decks_is_none_and_the_hint_names_them(tmp_path):
    found = decks(tmp_path, one_a="\\eqref{loss}\n", one_b=LOSS, two_c=LOSS)["one_a"]
    assert "\\eqref{loss}" in found.preface.html
    (finding,) = found.diagnostics
    assert finding.code == "unresolved-reference"
    assert finding.hint == ("one/b.md and two/c.md have it: write a link to one of them, such as [text](b.md#loss)")


def test_two_decks_may_refer_to_each_other(tmp_path):
    other = "$$b \\label{other}$$\n\n\\eqref{loss}\n"
    found = decks(tmp_path, a=f"{LOSS}\n\\eqref{{other}}\n", b=other)
    assert 'href="b.html#other">(1) in “b”' in found["a"].slides[0].html
    assert 'href="a.html#loss">(1) in “Loss &amp; more”' in found["b"].preface.html


def test_a_deck_that_asks_for_nothing_is_parsed_once(tmp_path):
    found = decks(tmp_path, a="\\eqref{none}\n", b=LOSS)
    files = [Parsed(LabelNames.of(deck), {}) for deck in found.values()]
    assert completed(files, lambda *_: pytest.fail("parsed again")) == files


class Parsed:
    """A file with what other decks have answered."""

    def __init__(self, names, answers):
        self.names, self.answers = names, answers
