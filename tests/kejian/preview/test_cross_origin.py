"""Whom the preview answers, by what a browser says of who asks, and how it shows what the course brings along."""

import pytest
from starlette.datastructures import Headers

from kejian.preview.cross_origin import apart, foreign


@pytest.mark.parametrize(
    "headers, expected",
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, True),
        ({"origin": "http://localhost:8917"}, False),
        ({"origin": "http://localhost:8918"}, True),
        ({"origin": "https://localhost:8917"}, True),
        ({"origin": "http://attacker.invalid"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
    ],
)
def test_another_site_is_foreign(headers, expected):
    assert foreign(Headers({"host": "localhost:8917"} | headers)) is expected


@pytest.mark.parametrize("path", ["slides/a.svg", "a.png", "a.txt", "a.html", "a.PDF.svg", "a"])
def test_what_the_course_brings_along_is_shown_in_a_sandbox(path):
    rules = apart(path, scripts=False).split("; ")
    assert {"sandbox", "default-src 'none'"} <= set(rules)
    assert not any("script" in rule for rule in rules)


def test_a_pdf_needs_its_viewer():
    assert "sandbox" not in apart("a.PDF", scripts=False)


def test_page_with_permitted_scripts_runs_with_an_opaque_origin():
    assert "sandbox allow-scripts;" in apart("demo.html", scripts=True)
    assert apart("a.png", scripts=True) == apart("a.png", scripts=False)
