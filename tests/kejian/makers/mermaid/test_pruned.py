"""What is not seen is left out."""

from xml.etree import ElementTree as ET

import pytest

from kejian.makers.mermaid.pruned import pruned


@pytest.mark.parametrize(
    "inside, left",
    [
        ("<g><g/></g>", ""),
        ("<g> <text> </text></g>", ""),
        ("<g><text>a</text></g>", "<g><text>a</text></g>"),
        ('<rect fill="red"/>', ""),
        ('<rect width="1" height="1"/>', '<rect width="1" height="1" />'),
        ('<defs><marker id="m"><path/></marker></defs>', ""),
        ('<marker id="m"/><path marker-end="url(#m)"/>', '<marker id="m" /><path marker-end="url(#m)" />'),
    ],
)
def test_what_is_left(inside, left):
    root = ET.fromstring(f"<svg>{inside}</svg>")
    pruned(root)
    assert ET.tostring(root, encoding="unicode") == (f"<svg>{left}</svg>" if left else "<svg />")
