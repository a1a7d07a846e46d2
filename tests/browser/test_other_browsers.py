"""Decks of every kind in Firefox and in WebKit, the engine of Safari: nothing leaves its slide."""

import json
import shutil
import subprocess
from contextlib import contextmanager
from glob import glob
from pathlib import Path

import pytest

from kejian.core.toolchain import locate
from kejian.pipeline.build import Options, build
from tests.browser import kinds

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PUPPETEER = HERE.parents[1] / "requirements/lint/node_modules/puppeteer-core"
WEBKIT, DISPLAY = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
MINI_BROWSER = next(iter(glob("/usr/lib/*/webkit2gtk-4*/MiniBrowser")), "")
HAS_WEBKIT = bool(WEBKIT and MINI_BROWSER and DISPLAY)
MEASURE = HERE / "slides_seen.js"


@pytest.fixture(scope="module")
def pages(course_site, tmp_path_factory):
    """The lecture, a deck of each theme, and decks in five languages, by their names."""
    root = tmp_path_factory.mktemp("courses") / "kinds"
    kinds.write(root)
    assert not build(Options(course=root, out=root / "site")).failed
    found = {path.stem: path.as_uri() for path in sorted((root / "site/slides").glob("*.html"))}
    return {"lecture": (course_site / "slides/cnn.html").as_uri(), **found}


def wrong(found):
    return {
        name: [slide for slide in slides if slide["overflowing"] or slide["outside"]]
        for name, slides in found.items()
        if any(slide["overflowing"] or slide["outside"] for slide in slides)
    }


@pytest.mark.skipif(FIREFOX is None, reason="no Firefox on PATH; apt-get install firefox-esr to test pages in it")
@pytest.mark.skipif(not PUPPETEER.is_dir(), reason="what drives Firefox comes with `make lint`")
def test_firefox_shows_all_of_every_slide(pages):
    node = locate(HERE.parents[1]).node
    command = [node, HERE / "firefox.mjs", FIREFOX, MEASURE, *pages.values()]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    found = dict(zip(pages, json.loads(ran.stdout), strict=True))
    assert {name: one["said"] for name, one in found.items() if one["said"]} == {}
    assert wrong({name: one["slides"] for name, one in found.items()}) == {}
    assert len(found["lecture"]["slides"]) > 80


READY = """
const done = arguments[0];
const look = () => (document.querySelector(".reveal.ready") ? done() : setTimeout(look, 50));
look();
"""


@contextmanager
def webkit(monkeypatch):
    """A driver of WebKit on a display of its own."""
    from selenium import webdriver

    command = [DISPLAY, "-displayfd", "1", "-screen", "0", "1400x1000x24"]
    screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        monkeypatch.setenv("DISPLAY", f":{screen.stdout.readline().decode().strip()}")
        options = webdriver.WebKitGTKOptions()
        options.binary_location = MINI_BROWSER
        options.add_argument("--automation")
        driver = webdriver.WebKitGTK(options=options, service=webdriver.WebKitGTKService(executable_path=WEBKIT))
        driver.set_script_timeout(120)
        driver.set_window_size(1280, 760)
        try:
            yield driver
        finally:
            driver.quit()
    finally:
        screen.kill()
        screen.communicate()


@pytest.mark.skipif(not HAS_WEBKIT, reason="no WebKit here; apt-get install webkit2gtk-driver xvfb")
@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # of selenium's own
def test_webkit_shows_all_of_every_slide(pages, monkeypatch):
    pytest.importorskip("selenium", reason="pip install selenium to test pages in WebKit")
    script = f"const done = arguments[0]; {MEASURE.read_text('utf-8')} slidesSeen().then(done);"
    found = {}
    with webkit(monkeypatch) as driver:
        for name, url in pages.items():
            driver.get(url)
            driver.execute_async_script(READY)
            found[name] = driver.execute_async_script(script)
    assert wrong(found) == {}
    assert len(found["lecture"]) > 80
