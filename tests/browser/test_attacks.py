"""The attacks of `tests/attacks/corpus` in a real browser: no script of a deck runs, and no request leaves its site."""

import json
import posixpath
import re
import runpy
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from markdown_it import MarkdownIt

from tests.browser.conftest import until

pytestmark = pytest.mark.slow

ATTACKS = Path(__file__).parents[1] / "attacks"
CORPUS = runpy.run_path(str(ATTACKS / "corpus.py"))
KINDS = [kind for kind in CORPUS["NAMES"] if kind != "courses"]
TOGETHER = 16  # cases that are slides of one deck; one with front matter is a deck of its own
MANY = 64  # of those that are made as a product
SETTINGS = re.compile("markup|macro|record|names? |scripts that|MathJax that changes")
ALONE = [case for case in CORPUS["cases"]("courses") if SETTINGS.search(case.title)]
# What a refused attack leaves in the console, besides files that are not there.
EXPECTED = re.compile("Content Security Policy|net::ERR_|Refused to|Not allowed to load|preload|OTS parsing error|404")
# An attack that runs sets it. The console tells of it even where the page is left for another at once.
TOLD = "Object.defineProperty(window, '__pwned', { set: (value) => console.error('ran:', value), get: () => {} })"
CLICKED = "main a[href], main [data-preview-link], main [data-preview-image], main [onclick], main button, main summary"
CLICK = r"""(selector) => {
  for (const one of document.querySelectorAll(selector)) {
    const href = one.getAttribute("href") ?? "";
    if (href && !href.startsWith("#") && !/^[\s\u0000-\u001f]*(?:java|vb|data|blob)/i.test(href)) continue; // away
    for (const type of ["mouseover", "focus", "click"]) {
      one.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    }
  }
}"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The sites of the corpus: each kind as a few decks of many slides and a plain page, and courses by themselves."""
    root = tmp_path_factory.mktemp("attacks")
    folders = {kind: root / kind / "course" for kind in KINDS} | {
        case.name: root / case.name / "course" for case in ALONE
    }
    for kind in KINDS:
        joined(CORPUS["cases"](kind), folders[kind])
    for case in ALONE:
        CORPUS["write"]([case], folders[case.name])
    command = [sys.executable, ATTACKS / "watched.py", "--single-file", *folders.values()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {name: folder / "site" for name, folder in folders.items()}


def joined(cases, folder):
    """Write the cases as few decks, whose slides they are, and once more as one plain page."""
    CORPUS["write"](cases, folder)
    slides = [case for case in cases if not case.text.startswith("---")]
    for case in slides:
        (folder / "slides" / f"{case.name}.md").unlink()
    few = together(folder.parent.name)
    decks = {f"deck-{at}": [case.deck for case in slides[at : at + few]] for at in range(0, len(slides), few)}
    decks["plain-page"] = [re.sub(r"<!-- slide.*?-->", "", case.text) for case in slides]
    for name, texts in decks.items():
        (folder / "slides" / f"{name}.md").write_text(CORPUS["_filled"]("\n\n".join(texts), folder), "utf-8")


def together(kind):
    return MANY if kind == CORPUS["GENERATED"] else TOGETHER


@pytest.fixture(scope="module")
def web(sites):
    """A plain server on this machine, which sends whatever lies in the folder of all sites."""
    root = next(iter(sites.values())).parents[2]

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield root, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Watched:
    """A browser's context whose every word and request is noted. `harm`: what must not happen.

    web: the folder that a server sends, and its address; without it pages are opened from the folder.
    """

    def __init__(self, chromium, site, web=None):
        self.site, self.harm, self.asked, self.web = site, [], set(), web
        self.base = f"{web[1]}{site.relative_to(web[0]).as_posix()}/" if web else f"{site.as_uri()}/"
        self.context = chromium.new_context(offline=not web, viewport={"width": 1000, "height": 700})
        self.context.set_default_timeout(60_000)
        self.context.add_init_script(TOLD)
        self.context.route(re.compile(".*"), self._route)
        self.context.on("dialog", self._dialog)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda e: self.harm.append(f"error: {e.error}"))

    def _route(self, route):
        self.asked.add(url := route.request.url)
        path = posixpath.normpath(unquote(url.partition("?")[0].partition("#")[0]))
        if url.startswith(self.base) and path.startswith(posixpath.normpath(unquote(self.base))):
            return route.continue_()
        self.harm.append(f"left the site: {url}")
        return route.abort()

    def _dialog(self, dialog):
        self.harm.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, said):
        if said.type in ("error", "warning") and not EXPECTED.search(said.text):
            self.harm.append(f"console: {said.text}")

    def look(self, path, *, query=""):
        """Open a page, go through all its slides, point and click at what is there, and see that nothing has run."""
        page = self.context.new_page()
        page.goto(f"{self.base}{quote(path)}{query}")
        address = page.url.partition("#")[0]
        if page.evaluate("Boolean(window.Reveal) && document.documentElement.dataset.view === 'slides'"):
            until(page, "Reveal.isReady?.()")  # whatever is on the slides, the deck stands
            page.evaluate("Reveal.getSlides().forEach((_, n) => Reveal.slide(n))")
        page.evaluate(CLICK, CLICKED)
        page.wait_for_timeout(20)  # not in the page, which an empty address loads anew
        if page.url.partition("#")[0] != address:
            self.harm.append(f"went from {path} to {page.url}")
        return page


@pytest.fixture
def watched(chromium, sites):
    """What opens a site of the corpus and notes what it does; nothing may have been harmed in the end."""
    opened = []

    def opener(name, web=None):
        opened.append(Watched(chromium, sites[name], web))
        return opened[-1]

    yield opener
    for one in opened:
        one.context.close()
    assert [(one.site.parent.parent.name, harm) for one in opened for harm in one.harm] == []


