"""What is on a slide, and what is reported by the slide's number."""

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def frame(uri, inside=""):
    return parse_xml(
        f'<p:graphicFrame {NAMES}><p:nvGraphicFramePr><p:cNvPr id="9" name="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def test_bullets_of_a_placeholder_bold_words_and_links(talk):
    body = talk.slide("T").placeholders[1].text_frame
    body.text = "one"
    below = body.add_paragraph()
    below.level = 1
    run = below.add_run()
    run.text, run.font.bold = "two", True
    run.hyperlink.address = "https://example.org"
    assert talk.text == "## T\n- one\n  - [**two**](https://example.org)"
    assert talk.said == []


def test_an_address_that_would_run_something_is_text(talk):
    run = talk.slide("T").placeholders[1].text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = "click", "javascript:alert(1)"
    assert talk.text == "## T\n- click"


def test_text_boxes_are_prose_and_code(talk):
    slide = talk.slide("T")
    talk.box(slide, "a = 1\nprint(a)", (1, 2, 8, 1), name="Courier New")
    talk.box(slide, "Said\nthen", (1, 4, 8, 1))
    assert talk.text == "## T\n```\na = 1\nprint(a)\n```\nSaid\nthen"


def test_pictures_have_their_words(talk, pixel):
    slide = talk.slide("T", layout=5)
    picture = slide.shapes.add_picture(pixel(), Inches(1), Inches(2), Inches(5))
    picture.element.nvPicPr.cNvPr.set("descr", "An [odd]\npixel")
    assert talk.text == "## T\n![An [odd] pixel](../assets/talk/1-1.png){width=50%}"
    assert list(talk.imported().files) == ["assets/talk/1-1.png"]


def test_a_picture_that_is_cut_is_shown_whole_and_reported(talk, pixel):
    talk.slide("T", layout=5).shapes.add_picture(pixel(), 0, 0, Inches(9), Inches(9)).crop_left = 0.25
    assert talk.text == "## T\n![](../assets/talk/1-1.png)"
    assert talk.said == ["1 the cut of a picture, which the deck shows whole, on slide 1 has no counterpart here"]


def test_a_group_is_read_from_top_to_bottom(talk):
    group = talk.slide("T", layout=5).shapes.add_group_shape()
    for text, top in (("second", 3), ("first", 1)):
        group.shapes.add_textbox(Inches(1), Inches(top), Inches(3), Inches(1)).text_frame.text = text
    assert talk.text == "## T\nfirst\nsecond"


def test_drawings_films_formulas_and_objects_are_reported_by_their_slides(talk, pixel):
    talk.slide("One")
    slide = talk.slide("Two", layout=5)
    slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 9, 9)
    slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 9, 9)
    slide.shapes.add_movie(pixel(), 0, 0, 9, 9, poster_frame_image=pixel(1))
    box = talk.box(slide, "E")
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    box.paragraphs[0]._p.append(parse_xml(f'<m:oMath xmlns:m="{math}"/>'))
    slide.shapes._spTree.append(frame("http://schemas.openxmlformats.org/presentationml/2006/ole"))
    slide.shapes._spTree.append(parse_xml(f'<p:contentPart {NAMES} r:id="rId9"/>'))
    assert talk.said == [
        f"2 {what} on slide 2 has no counterpart here"
        for what in ("ink", "a drawing", "a film", "a formula", "an embedded object")
    ]


def test_of_what_versions_draw_in_different_ways_one_is_taken(talk, pixel):
    """A formula is a picture to older ones; what is newer than this is what they draw in its place."""
    slide = talk.slide("T", layout=5)
    text, picture = talk.box(slide, "E = m")._txBody.getparent(), slide.shapes.add_picture(pixel(), 0, 0, 9, 9).element
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    model = "<x:model3d xmlns:x='x'/>"
    for choice, fallback in ((text, model), (model, picture)):
        several = parse_xml(f"<mc:AlternateContent {names}><mc:Choice/><mc:Fallback/></mc:AlternateContent>")
        for way, content in zip(several, (choice, fallback), strict=True):
            way.append(parse_xml(content) if isinstance(content, str) else content)
        slide.shapes._spTree.append(several)
    assert talk.text == "## T\n![](../assets/talk/1-1.png)\nE = m"


def test_the_words_of_smart_art_are_a_list(talk):
    slide = talk.slide("T", layout=5)
    inside = (
        f'<dgm:x {NAMES} xmlns:dgm="d"><a:p><a:r><a:t>Plan</a:t></a:r></a:p><a:p><a:r><a:t>Do</a:t></a:r></a:p></dgm:x>'
    )
    part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, inside.encode())
    name = slide.part.relate_to(part, "http://x/diagramData")
    ids = f'<dgm:relIds {NAMES} xmlns:dgm="d" r:dm="{name}"/>'
    slide.shapes._spTree.append(frame("http://schemas.openxmlformats.org/drawingml/2006/diagram", ids))
    assert talk.text == "## T\n- Plan\n- Do"
    assert talk.said == ["1 SmartArt, of which the deck has the words as a list, on slide 1 has no counterpart here"]


def test_pictures_that_cannot_be_shown_are_reported(talk, pixel):
    slide = talk.slide("T", layout=5)
    linked, other = (slide.shapes.add_picture(pixel(n), 0, 0, 9, 9) for n in range(2))
    linked.element.find(".//{*}blip").set(next(iter(linked.element.find(".//{*}blip").attrib)), "rId99")
    slide.part.related_part(other.element.blip_rId)._content_type = "image/x-emf"
    assert talk.text == "## T"
    assert talk.said[0] == "1 a picture that is not in the file on slide 1 has no counterpart here"


def test_date_footer_and_number_are_left_out(talk):
    slide = talk.slide("T", layout=5)
    for kind in ("dt", "ftr", "sldNum"):
        box = talk.box(slide, "7")
        box._txBody.getparent().find(".//{*}nvPr").append(parse_xml(f'<p:ph {NAMES} type="{kind}"/>'))
    assert talk.text == "## T"
