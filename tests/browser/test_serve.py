"""The live preview, with a real server and a real browser."""

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kejian.preview import address

ROOT = Path(__file__).parents[2]
DECK = """---
presentation:
  transition: none
---
<!-- slide -->

# 一

<!-- slide -->

# 二

$x^2$

`{python} shown.count():,`
"""

HEARD = "performance.getEntriesByType('resource').some((one) => one.initiatorType === 'fetch')"
"""The page has heard from the server, and read itself once more."""

pytestmark = pytest.mark.slow


@pytest.fixture
def course(tmp_path):
    for path, text in {
        "slides/a.md": DECK,
        "demo_examples/__init__.py": "",
        "demo_examples/shown.py": "def count():\n    return 61706\n",
        "secret.txt": "secret",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def port():
    """An unused port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def server(course, port, status):
    command = [sys.executable, ROOT / "build.py", "serve", course, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 180
    try:
        while status("/slides/a.html") != 200:
            assert time.monotonic() < end
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture
def page(server, port, chromium):  # noqa: ARG001 -- the page is the server's
    page, errors = chromium.new_page(viewport={"width": 1280, "height": 720}), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://127.0.0.1:{port}/slides/a.html")
    wait(page, "Boolean(window.Reveal && Reveal.isReady())")
    wait(page, HEARD)  # a page that has missed a change by then loads again
    page.wait_for_timeout(500)
    page.evaluate("Reveal.slide(1)")
    yield page
    page.close()
    assert errors == []


@pytest.fixture
def status(port):
    """The status of the server's answer to a request, 0 without an answer."""

    def asked(path, host=f"127.0.0.1:{port}", method="GET"):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            try:
                connection.putrequest(method, path, skip_host=True)
                connection.putheader("Host", host)
                connection.endheaders()
                with connection.getresponse() as response:
                    return response.status
            except OSError:
                return 0

    return asked


def wait(page, condition, seconds=60):
    end = time.monotonic() + seconds
    while not holds(page, condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


LOADING = ("context was destroyed", "reading 'textContent'", "is not defined")
"""What the browser says of a page that is being loaded anew."""


def holds(page, condition):
    try:
        return page.evaluate(condition)
    except Exception as e:
        if any(words in str(e) for words in LOADING):
            return False
        raise


def shows(text):
    return f"document.querySelector('.slides').textContent.includes({text!r})"


def edit(course, old, new, path="slides/a.md"):
    text = (course / path).read_text("utf-8")
    assert old in text
    (course / path).write_text(text.replace(old, new), "utf-8")


def test_pages_turn_to_the_slide_that_an_editor_asks_for(page, course):
    page.evaluate("window.same = true")
    assert address.show(course, "slides/a.html", 0, 0)
    wait(page, "Reveal.getIndices().h === 0")
    assert page.evaluate("window.same") is True


def test_a_preview_that_ends_forgets_its_port(server, course, port):
    assert address.noted(course) == port
    server.terminate()
    server.wait(60)
    assert address.noted(course) == 0


def test_a_page_of_another_deck_goes_to_the_one_that_an_editor_asks_for(page, course):
    (course / "slides" / "b c.md").write_text("<!-- slide -->\n\n# 乙\n\n<!-- slide -->\n\n# 丙\n", "utf-8")
    end = time.monotonic() + 60
    while not (course / ".kejian" / "preview" / "site" / "slides" / "b c.html").exists():
        assert time.monotonic() < end
        time.sleep(0.1)
    assert address.show(course, "slides/b c.html", 1, 0)
    wait(page, "document.title.includes('b c') && Reveal.isReady() && Reveal.getIndices().h === 1")


def test_an_edit_patches_the_page_and_keeps_the_place(page, course):
    page.evaluate("window.same = true")
    edit(course, "# 二", "# 二 改过")
    wait(page, shows("二 改过"))
    assert page.evaluate("[Reveal.getIndices().h, window.same]") == [1, True]


def test_an_edit_of_words_touches_no_other_slide(page, course):
    page.evaluate("document.querySelectorAll('section.slide').forEach((one, n) => { one.before = n; })")
    edit(course, "# 二", "# 二 改过")
    wait(page, shows("二 改过"))
    assert page.evaluate("[...document.querySelectorAll('section.slide')].map((one) => one.before)") == [0, None]
    page.evaluate("window.same = true")
    edit(course, "$x^2$", "$x^3$")
    wait(page, "document.querySelector('[data-tex=\"x^3\"]')")
    edit(course, "# 二 改过", "# 再改")
    wait(page, shows("再改"))
    assert page.evaluate("[Reveal.getIndices().h, window.same]") == [1, True]


def test_a_slide_more_is_patched_in(page, course):
    edit(course, "<!-- slide -->\n\n# 二", "<!-- slide -->\n\n# 新\n\n<!-- slide -->\n\n# 二")
    wait(page, "Reveal.getTotalSlides() === 3")


def test_findings_appear_and_disappear(page, course):
    edit(course, "$x^2$", "$\\frac{1$")
    wait(page, "document.body.textContent.includes('slides/a.md:13:1 warning')")
    edit(course, "$\\frac{1$", "$x^2$")
    wait(page, "!document.getElementById('kejian-findings')")


def test_examples_run_behind_the_edit(page, course):
    wait(page, shows("61,706"))
    edit(course, "61706", "61707", "demo_examples/shown.py")
    wait(page, shows("61,707"))
    edit(course, "return 61707", "return (", "demo_examples/shown.py")
    wait(page, "document.body.textContent.includes('this is not Python')")
    assert page.evaluate(shows("61,707")), "the last good page stays"
    edit(course, "return (", "return 61708", "demo_examples/shown.py")
    wait(page, shows("61,708"))
    wait(page, "!document.getElementById('kejian-findings')")


def test_a_deleted_deck_an_atomic_save_and_a_burst_are_survived(page, course):
    deck = course / "slides" / "a.md"
    text = deck.read_text("utf-8")
    deck.unlink()
    page.wait_for_timeout(500)
    aside = deck.with_name(".a.md.swp")
    aside.write_text(text.replace("# 二", "# 回来"), "utf-8")
    aside.replace(deck)
    wait(page, shows("回来"))
    for n in range(20):
        deck.write_text(text.replace("# 二", f"# 第{n}次"), "utf-8")
    wait(page, shows("第19次"))


def test_several_pages_are_told(page, port, chromium, course):
    other = chromium.new_page()
    other.goto(f"http://127.0.0.1:{port}/slides/a.html")
    wait(other, "Boolean(window.Reveal && Reveal.isReady())")
    other.wait_for_timeout(500)
    edit(course, "# 一", "# 壹")
    wait(page, shows("壹"))
    wait(other, shows("壹"))
    other.close()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8917", "127.0.0.1.evil.example", ""])
@pytest.mark.usefixtures("server")
def test_another_host_is_refused(host, status):
    assert status("/slides/a.html", host) == 400
    assert status("/_events", host) == 400


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/secret.txt",
        "//etc/passwd",
        "/slides/..%5c..%5csecret.txt",
        "/%00",
        "/slides/a.md",
        "/.kejian/cache",
    ],
)
@pytest.mark.usefixtures("server")
def test_no_path_escapes(path, status):
    assert status(path) in (400, 404)