def pages(site, suffix=""):
    """The pages of the decks of a site, in the folder and as one file each."""
    found = (path.relative_to(site).as_posix() for path in sorted((site / "slides").glob("*.html")))
    return [path for path in found if path.endswith(".single.html") == bool(suffix)]


def test_probe_detects_scripts_in_frames_and_before_navigation(watched, web, sites):
    one = watched("html", web)
    page = one.context.new_page()
    page.goto(f"{one.base}{pages(sites['html'])[0]}")
    page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { src: 'about:blank' }))")
    page.frames[1].evaluate("__pwned = 'in a frame'")
    page.evaluate("__pwned = 'in a page'; location.reload()")
    page.wait_for_timeout(100)
    assert [harm for harm in one.harm if "ran:" in harm] == ["console: ran: in a frame", "console: ran: in a page"]
    one.harm.clear()


@pytest.mark.parametrize("kind", KINDS)
def test_no_deck_runs_code_or_leaves_its_site(watched, sites, kind):
    one = watched(kind)
    assert len(pages(sites[kind])) >= len(CORPUS["cases"](kind)) / together(kind)
    for path in pages(sites[kind]):
        one.look(path).close()


@pytest.mark.parametrize("kind", KINDS)
def test_served_page_runs_no_script_of_the_deck(watched, web, sites, kind):
    one = watched(kind, web)
    for path in pages(sites[kind]):
        one.look(path).close()


@pytest.mark.parametrize(
    "query, served",
    [("?print-pdf", False), ("?view=reading", False), ("?view=reading", True)],
    ids=["for paper", "to read", "to read, from a server"],
)
def test_other_views_run_no_script_of_the_deck(watched, web, sites, query, served):
    one = watched("generated", web if served else None)
    for path in pages(sites["generated"]):
        if path.startswith("slides/deck"):
            one.look(path, query=query).close()


@pytest.mark.parametrize("kind", ["html", "drawings", "paths", "generated"])
def test_single_file_runs_no_script_of_the_deck(watched, sites, kind):
    one = watched(kind)
    assert pages(sites[kind], "single")
    for path in pages(sites[kind], "single"):
        one.look(path).close()


def test_reading_view_runs_no_script_of_the_deck(watched, sites):
    one = watched("html")
    for path in pages(sites["html"]):
        one.look(path, query="?view=reading").close()


@pytest.mark.parametrize("case", ALONE, ids=[case.title for case in ALONE])
def test_hostile_settings_run_no_script(watched, sites, case):
    one = watched(case.name)
    for path in ("index.html", *pages(sites[case.name])) if sites[case.name].exists() else ():
        one.look(path).close()


@pytest.mark.parametrize("kind", ["html", "front_matter", "generated"])
def test_search_runs_no_script_of_the_deck(watched, kind):
    one = watched(kind)
    page = one.look("index.html")
    page.locator(".finder input").fill("x")
    page.evaluate("new Promise((done) => setTimeout(done, 1500))")
    assert page.evaluate("document.querySelectorAll('.finder [role=option]').length") > 0


@pytest.mark.parametrize("deck", ["speaker-view", "speaker-notes-that-name-addresses"])
@pytest.mark.parametrize("served", [False, True], ids=["from a folder", "from a server"])
def test_speaker_window_runs_no_script_of_the_deck(watched, web, deck, served):
    one = watched("front_matter", web if served else None)
    page = one.look(f"slides/{deck}.html")
    page.evaluate("Reveal.slide(0)")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.wait_for_timeout(1500)
    page.evaluate("Reveal.next()")
    popup.value.wait_for_timeout(300)
    assert len(popup.value.frames) > 1, "what it shows of the deck was there to run"


def test_files_that_run_would_be_seen(watched, sites):
    """The canary itself: without the defences this very look finds what runs, what is asked for and what pops up."""
    one = watched("html")
    (sites["html"] / "canary.html").write_text(
        "<script>window.__pwned = 1; alert(2)</script><img src='file:///outside.png'><a href='javascript:x'>x</a>"
    )
    one.look("canary.html").close()
    told = " ".join(one.harm)
    one.harm.clear()
    assert all(words in told for words in ("dialog: 2", "left the site: file:///outside.png", "ran: 1"))


def test_a_notebook_s_text_holds_nothing_that_acts(watched, tmp_path, sites):
    """Read by a viewer that renders raw HTML and filters nothing."""
    course = tmp_path / "course"
    cases = [case for case in CORPUS["cases"]("html") if case.text[:3] != "---"]
    deck = "\n\n".join(f"<!-- slide -->\n\n{case.text}" for case in cases)
    CORPUS["secrets"](tmp_path)
    for path, text in {
        "slides/deck.md": f'{deck}\n<!-- slide -->\n\n@import "../shown_examples/x.py" {{symbol="f" cmd=true}}\n',
        "shown_examples/__init__.py": "",
        "shown_examples/x.py": "def f():\n    return 1\n",
        "slides/outputs/x.f.json": "{",
        "slides/outputs/x.f.txt": "1\n",
    }.items():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text(CORPUS["_filled"](text, course), "utf-8")
    subprocess.run([sys.executable, ATTACKS / "watched.py", course], check=True, stdout=subprocess.DEVNULL)
    cells = json.loads((course / "site/slides/deck.ipynb").read_text("utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert len(texts) > 50
    one = watched("html")
    rendered = "\n<hr>\n".join(MarkdownIt("commonmark", {"html": True}).enable("table").render(text) for text in texts)
    (sites["html"] / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><main>{rendered}</main>", "utf-8")
    one.look("notebook.html").close()
    one.harm = [harm for harm in one.harm if "left the site" not in harm]  # pictures: a viewer decides about them
