"""One real browser for the tests of a module, and the project's own course to look at in it."""

import re
import shutil
import time
from pathlib import Path

import pytest

from kejian.pipeline.build import Options, build

ROOT = Path(__file__).parents[2]
LOADING = ("context was destroyed", "is null", "of null", "is not defined")
"""What the browser says of a page that is being loaded anew."""
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


@pytest.fixture(scope="session")
def course_site(tmp_path_factory):
    """The project's own course as a folder, with what its record says that examples show."""
    out = tmp_path_factory.mktemp("course") / "site"
    report = build(Options(course=ROOT, out=out, execute=False, trusted=True))
    assert not report.failed
    return out


@pytest.fixture
def visit(chromium, course_site):
    """Opens a page of a folder, by default of the project's course: offline, and with no complaint to the end.

    Arguments but `path` and `site` are for the browser's context. Leaving the folder is a complaint.
    """
    contexts, complaints = [], []

    def opened(path, site=course_site, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 720}, "offline": True, **options})
        contexts.append(context)
        context.set_default_timeout(60_000)
        watch(context, site.as_uri(), complaints)
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}")
        if options.get("java_script_enabled", True):
            settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def watch(context, root, complaints):
    """Keeps what pages complain of and refuses every request that leaves the root, which is a complaint."""

    def let_through(route):
        if route.request.url.startswith(root):
            return route.continue_()
        complaints.append(f"left the site: {route.request.url}")
        return route.abort()

    def failed(request):  # a page that is left or closed while its parts come lets them go
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url} {request.failure}")

    context.route(re.compile(".*"), let_through)
    context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda e: complaints.append(str(e.error)))
    context.on("requestfailed", failed)


def settled(page):
    """Waits until a page stands, whichever view it shows."""
    until(page, "document.documentElement.dataset.view !== 'slides' || (window.Reveal && Reveal.isReady())")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


def until(page, condition):
    """Waits for a script's truth; Playwright's own wait needs `eval`, which the policy forbids."""
    for _ in range(200):
        if _holds(page, condition):
            return
        time.sleep(0.05)
    pytest.fail(f"never came true: {condition}")


def _holds(page, condition):
    try:
        return page.evaluate(f"Boolean({condition})")
    except Exception as e:
        if any(words in str(e) for words in LOADING):
            return False
        raise
