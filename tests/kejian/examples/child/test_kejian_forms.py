"""The forms that a value has, as notebooks ask for them, and which one is taken."""

from base64 import b64encode

import pytest

from kejian.examples.child.kejian_forms import chosen
from kejian.examples.child.kejian_outputs import CannotShowError


def saying(**forms):
    """An object of a type that has these methods."""
    methods = {f"_repr_{name}_": (lambda self, data=data: data) for name, data in forms.items()}
    return type("Said", (), methods)()


class Raises:
    def _repr_html_(self):
        raise RuntimeError("no renderer")

    def _repr_latex_(self):
        return "$x$"


class MakesUp:
    def __getattr__(self, name):
        return lambda: "made up"


CHOSEN = {
    "a drawing before HTML": (saying(html="<b>", svg="<svg/>"), ("svg", "<svg/>")),
    "a drawing in bytes": (saying(svg=b"<svg/>"), ("svg", "<svg/>")),
    "a picture before HTML": (saying(html="<b>", png=b"PNG"), ("png", b"PNG")),
    "a picture as base64": (saying(png=b64encode(b"PNG").decode()), ("png", b"PNG")),
    "HTML before Markdown": (saying(markdown="**b**", html="<b>"), ("html", "<b>")),
    "Markdown before TeX": (saying(markdown="**b**", latex="$x$"), ("markdown", "**b**")),
    "TeX": (saying(latex="$x$"), ("latex", "$x$")),
    "none that it does not have": (saying(html=None, svg="", latex="$x$"), ("latex", "$x$")),
    "none of another type": (saying(html=3, latex="$x$"), ("latex", "$x$")),
    "of a bundle": (saying(mimebundle={"text/html": ["<b>", "x"], "text/plain": "x"}), ("html", "<b>x")),
    "of a bundle with metadata": (saying(mimebundle=({"image/png": b64encode(b"PNG").decode()}, {})), ("png", b"PNG")),
    "beside a bundle": (saying(mimebundle={"text/plain": "x"}, latex="$x$"), ("latex", "$x$")),
    "a bundle that is none": (saying(mimebundle=7, latex="$x$"), ("latex", "$x$")),
    "another where one raises": (Raises(), ("latex", "$x$")),
    "none that is made up": (MakesUp(), ("", None)),
    "none of a type": (Raises, ("", None)),
    "text": (object(), ("", None)),
}


@pytest.mark.parametrize("value, form", CHOSEN.values(), ids=CHOSEN)
def test_the_first_form_that_a_page_can_hold_is_taken(value, form):
    assert chosen(value, "")[:2] == form


def test_a_form_may_be_asked_for():
    assert chosen(saying(svg="<svg/>", latex="$x$"), "latex")[:2] == ("latex", "$x$")
    assert chosen("**text**", "markdown")[:2] == ("markdown", "**text**")


def test_error_of_a_form_is_reported_if_no_form_is_left():
    kind = type("Broken", (), {"_repr_html_": Raises._repr_html_})
    assert chosen(kind(), "") == ("", None, "_repr_html_() raises RuntimeError: no renderer")


def test_a_form_that_is_not_there_is_an_error_with_those_that_are():
    with pytest.raises(CannotShowError) as found:
        chosen(saying(svg="<svg/>", markdown="x"), "latex")
    assert str(found.value) == "returns a value of the type Said, which has no latex|svg markdown text"


def test_a_styled_frame_has_the_same_ids_in_each_run():
    class Styled:
        uuid = "random"

        def set_uuid(self, uuid):
            self.uuid = uuid

        def _repr_html_(self):
            return f'<table id="T_{self.uuid}">'

    assert chosen(Styled(), "")[1] == '<table id="T_styled">'
