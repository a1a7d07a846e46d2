"""What is exported of slides as text: titles and speaker notes."""

from kejian.browser.slide_texts import SlideText, as_markdown, slide_texts

PAGE = """<main><div class="slides">
<section class="slide" data-h="0" data-v="0" aria-label="One &amp; all"><div class="body"><p>shown</p></div>
<aside class="notes"><p>First, <b>slowly</b>.</p><ul><li>a</li><li>b <span class="formula" data-tex="x^2"><svg></svg>
<math><mi>x</mi></math></span></li></ul></aside></section>
<section class="stack"><section class="slide" data-h="1" data-v="0"><aside class="notes">Only a line</aside></section>
<section class="slide" data-h="1" data-v="1" aria-label="Last"></section></section>
</div></main>"""
TEXTS = [
    SlideText((0, 0), "One & all", "First, slowly.\na\nb $x^2$"),
    SlideText((1, 0), "", "Only a line"),
    SlideText((1, 1), "Last", ""),
]


def test_each_slide_has_its_place_its_title_and_its_notes_by_paragraphs():
    assert slide_texts(PAGE) == TEXTS


def test_notes_are_markdown_with_a_heading_for_each_slide():
    text = as_markdown("Lecture", TEXTS)
    assert text == (
        "# Lecture\n\n## 1. One & all\n\nFirst, slowly.\n\na\n\nb $x^2$\n\n## 2. …\n\nOnly a line\n\n## 3. Last\n"
    )


def test_a_plain_page_has_no_slides():
    assert slide_texts("<main><p>text</p></main>") == []
