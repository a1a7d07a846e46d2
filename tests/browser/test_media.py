"""What plays on slides begins and ends with them; frames of other hosts are there while there is a network."""

import struct
import wave

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import settled, until

pytestmark = pytest.mark.slow

HOST = "https://films.example"
DECK = f"""<!-- slide -->

# One

<!-- slide id="sound" -->

<audio autoplay muted loop controls src="a.wav"><track kind="captions" srclang="en" src="a.vtt"></audio>

<!-- slide id="frame" -->

<iframe src="{HOST}/embed" title="A film" width="320" height="180"></iframe>

<!-- slide id="code" -->

@import "{HOST}/scan" {{as=qr}}
"""
PLAYS = "!document.querySelector('audio').paused"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("media")
    (course / "slides").mkdir()
    (course / "slides" / "a.md").write_text(DECK, "utf-8")
    (course / "slides" / "b.md").write_text("<!-- slide -->\n\n# B\n", "utf-8")
    (course / "kejian.toml").write_text(f'language = "en"\nframes = ["{HOST}"]\n')
    (course / "slides" / "a.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nNothing is heard.\n", "utf-8")
    with wave.open(str(course / "slides" / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(struct.pack("<h", 0) * 8000)
    report = build(Options(course=course, out=course / "site", trusted=True))
    assert report.diagnostics == ()
    return course / "site"


@pytest.fixture
def online(chromium, site):
    """A deck in a browser with a network, in which the host answers."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    asked = []

    def answered(route):
        asked.append(route.request.url)
        route.fulfill(body="<p>plays</p>", content_type="text/html")

    context.route(f"{HOST}/**", answered)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/slides/a.html")
    settled(page)
    yield page, asked
    context.close()


def test_a_sound_plays_while_its_slide_is_shown(visit, site):
    page = visit("slides/a.html", site=site)
    assert not page.evaluate(PLAYS)
    page.evaluate("Reveal.slide(1)")
    until(page, PLAYS)
    page.evaluate("Reveal.slide(0)")
    until(page, f"!({PLAYS})")


def test_a_frame_is_there_while_its_slide_is_shown_and_asks_for_nothing_before(online):
    page, asked = online
    assert asked == []
    page.evaluate("Reveal.slide(2)")
    until(page, "document.querySelector('.kj-frame.live iframe')")
    assert page.frame_locator(".kj-frame iframe").locator("p").inner_text() == "plays"
    width, height = page.evaluate("['offsetWidth', 'offsetHeight'].map((one) => document.querySelector('iframe')[one])")
    assert width / height == pytest.approx(16 / 9, rel=0.05)
    page.evaluate("Reveal.slide(1)")
    until(page, "!document.querySelector('iframe') && document.querySelector('a.kj-frame')")
    assert asked == [f"{HOST}/embed"]


CUES = "[...document.querySelector('track').track.cues ?? []].map((cue) => cue.text)"


def test_captions_are_shown_by_a_page_that_is_opened_from_a_folder(visit, site):
    page = visit("slides/a.html#/1", site=site)
    page.evaluate("document.querySelector('track').track.mode = 'showing'")
    until(page, f"{CUES}.length")
    assert page.evaluate(CUES) == ["Nothing is heard."]


def test_a_frame_is_confined(online):
    page, _ = online
    page.evaluate("Reveal.slide(2)")
    until(page, "document.querySelector('iframe')")
    assert "allow-top-navigation" not in page.locator("iframe").get_attribute("sandbox")
    assert page.locator("iframe").get_attribute("title") == "A film"


def test_without_a_network_it_is_a_link(visit, site):
    page = visit("slides/a.html#/2", site=site)
    assert page.locator("a.kj-frame").get_attribute("href") == f"{HOST}/embed"
    assert page.locator("iframe").count() == 0


@pytest.mark.parametrize("query", ["?view=reading", "?view=print"])
def test_for_reading_and_on_paper_it_is_a_link(chromium, site, query):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site.as_uri()}/slides/a.html{query}")
    settled(page)
    page.wait_for_selector("a.kj-frame", state="attached")  # reveal.js may still be moving slides onto pages
    assert page.locator("iframe").count() == 0
    assert page.locator("a.kj-frame").count() == 1
    context.close()


def test_a_deck_without_frames_loads_nothing_for_them(visit, site):
    page = visit("slides/b.html", site=site)
    assert page.locator("script[src*=frames]").count() == 0
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert HOST not in policy


def test_a_code_to_scan_is_dark_on_light_in_both_themes_and_a_link(visit, site):
    page = visit("slides/a.html#/3", site=site, color_scheme="dark")
    code = page.get_by_role("link", name=f"{HOST}/scan")
    assert code.get_attribute("href") == f"{HOST}/scan"
    box = code.locator("svg").bounding_box()
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] > 100
