"""`serve --remote`: a phone's page turns the deck in another browser, with a real server."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.conftest import until

ROOT = Path(__file__).parents[2]
DECK = """---
presentation:
  transition: none
---
<!-- slide data-notes="Greet them." -->

# Kernels

<!-- slide data-visibility="hidden" -->

# Left out

<!-- slide -->

# Pooling

- of $x^2$ {.fragment}

<aside class="notes">

Say what $x^2$ is.

</aside>

<!-- slide -->

# Ends
"""
READY = "window.Reveal && Reveal.isReady()"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address for a phone, as the command prints it."""
    course = tmp_path_factory.mktemp("course")
    (course / "slides").mkdir()
    (course / "slides" / "a.md").write_text(DECK, "utf-8")
    words = [sys.executable, ROOT / "build.py", "serve", course, "--port", "0", "--host", "0.0.0.0", "--remote"]
    printed = tmp_path_factory.mktemp("printed") / "errors.txt"
    with printed.open("w") as errors:
        process = subprocess.Popen(words, stderr=errors)
    end = time.monotonic() + 180
    while "built: " not in printed.read_text():
        assert time.monotonic() < end
        time.sleep(0.1)
    yield re.search(r"http://\S+#\S+", printed.read_text())[0]
    process.terminate()
    process.wait(60)


@pytest.fixture(scope="module")
def phone(address, chromium):
    """A phone that has scanned the code."""
    context = chromium.new_context(viewport={"width": 390, "height": 780}, has_touch=True, locale="en-GB")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(address)
    until(page, "!document.querySelector('main').hidden")
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def deck(address, chromium):
    """The deck as the lecturer's browser shows it."""
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"http://127.0.0.1:{re.search(r':([0-9]+)/', address)[1]}/slides/a.html")
    until(page, READY)
    yield page
    page.close()


def shown(phone):
    return [phone.inner_text(f"#{name}") for name in ("number", "title", "next", "notes")]


def saw(phone, number):
    until(phone, f"document.getElementById('number').textContent === '{number} / 3'")
    return shown(phone)


def test_the_phone_turns_the_deck_and_reads_along(phone, deck):
    assert saw(phone, 1) == ["1 / 3", "Kernels", "Pooling", "Greet them."]
    phone.tap("text=Next >> nth=-1")
    assert saw(phone, 2) == ["2 / 3", "Pooling", "Ends", "Say what $x^2$ is."]
    phone.tap("[data-to=next]")  # a step of the slide
    until(deck, "document.querySelector('.fragment.visible')")
    phone.tap("[data-to=next]")
    assert saw(phone, 3)[:2] == ["3 / 3", "Ends"]
    assert not phone.is_visible("#upcoming")
    phone.tap("[data-to=previous]")
    assert saw(phone, 2)[1] == "Pooling"
    deck.keyboard.press("Home")
    assert saw(phone, 1)[1] == "Kernels"


def test_of_two_decks_the_one_that_is_looked_at_turns(phone, deck, chromium):
    saw(phone, 1)
    other = chromium.new_page()
    other.goto(deck.url)
    until(other, READY)
    other.evaluate("Reveal.next()")
    saw(phone, 2)
    phone.tap("[data-to=previous]")
    saw(phone, 1)
    assert deck.evaluate("Reveal.getIndices().h") == 0
    other.close()


def test_when_no_deck_is_open_the_phone_says_so_and_what_to_do(phone, deck):
    saw(phone, 1)
    deck.goto("about:blank")
    until(phone, "!document.getElementById('none').hidden")
    assert phone.inner_text("#none") == "Open a lecture in the browser of the computer."


def test_the_code_is_gone_from_the_address_and_a_reload_needs_none(phone, deck):  # noqa: ARG001 -- a deck is open
    assert phone.url.endswith("/_remote")
    phone.reload()
    saw(phone, 1)


def test_time_is_counted_and_begins_anew_at_a_touch(phone):
    phone.evaluate("sessionStorage.setItem('kejian-remote-began', String(Math.floor(Date.now() / 1000) - 3725))")
    phone.reload()
    until(phone, "/^1:02:0[5-9]$/.test(document.getElementById('timer').textContent)")
    phone.tap("#timer")
    until(phone, "/^0:0[0-3]$/.test(document.getElementById('timer').textContent)")


def test_a_second_phone_is_refused_and_told_why(phone, address, chromium):  # noqa: ARG001 -- the first has the code
    context = chromium.new_context(locale="zh-CN")
    second = context.new_page()
    second.goto(address)
    until(second, "!document.querySelector('[data-refused=used]').hidden")
    assert second.inner_text("[data-refused=used]").startswith("这个验证码已经用过")
    assert not second.is_visible("main")
    context.close()
