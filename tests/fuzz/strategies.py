"""Inputs for the targets: pieces of what each reads, glued together, now and then with something else between."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

_PIECES = json.loads(Path(__file__).with_name("pieces.json").read_text("utf-8"))
_LIKE = {"open": "parse", "import": "attributes"}
"""Targets that read what another one reads."""


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Bytes for a target."""
    pieces = st.sampled_from(_PIECES[_LIKE.get(target, target)])
    glued = st.lists(pieces | pieces | pieces | st.text(max_size=3), max_size=40).map("".join)
    return glued.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=100)
