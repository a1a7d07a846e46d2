"""Speaker notes without HTML: as text, and as a Markdown file of all decks."""

import sys

import pytest

from kejian.core.model import Deck, Slide, Span
from kejian.render import speaker_notes
from kejian.render.speaker_notes import NoConverterError, SlideNotes

PAGE = """<main><div class="slides">
<section id="a" class="slide" data-h="0" data-v="0" aria-label="卷积"><aside class="notes">
先讲**直觉**</aside></section>
<section class="stack">
<section id="b" class="slide" data-h="1" data-v="0"><aside class="notes"><p>one</p></aside>
<div><aside class="notes"><p>two</p></aside></div></section>
<section id="c" class="slide" data-h="1" data-v="1" data-visibility="hidden" aria-label="hidden"></section>
</section>
</div></main>"""
FORMULA = '<span class="formula" data-tex="\\alpha_1"><svg></svg></span>'
DISPLAYED = '<span class="formula display" data-tex="x &lt; y"><svg></svg></span>'


def deck(title="卷积"):
    preface = Slide(html="", span=Span("slides/a.md"))
    return Deck(path="slides/a.md", title=title, preface=preface, slides=(), reveal={}, front={})


def test_each_slide_that_is_shown_has_its_notes():
    first, second = speaker_notes.notes(PAGE)
    assert first == SlideNotes((0, 0), "a", "卷积", "先讲**直觉**")
    assert (second.place, second.anchor, second.title) == ((1, 0), "b", "")
    assert speaker_notes.as_text(second.html) == "one\ntwo"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>b</b>\n c</p><p>d</p>", "a b c\nd"),
        ("say<br>this", "say\nthis"),
        ("<pre><code>a = 1\nb</code></pre>c", "a = 1\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        (f"<p>with {FORMULA} and {DISPLAYED}</p>", "with $\\alpha_1$ and $$x < y$$"),
        ("&lt;b&gt;", "<b>"),
        ("", ""),
    ],
)
def test_a_line_of_text_is_a_paragraph_or_an_item(html, text):
    assert speaker_notes.as_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>a <strong>b</strong></p>\n<ul>\n<li>c <a href='https://a.b'>d</a></li>\n</ul>",
            "a **b**\n\n- c [d](https://a.b)",
        ),
        ("先讲**直觉**：_a_", "先讲**直觉**：_a_"),
        (f"<p>{FORMULA}</p>", "$\\alpha_1$"),
    ],
)
def test_notes_are_markdown(html, text):
    assert speaker_notes.as_markdown(html) == text


def test_the_file_has_a_part_for_each_deck_and_each_slide():
    text = speaker_notes.markdown([(deck(), speaker_notes.notes(PAGE)), (deck("池化"), [])])
    assert text == (
        f"{speaker_notes.MARK}\n\n# 卷积\n\n`slides/a.md`\n\n## 1. 卷积\n\n先讲**直觉**\n\n## 2.\n\none\n\ntwo\n\n"
        "# 池化\n\n`slides/a.md`\n"
    )


def test_without_the_package_it_is_said_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "markdownify", None)
    with pytest.raises(NoConverterError, match=r"pip install 'kejian\[office\]'"):
        speaker_notes.as_markdown("a")
