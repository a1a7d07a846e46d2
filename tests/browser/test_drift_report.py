"""The drift report in a real browser: it fits, its pictures show, it asks for nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kejian.checks.drift_page import report
from kejian.core.diagnostics import Span
from kejian.examples.record.compare_outputs import agree
from kejian.examples.record.drift import Drift
from kejian.examples.record.outputs import Output

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on PATH; apt-get install chromium to test pages in it"),
]

TEXT = Output(kind="text", name="", suffix="txt", data=b"x" * 300)
PICTURE = Output(
    kind="picture",
    name="",
    suffix="svg",
    data=b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='5'/></svg>",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1300])
def test_drift_report_fits_the_window_and_requests_nothing(tmp_path, scheme, width):
    from playwright.sync_api import sync_playwright

    changed = (replace(TEXT, data=b"y" * 300), replace(PICTURE, data=PICTURE.data.replace(b"5", b"4")))
    verdict = agree((TEXT, PICTURE), changed)
    for path, data in report(
        [Drift(example="lenet.fit()", span=Span("slides/a.md"), reason="changed", name="lenet.fit", verdict=verdict)]
    ).items():
        (tmp_path / path).write_bytes(data)
    asked, said = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto((tmp_path / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("[...document.images].map(image => image.naturalWidth)") == [9] * 4
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
