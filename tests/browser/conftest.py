"""One real browser for the tests of a module."""

import shutil

import pytest

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium():
    """Chromium, started once; skips where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test pages in a browser")
    if BROWSER is None:
        pytest.skip(reason="no Chromium on PATH; apt-get install chromium to test pages in it")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
