"""Imported style sheets bring the local files they name."""

from kejian.folder import Folder
from kejian.reading.styles import style_assets


def test_style_assets(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text(
        '@import "b.css";\n.x { background: url("../img/p.png?v=1#x") }\n'
        ".y { background: url(data:image/png;base64,AA) }\n.z { background: url(https://x.org/q.png) }\n"
        ".w { background: url(gone.png) }\n"
    )
    (tmp_path / "css" / "b.css").touch()
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "p.png").touch()
    found = []
    assert style_assets("css/a.css", Folder(tmp_path), found) == ["css/b.css", "img/p.png"]
    assert [(d.code, d.span.line) for d in found] == [("remote-style", 4), ("missing-style-file", 5)]


def test_a_style_that_is_not_text(tmp_path):
    (tmp_path / "a.css").write_bytes(b"\0")
    found = []
    assert style_assets("a.css", Folder(tmp_path), found) == []
    assert [d.code for d in found] == ["style-unreadable"]
