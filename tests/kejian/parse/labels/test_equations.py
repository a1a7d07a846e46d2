r"""What numbers do to a formula's TeX."""

from itertools import count

import pytest

from kejian.parse.labels.equations import numbered, referring


@pytest.mark.parametrize(
    ("tex", "expected", "known", "beside"),
    [
        (r"a", r"a", {}, ""),
        (r"a \tag{7}", r"a \tag{7}", {}, ""),
        (r"a \label{x}", r"a", {"x": "(1)"}, "(1)"),
        (r"\label{x} a = b", r" a = b", {"x": "(1)"}, "(1)"),
        (r"a \tag{A} \label{x}", r"a ", {"x": "(A)"}, "(A)"),
        (r"a \tag*{II}\label{x}", r"a ", {"x": "II"}, "II"),
        ("a % b\n\\label{x}% c", "a % b\n% c", {"x": "(1)"}, "(1)"),
        (
            r"\begin{align} a \\ b \label{x} \\[2pt] c \notag \\ d \end{align}",
            r"\begin{align} a \tag{1} \\ b \tag{2} \\[2pt] c \notag \\ d \tag{3} \end{align}",
            {"x": "(2)"},
            "",
        ),
        (
            r"\begin{align*} a \\ b \label{x} \\ \end{align*}",
            r"\begin{align*} a \\ b \tag{1} \\ \end{align*}",
            {"x": "(1)"},
            "",
        ),
        (
            "\\begin{gather}\\begin{cases} a \\\\ b \\end{cases} \\label{x}\\\\ {c \\\\ d}% e\n\\end{gather}",
            "\\begin{gather}\\begin{cases} a \\\\ b \\end{cases} \\tag{1}\\\\ {c \\\\ d}% e\n\\tag{2}\n\\end{gather}",
            {"x": "(1)"},
            "",
        ),
        (
            r"\begin{align} a \tag{A}\label{x} \\ b \end{align}",
            r"\begin{align} a \tag{A} \\ b \tag{1} \end{align}",
            {"x": "(A)"},
            "",
        ),
        (r"\begin{equation} a \label{x} \end{equation}", r"\begin{equation} a \end{equation}", {"x": "(1)"}, "(1)"),
        (
            r"\begin{aligned} a \label{x} \\ b \end{aligned}",
            r"\begin{aligned} a \\ b \end{aligned}",
            {"x": "(1)"},
            "(1)",
        ),
        (r"\begin{align} a \\ b \end{align}", r"\begin{align} a \\ b \end{align}", {}, ""),
    ],
)
def test_a_label_numbers_its_formula(tex, expected, known, beside):
    numbers = count(1)
    assert numbered(tex, lambda: next(numbers)) == (expected, known, beside)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\eqref{x} + 1", r"\text{(3)} + 1"),
        (r"\ref{ x }", r"\text{3}"),
        (r"\ref{y}", r"\text{II}"),
        (r"\ref{z} \href{u}{v}", r"\ref{z} \href{u}{v}"),
    ],
)
def test_references_become_numbers(tex, expected):
    assert referring(tex, {"x": "(3)", "y": "II"}) == expected