@pytest.mark.usefixtures("server")
def test_nothing_is_written_through_the_server(status):
    assert [status("/slides/a.html", method=method) for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]


def test_what_the_course_brings_along_is_shown_and_stays_apart(server, course, port, status, chromium):  # noqa: ARG001 -- as for `page`
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9'/></svg>"
    (course / "slides" / "d.svg").write_text(drawing, "utf-8")
    deck = '<!-- slide data-background-iframe="d.svg" data-preload -->\n\n![d](d.svg)\n'
    (course / "slides" / "b.md").write_text(deck, "utf-8")
    page = chromium.new_page()
    end = time.monotonic() + 60
    while status("/slides/b.html") != 200:
        assert time.monotonic() < end
        time.sleep(0.1)
    page.goto(f"http://127.0.0.1:{port}/slides/b.html")
    wait(page, "Boolean(window.Reveal && Reveal.isReady())")
    wait(page, "document.querySelector('.slides img').naturalWidth === 9")
    wait(page, "document.querySelector('.backgrounds iframe')?.getAttribute('src') === 'd.svg'")
    end = time.monotonic() + 60
    while not (frames := [frame for frame in page.frames if frame.url.endswith("/d.svg")]):
        assert time.monotonic() < end
        page.wait_for_timeout(100)
    (frame,) = frames
    assert frame.evaluate("[document.documentElement.tagName, window.origin]") == ["svg", "null"]
    page.goto(f"http://127.0.0.1:{port}/slides/d.svg")
    assert page.evaluate("window.origin") == "null"
    page.close()


