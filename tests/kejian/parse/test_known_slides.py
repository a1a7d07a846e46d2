"""A slide that was drawn before is the slide that would be drawn now."""

from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store
from kejian.core.model import Source
from kejian.parse import known_slides, markdown
from kejian.parse.deck import ParseContext, parse
from kejian.parse.known_slides import SlideStore
from kejian.parse.lines.text_macros import table

LINES = [
    "<!-- slide -->",
    "<!-- slide data-a=true -->",
    "<!-- slide data-a=1 -->",
    "<!-- slide vertical=true data-background-image=p.png -->",
    "# Same",
    "## Same {#x}",
    "[TOC]",
    "text $a$ `x` HTML [l] :fa-home:",
    "note[^1] and ^[another]",
    "[^1]: said",
    "*[HTML]: a language",
    "[l]: b.md",
    "[b](b.md) ![p](p.png) ![none](none.png)",
    "<b onclick=x>raw</b> $x<1$",
    '```py {cmd=true id="a"}\nx = 1\n```',
    "```py {cmd=true continue}\ny = x\n```",
    '@import "part.md"',
    '@import "code.py" {symbol="f" cmd=true}',
    '@import "code.py" {line_end=1 .a}',
    '@import "code.py" {line_end=true .a}',
    "> $$\n> y\n> $$",
    "",
]


@pytest.fixture(scope="module", params=[False, True], ids=["", "code on slides"])
def around(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "p.png").touch()
    (root / "b.md").write_text("b\n", "utf-8")
    (root / "part.md").write_text("part $p$\n\n<!-- slide -->\nother\n", "utf-8")
    (root / "code.py").write_text("def f():\n    return 1\n", "utf-8")
    return ParseContext(Folder(root), table([]), Course(slide_code=request.param))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The slides of earlier parses, as a course's cache keeps them."""
    return SlideStore(Store(tmp_path_factory.mktemp("cache")), "as today")


@pytest.fixture
def drawn(monkeypatch):
    """The slides that were drawn, and not recalled."""
    found, real = [], markdown.render
    monkeypatch.setattr(
        "kejian.parse.markdown.render", lambda *given, **how: found.append(given[0]) or real(*given, **how)
    )
    return found


def seen(text, around, store=None):
    """All of a deck, with the spans that do not count when holes are compared, and what was read for it."""
    folder = around.folder.watched()
    deck = parse(Source("a.md", text), ParseContext(folder, around.macros, around.course), store)
    chunks = [code.span for example in deck.examples for code in example.code]
    spans = [*(hole.span for hole in deck.holes), *chunks]
    return deck, repr(deck), spans, folder.reads


@given(st.lists(st.sampled_from(LINES), max_size=20), st.data())
def test_after_any_edit_the_deck_is_as_if_it_had_never_been_read(around, lines, data):
    at = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(at, min(len(lines), at + 2)))
    put = data.draw(st.lists(st.sampled_from(LINES), max_size=2))
    edited = "\n".join([*lines[:at], *put, *lines[end:]])
    seen("\n".join(lines), around)
    after = seen(edited, around)
    known_slides.RECENT.clear()
    assert after == seen(edited, around)


@given(st.lists(st.sampled_from(LINES), max_size=20), st.data())
def test_the_same_holds_for_another_process(around, store, lines, data):
    at = data.draw(st.integers(0, len(lines)))
    put = data.draw(st.lists(st.sampled_from(LINES), max_size=2))
    edited = "\n".join([*lines[:at], *put, *lines[at + 1 :]])
    for text in ("\n".join(lines), edited):
        known_slides.RECENT.clear()
        after = seen(text, around, store)
        known_slides.RECENT.clear()
        assert after == seen(text, around)


DECK = "".join(f"<!-- slide -->\n\n# Title {n}\n\ntext {n} $x_{n}$ ![p](p{n}.png)\n\n" for n in range(9))


def test_only_the_slide_that_was_edited_is_drawn(around, drawn):
    known_slides.RECENT.clear()
    seen(DECK, around)
    drawn.clear()
    edited = DECK.replace("text 4", "text four\nin two lines")
    found, _, spans, _ = seen(edited, around)
    assert [lines[3:5] for lines in drawn] == [["text four", "in two lines $x_4$ ![p](p4.png)"]]
    assert list(map(str, spans)) == [
        f"a.md:{edited[: edited.index(f'$x_{n}')].count(chr(10)) + 1}:{14 if n == 4 else 8}" for n in range(9)
    ]
    assert [f.span.line for f in found.diagnostics] == [span.line for span in spans]


def test_another_process_parses_only_the_slide_that_was_edited(around, drawn, store):
    seen(DECK, around, store)
    known_slides.RECENT.clear()
    drawn.clear()
    seen(DECK.replace("text 4", "text four"), around, store)
    assert len(drawn) == 1
    known_slides.RECENT.clear()
    seen(DECK.replace("text 4", "text four"), around, store)
    assert len(drawn) == 1


def test_what_is_parsed_in_another_way_is_parsed_anew(around, drawn, store):
    seen(DECK, around, store)
    known_slides.RECENT.clear()
    drawn.clear()
    seen(DECK, around, SlideStore(store.store, "another version"))
    assert len(drawn) == 10


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90"], ids=repr)
def test_a_damaged_entry_is_parsed_anew(around, drawn, store, data):
    seen(DECK, around, store)
    found = msgspec.msgpack.decode(store.store.get(store.place("a.md")))
    assert len(found) == 10
    store.store.put(store.place("a.md"), msgspec.msgpack.encode(dict.fromkeys(found, data)))
    known_slides.RECENT.clear()
    drawn.clear()
    assert seen(DECK, around, store)[1] == seen(DECK, around)[1]
    assert len(drawn) == 10


def test_a_picture_that_comes_or_goes_has_its_slide_drawn(around, drawn):
    known_slides.RECENT.clear()
    assert any("p7.png is missing" in one.message for one in seen(DECK, around)[0].diagnostics)
    drawn.clear()
    picture = around.folder.root / "p7.png"
    picture.touch()
    found, _, _, reads = seen(DECK, around)
    picture.unlink()
    assert len(drawn) == 1
    assert reads["p7.png"] == sha256(b"").hexdigest()
    assert not any("p7.png" in one.message for one in found.diagnostics)


def test_a_heading_of_the_same_words_further_up_changes_the_ids_below(around, drawn):
    known_slides.RECENT.clear()
    assert [slide.headings[0].id for slide in seen(DECK, around)[0].slides][2:5] == ["title-2", "title-3", "title-4"]
    drawn.clear()
    found, *_ = seen(DECK.replace("Title 0", "Title 3"), around)
    assert [slide.headings[0].id for slide in found.slides][:5] == [
        "title-3",
        "title-1",
        "title-2",
        "title-3-1",
        "title-4",
    ]
    assert len(drawn) == 2


def test_no_more_slides_are_kept_than_a_large_deck_has(around, drawn, monkeypatch):
    monkeypatch.setattr(known_slides.RECENT, "most", 5)
    known_slides.RECENT.clear()
    seen(DECK, around)
    seen(DECK, around)
    assert len(drawn) == 20


def test_a_picture_whose_link_no_longer_leads_out_is_shown(around, tmp_path):
    (tmp_path / "outside.png").touch()
    link = around.folder.root / "link.png"
    link.symlink_to(tmp_path / "outside.png")
    text = "<!-- slide -->\n\n![a](link.png)\n"
    assert [one.code for one in seen(text, around)[0].diagnostics] == ["outside-course"]
    link.unlink()
    link.touch()
    assert seen(text, around)[0].diagnostics == ()
    link.unlink()
