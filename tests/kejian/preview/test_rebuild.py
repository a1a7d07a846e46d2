"""The preview's builds and what they tell, without a server."""

import threading

import pytest

from kejian.preview.rebuild import Preview

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
        self.preview = Preview(
            course=course, emit=self.tell, today=lambda: "2026-11-24", on_findings=self.stands.append
        )

    def tell(self, event, data):
        self.events.append((event, data))
        if event == "failed" and ("running", []) in self.events:
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
    stands = dict(heard.events[-2:])
    assert [found["severity"] for found in stands["findings"]] == ["error"]
    assert list(stands["failed"]) == ["shown.f()"]


def test_errors_while_the_preview_is_ending_are_ignored(course, monkeypatch):
    def fails(_self):
        raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(Preview, "_catch_up", fails)
    preview = Preview(course=course, emit=lambda *_: None, today=lambda: "2026-11-24")
    with pytest.raises(RuntimeError, match="shutdown"):
        preview._behind_it()
    preview.ended.set()
    preview._behind_it()


def test_edited_example_runs_again_and_its_fixed_error_disappears(course):
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
    """An author with the deck open. seen: the slides of each patch, and whether they were published."""

    def __init__(self, course, text):
        self.deck = course / "slides" / "a.md"
        self.deck.write_text(text, "utf-8")
        self.seen, self.others = [], []
        self.preview = Preview(course=course, emit=self.tell, today=lambda: "2026-11-24")
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


def test_of_a_course_that_is_not_trusted_no_example_runs(course):
    """Not after an edit either; that its output is not verified stands, since nothing will change that."""
    (course / "kejian.toml").write_text('graphviz = "system"\n')
    (course / "demo_examples" / "shown.py").write_text(f"open({str(course / 'mark')!r}, 'w')\ndef f(): pass\n")
    heard = Heard(course)
    heard.preview.execute = heard.preview.trusted = False
    for _ in range(2):
        assert heard.built() == [["setting-not-trusted", "not-verified"]] * 2
        with (course / "slides" / "a.md").open("a") as deck:
            deck.write("\nmore\n")
    assert not (course / "mark").exists()


def test_of_a_course_that_is_trusted_programs_are_started_by_quick_builds_as_well(course):
    (course / "kejian.toml").write_text('graphviz = "system"\n')
    heard = Heard(course)
    assert [code for found in heard.built() for code in found if code == "setting-not-trusted"] == []


def test_what_a_page_has_missed_is_known(course):
    preview = Preview(course=course, emit=lambda *_: None, today=lambda: "2026-11-24", execute=False)
    first = preview.moment
    preview.rebuild()
    then = preview.moment
    assert "slides/a.html" in preview.missed(first)
    assert preview.missed(then) == []
    (course / "slides" / "a.md").write_text("<!-- slide -->\n\n# other\n", "utf-8")
    preview.rebuild()
    assert "slides/a.html" in preview.missed(then)
    assert preview.missed(preview.moment) == []


@pytest.mark.parametrize("moment", ["", "x", "0", "00000000-1", "{}-", "{}-x", "{}--1"])
def test_what_a_page_of_another_preview_has_missed_is_not(course, moment):
    preview = Preview(course=course, emit=lambda *_: None, today=lambda: "2026-11-24", execute=False)
    assert preview.missed(moment.format(preview.began)) is None
