"""The attributes that an editor offers for an import, by what it imports."""

from kejian.core.attributes import parse
from kejian.core.config import Course
from kejian.editor import attribute_words


def test_an_address_can_be_a_qr_code_with_the_attributes_of_a_picture():
    offered = attribute_words.names("import", "https://example.org/", parse("{width=200}"))
    assert {"as", "alt", "height"} <= {*offered}
    assert "width" not in offered
    assert "qr" in attribute_words.values("as", Course())
