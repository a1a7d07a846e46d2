"""Templates: the course's own first, no way out of one into Python, and compiled once."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.sandbox import SecurityError

from kejian.core import templates
from kejian.core.disk.store import Store


@pytest.fixture
def own(tmp_path):
    """Writes templates into a course's folder; gives an environment that has read none of them."""

    def write(compiled=None, **texts):
        folder = tmp_path / "course" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.html").write_text(text, "utf-8")
        return templates.environment.__wrapped__(folder, compiled)

    return write


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "compiled")


def drawn(jinja, name, **values):
    return jinja.get_template(f"{name}.html").render(values)


def entries(store):
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def test_a_template_of_the_course_stands_before_the_default_one(own):
    assert templates.text(templates.environment(), "deck.html") != "mine"
    jinja = own(deck="mine")
    assert templates.text(jinja, "deck.html") == drawn(jinja, "deck") == "mine"
    assert templates.text(jinja, "index.html") == templates.text(templates.environment(), "index.html")


def test_a_link_out_of_the_course_is_no_template(own, tmp_path):
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    jinja = own()
    (tmp_path / "course" / "templates" / "x.html").symlink_to(tmp_path / "secret.html")
    with pytest.raises(TemplateNotFound):
        drawn(jinja, "x")


def test_what_is_no_html_yet_becomes_it_and_a_name_without_a_value_is_an_error(own):
    assert drawn(own(x="{{ word }}\n"), "x", word="<b>") == "&lt;b&gt;\n"
    with pytest.raises(UndefinedError):
        drawn(own(x="{{ wrod }}"), "x", word="")


@pytest.mark.parametrize("way", ["''.__class__.__mro__", "words.append(1)", "draw.__globals__"])
def test_no_template_gets_at_python(own, way):
    with pytest.raises((SecurityError, UndefinedError)):
        drawn(own(x=f"{{{{ {way} }}}}"), "x", words=[], draw=drawn)


def test_a_template_is_compiled_once(own, store, monkeypatch):
    assert drawn(own(store, x="1 {{ a }}"), "x", a=2) == "1 2"
    monkeypatch.setattr(templates.Environment, "compile", None)
    assert drawn(own(store), "x", a=3) == "1 3"


def test_a_template_that_changed_is_compiled_anew_in_the_place_of_the_other(own, store):
    assert drawn(own(store, x="1"), "x") == "1"
    assert drawn(own(store, x="2"), "x") == "2"
    assert drawn(own(store), "x") == "2"
    assert len(entries(store)) == 1


def test_damaged_cache_entry_is_compiled_again(own, store):
    drawn(own(store, x="1"), "x")
    (entry,) = entries(store)
    data = entry.read_bytes()
    entry.write_bytes(data[:-9] + b"123456789")
    assert drawn(own(store), "x") == "1"
    assert entry.read_bytes() == data


def test_without_a_cache_templates_are_compiled_each_time(own, tmp_path):
    (tmp_path / "file").write_text("")
    nowhere = Store(tmp_path / "file")
    assert [drawn(own(nowhere, x="1"), "x") for _ in range(2)] == ["1", "1"]


def test_every_file_that_is_named_is_there():
    jinja = templates.environment()
    for name in (*templates.SHEETS, *templates.SCRIPTS):
        assert templates.text(jinja, f"theme/{name}")
