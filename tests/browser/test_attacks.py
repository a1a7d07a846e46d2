"""The attacks of `tests/attacks/corpus` in a real browser: no script of a deck runs, and no request leaves its site."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from tests.browser.conftest import until

pytestmark = pytest.mark.slow

ATTACKS = Path(__file__).parents[1] / "attacks"
CORPUS = runpy.run_path(str(ATTACKS / "corpus.py"))
KINDS = [kind for kind in CORPUS["NAMES"] if kind != "courses"]
TOGETHER = 16  # cases that are slides of one deck; one with front matter is a deck of its own
SETTINGS = re.compile("markup|macro|record|names? |scripts that|MathJax that changes")
ALONE = [case for case in CORPUS["cases"]("courses") if SETTINGS.search(case.title)]
ALONE = [case for case in ALONE if "scripts = true" not in case.files.get("kejian.toml", "")]
# What a refused attack leaves in the console, besides files that are not there.
EXPECTED = re.compile("Content Security Policy|net::ERR_|Refused to|Not allowed to load|preload|OTS parsing error")
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
    decks = {f"deck-{at}": [case.deck for case in slides[at : at + TOGETHER]] for at in range(0, len(slides), TOGETHER)}
    decks["plain-page"] = [re.sub(r"<!-- slide.*?-->", "", case.text) for case in slides]
    for name, texts in decks.items():
        (folder / "slides" / f"{name}.md").write_text(CORPUS["_filled"]("\n\n".join(texts), folder), "utf-8")


class Watched:
    """A browser's context whose every word and request is noted. `harm`: what must not happen."""

    def __init__(self, chromium, site):
        self.site, self.harm, self.asked = site, [], set()
        self.context = chromium.new_context(offline=True, viewport={"width": 1000, "height": 700})
        self.context.set_default_timeout(60_000)
        self.context.add_init_script("window.__pwned = undefined")
        self.context.route(re.compile(".*"), self._route)
        self.context.on("dialog", self._dialog)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda e: self.harm.append(f"error: {e.error}"))

    def _route(self, route):
        self.asked.add(url := route.request.url)
        path = Path(unquote(url.removeprefix("file://").partition("?")[0].partition("#")[0]))
        if url.startswith("file:") and path.is_relative_to(self.site):
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
        page.goto(f"{(self.site / path).as_uri()}{query}")
        address = page.url.partition("#")[0]
        if page.evaluate("Boolean(window.Reveal) && document.documentElement.dataset.view === 'slides'"):
            until(page, "Reveal.isReady?.()")  # whatever is on the slides, the deck stands
            page.evaluate("Reveal.getSlides().forEach((_, n) => Reveal.slide(n))")
        page.evaluate(CLICK, CLICKED)
        page.evaluate("new Promise((done) => setTimeout(done, 20))")
        for frame in page.frames:
            if ran := frame.evaluate("typeof window.__pwned === 'undefined' ? '' : String(window.__pwned)"):
                self.harm.append(f"ran in {path}: {ran}")
        if page.url.partition("#")[0] != address:
            self.harm.append(f"went from {path} to {page.url}")
        return page


@pytest.fixture
def watched(chromium, sites):
    """What opens a site of the corpus and notes what it does; nothing may have been harmed in the end."""
    opened = []

    def opener(name):
        opened.append(Watched(chromium, sites[name]))
        return opened[-1]

    yield opener
    for one in opened:
        one.context.close()
    assert [(one.site.parent.parent.name, harm) for one in opened for harm in one.harm] == []


def pages(site, suffix=""):
    """The pages of the decks of a site, in the folder and as one file each."""
    found = (path.relative_to(site).as_posix() for path in sorted((site / "slides").glob("*.html")))
    return [path for path in found if path.endswith(".single.html") == bool(suffix)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_deck_runs_code_or_leaves_its_site(watched, sites, kind):
    one = watched(kind)
    assert len(pages(sites[kind])) >= len(CORPUS["cases"](kind)) / TOGETHER
    for path in pages(sites[kind]):
        one.look(path).close()


@pytest.mark.parametrize("kind", ["html", "drawings", "paths"])
def test_nor_does_a_deck_as_one_file(watched, sites, kind):
    one = watched(kind)
    assert pages(sites[kind], "single")
    for path in pages(sites[kind], "single"):
        one.look(path).close()


def test_nor_does_the_reading_view(watched, sites):
    one = watched("html")
    for path in pages(sites["html"]):
        one.look(path, query="?view=reading").close()


@pytest.mark.parametrize("case", ALONE, ids=[case.title for case in ALONE])
def test_nor_does_a_course_with_hostile_settings(watched, sites, case):
    one = watched(case.name)
    for path in ("index.html", *pages(sites[case.name])) if sites[case.name].exists() else ():
        one.look(path).close()


@pytest.mark.parametrize("kind", ["html", "front_matter"])
def test_nor_does_the_search(watched, kind):
    one = watched(kind)
    page = one.look("index.html")
    page.locator(".finder input").fill("x")
    page.evaluate("new Promise((done) => setTimeout(done, 1500))")
    assert page.evaluate("document.querySelectorAll('.finder [role=option]').length") > 0
    assert page.evaluate("typeof window.__pwned") == "undefined"


def test_nor_does_the_speaker_s_window(watched):
    one = watched("front_matter")
    page = one.look("slides/speaker-view.html")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.wait_for_timeout(1500)
    for frame in popup.value.frames:
        assert frame.evaluate("typeof window.__pwned") == "undefined"


def test_files_that_run_would_be_seen(watched, sites):
    """The canary itself: without the defences this very look finds what runs, what is asked for and what pops up."""
    one = watched("html")
    (sites["html"] / "canary.html").write_text(
        "<script>window.__pwned = 1; alert(2)</script><img src='file:///outside.png'><a href='javascript:x'>x</a>"
    )
    one.look("canary.html").close()
    told = " ".join(one.harm)
    one.harm.clear()
    assert all(words in told for words in ("dialog: 2", "left the site: file:///outside.png", "ran in canary.html: 1"))


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