def deck_of(*titles):
    return "---\npresentation:\n  transition: none\n---\n" + "".join(f"<!-- slide -->\n\n# {t}\n\n" for t in titles)


SHOWN = "document.querySelector('section.present:not(.stack) h1')?.textContent"


@pytest.mark.parametrize(
    "before, after, at, there",
    [
        (["一", "二", "三"], ["一", "新", "二", "三"], 1, "二"),
        (["一", "二", "三"], ["新", "一", "二", "三"], 2, "三"),
        (["一", "二", "三"], ["二", "三"], 2, "三"),
        (["一", "二", "三"], ["三", "二", "一"], 0, "一"),
        (["一", "二", "三"], ["一", "二"], 2, "二"),
    ],
)
def test_the_place_is_the_slide_and_not_its_number(page, course, before, after, at, there):
    deck = course / "slides" / "a.md"
    deck.write_text(deck_of(*before), "utf-8")
    wait(page, f"document.querySelectorAll('.slides section.slide').length === {len(before)}")
    page.evaluate(f"Reveal.slide({at})")
    assert page.evaluate(SHOWN) == before[at]
    deck.write_text(deck_of(*after), "utf-8")
    last = f"[...document.querySelectorAll('.slides h1')].map((h) => h.textContent).join() === '{','.join(after)}'"
    wait(page, last)
    wait(page, f"{SHOWN} === '{there}'")


def test_the_place_is_kept_when_the_slide_becomes_vertical(page, course):
    deck = course / "slides" / "a.md"
    deck.write_text(deck_of("一", "二", "三"), "utf-8")
    wait(page, "document.querySelectorAll('.slides section.slide').length === 3")
    page.evaluate("Reveal.slide(2)")
    deck.write_text(deck_of("一", "二", "三").replace("slide -->\n\n# 三", "slide vertical=true -->\n\n# 三"), "utf-8")
    wait(page, "Reveal.getIndices().h === 1 && Reveal.getIndices().v === 1")
    assert page.evaluate(SHOWN) == "三"


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="10"><rect width="{0}" height="10"/></svg>'


def test_a_picture_that_changed_is_shown(page, course):
    (course / "slides" / "p.svg").write_text(PICTURE.format(30), "utf-8")
    (course / "slides" / "a.md").write_text("<!-- slide -->\n\n# 一\n\n![a](p.svg)\n", "utf-8")
    width = "document.querySelector('.slides img')?.naturalWidth"
    wait(page, f"{width} === 30")
    (course / "slides" / "p.svg").write_text(PICTURE.format(70), "utf-8")
    wait(page, f"{width} === 70")


def test_findings_that_stand_are_told_to_a_page_that_is_opened(page, course):
    (course / "slides" / "a.md").write_text(DECK + "\n![a](no.png)\n", "utf-8")
    wait(page, "document.getElementById('kejian-findings')?.textContent.includes('no.png')")
    page.reload()
    wait(page, "document.getElementById('kejian-findings')?.textContent.includes('no.png')")


def test_the_output_of_an_example_that_fails_is_marked(page, course):
    slide = '\n@import "../demo_examples/shown.py" {symbol=count cmd=true}\n'
    (course / "slides" / "a.md").write_text(DECK + slide, "utf-8")
    wait(page, "document.querySelector('.output')?.textContent.includes('61706')")
    (course / "demo_examples" / "shown.py").write_text("def count():\n    raise ValueError('no')\n", "utf-8")
    wait(page, "document.querySelector('.output.failed')?.title.includes('ValueError: no')")
    (course / "demo_examples" / "shown.py").write_text("def count():\n    return 61707\n", "utf-8")
    wait(page, "document.querySelector('.output:not(.failed)')?.textContent.includes('61707')")


def test_a_renamed_deck_says_where_it_went(page, course):
    (course / "slides" / "a.md").rename(course / "slides" / "二 b.md")
    wait(page, "document.querySelector('#kejian-gone a')?.textContent === 'slides/二 b.html'")
    page.click("#kejian-gone a")
    wait(page, "location.pathname.endsWith('b.html') && Boolean(window.Reveal && Reveal.isReady())")
