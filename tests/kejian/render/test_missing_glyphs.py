"""Characters without a glyph are reported where they stand."""

from kejian.core import toolchain
from kejian.core.diagnostics import Severity
from kejian.core.disk.files import Folder
from kejian.render.missing_glyphs import aligned, shown, undrawn


def test_undrawn(tmp_path):
    (tmp_path / "a.md").write_text("汉字\nx 𒀀 y 😀\n", encoding="utf-8")
    found = list(undrawn("a.md", "汉字xyαβ→✓𒀀😀", toolchain.locate(), Folder(tmp_path)))
    assert [(d.code, d.span.line, d.span.column) for d in found] == [("missing-glyph", 2, 3)]
    assert "U+12000, cuneiform sign a" in found[0].message


def test_a_character_that_an_import_brings_is_reported_at_the_deck(tmp_path):
    (found,) = undrawn("gone.md", "𒀀", toolchain.locate(), Folder(tmp_path))
    assert (found.span.path, found.span.line) == ("gone.md", 1)


def test_what_readers_hear_needs_no_glyph():
    page = '<p data-tex="∉">a<math><mo>∉</mo></math>b<math\nclass="x">c</math></p>'
    assert shown(page) == "".join(sorted(set("<p>ab</p>")))


def test_what_is_drawn_is_not_reported(tmp_path):
    assert list(undrawn("a.md", "卷积神经网络 abc ≤ → ① α", toolchain.locate(), Folder(tmp_path))) == []


def test_wide_characters_of_listings_and_outputs_are_told_apart():
    first = "<section a>外<pre class='x'>卷<b>积</b>，ab…</pre><code>行</code></section>"
    page = f"{first}<section b><pre>한</pre>尾</section>"
    assert aligned(page) == "卷积한，"
    assert aligned("<p>字</p>") == ""


def test_the_script_of_the_course_s_language_is_a_hint(tmp_path):
    (tmp_path / "a.md").write_text("שלום", "utf-8")
    (found,) = undrawn("a.md", "שלום", toolchain.locate(), Folder(tmp_path), "he-IL")
    assert (found.severity, found.hint) == (Severity.HINT, "")
    assert "of Hebrew" in found.message
    (other,) = undrawn("a.md", "שלום", toolchain.locate(), Folder(tmp_path), "en")
    assert other.severity is Severity.WARNING
