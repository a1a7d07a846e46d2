"""The preview's builds and what they tell, without a server."""

import threading

import pytest

from kejian.live.preview import Preview

FAILING = "def f():\n    raise ValueError('x')\n"


@pytest.fixture
def course(tmp_path):
    for path, text in {
        "slides/a.md": '<!-- slide -->\n\n# 一\n\n@import "../demo_examples/shown.py" {symbol="f" cmd=true}\n',
        "demo_examples/__init__.py": "",
        "demo_examples/shown.py": FAILING,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


class Heard:
    """A preview that is built, and all that it told until its examples had run."""

    def __init__(self, course):
        self.events, self.stands, self.idle = [], [], threading.Event()
        self.preview = Preview(course, self.tell, lambda: "2026-11-24", told=self.stands.append)

    def tell(self, event, data):
        self.events.append((event, data))
        if event == "findings" and ("running", []) in self.events:
            self.idle.set()

    def built(self):
        self.events.clear()
        self.stands.clear()
        self.idle.clear()
        self.preview.rebuild()
        assert self.idle.wait(60)
        return [[found.code for found in found] for found in self.stands if found is not None]


def test_an_example_that_fails_runs_once_and_its_failure_stands(course):
    heard = Heard(course)
    assert heard.built() == [[], ["example-failed"]]
    threading.Event().wait(0.5)  # nothing runs again by itself
    assert [event for event in heard.events if event[0] == "running"] == [("running", ["shown.f"]), ("running", [])]
    assert heard.stands[::2] == [None, None]
    ((_, findings),) = [event for event in heard.events[-1:] if event[0] == "findings"]
    assert [found["severity"] for found in findings] == ["error"]


def test_after_an_edit_it_runs_again_and_what_is_mended_is_gone(course):
    heard = Heard(course)
    heard.built()
    (course / "demo_examples" / "shown.py").write_text("def f():\n    print(1)\n", "utf-8")
    assert heard.built() == [["example-failed"], []]


def test_a_failure_stands_while_other_text_is_edited(course):
    heard = Heard(course)
    heard.built()
    (course / "slides" / "a.md").write_text((course / "slides" / "a.md").read_text("utf-8") + "\n文\n", "utf-8")
    assert heard.built() == [["example-failed"], ["example-failed"]]


class Reader:
    """Somebody who has the deck open and edits it. seen: the slides of each patch, and whether they were published."""

    def __init__(self, course, text):
        self.deck = course / "slides" / "a.md"
        self.deck.write_text(text, "utf-8")
        self.seen, self.others = [], []
        self.preview = Preview(course, self.tell, lambda: "2026-11-24")
        self.preview.rebuild()
        self.preview.opened["slides/a.html"] = self.published()
        self.seen.clear()
        self.others.clear()

    def published(self):
        return (self.preview.out / "slides" / "a.html").read_text("utf-8")

    def tell(self, event, data):
        if event == "patched":
            (slide,) = data["slides"]
            self.seen.append((slide[:2], slide[2] in self.published()))
        elif event == "changed":
            self.others.append(data)

    def edits(self, old, new):
        self.deck.write_text(self.deck.read_text("utf-8").replace(old, new), "utf-8")
        self.preview.rebuild()
        return self.preview.report


TWO = "<!-- slide -->\n\n# 一\n\n<!-- slide -->\n\n文二\n"


def test_an_edit_is_shown_once_and_before_it_is_published(course):
    reader = Reader(course, TWO)
    assert not reader.edits("文二", "文文二").failed
    assert reader.seen == [((1, 0), False)]
    assert "文文二" in reader.published()
    assert not [paths for paths in reader.others if "slides/a.html" in paths]


def test_a_page_that_changes_elsewhere_is_read_anew(course):
    reader = Reader(course, TWO)
    reader.edits("<!-- slide -->\n\n文二", "文二")
    assert reader.seen == []
    assert any("slides/a.html" in paths for paths in reader.others)


def test_nothing_is_shown_of_a_course_with_an_error(course):
    reader = Reader(course, TWO)
    (course / "kejian.toml").write_text('logo = "none.svg"\n', "utf-8")
    before = reader.published()
    assert reader.edits("文二", "文文二").failed
    assert reader.seen == reader.others == []
    assert reader.published() == before
