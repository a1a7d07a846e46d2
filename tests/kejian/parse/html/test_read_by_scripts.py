"""What the page's scripts read: the tables against the scripts themselves, which are walked for every attribute."""

import re
from pathlib import Path

import pytest

from kejian.core import toolchain
from kejian.parse.html.read_by_scripts import ATTRIBUTES, HARMLESS, HARMLESS_OPTIONS, NOT_LOADED, OPTIONS, SLIDE

ROOT = Path(__file__).parents[4]
REVEAL = toolchain.locate().folder / "node_modules" / "reveal.js"
LOADED = [REVEAL / "dist/reveal.mjs", REVEAL / "dist/plugin/notes.mjs", REVEAL / "dist/plugin/zoom.mjs"]
OURS = sorted((ROOT / "templates" / "theme").glob("*.js"))
OTHERS = sorted(set((REVEAL / "dist" / "plugin").glob("*.mjs")) - set(LOADED))

WRITTEN = re.compile(r"""["'`\[\s:(,](data-[a-z0-9-]+[a-z0-9])""")
DATASET = re.compile(r"\bdataset\??\.([a-zA-Z]+)|\{([^{}]*)\}\s*=\s*[\w.]*dataset\b")


def attributes(path):
    """Every `data-` attribute that a script names, by itself, in a selector or through `dataset`."""
    text = path.read_text("utf-8")
    found = set(WRITTEN.findall(text))
    for one, several in DATASET.findall(text):
        names = [one] if one else [part.partition(":")[0].partition("=")[0].strip() for part in several.split(",")]
        found |= {"data-" + re.sub(r"[A-Z]", lambda upper: f"-{upper[0].lower()}", name) for name in names if name}
    return found


@pytest.mark.parametrize("path", [*LOADED, *OURS], ids=lambda path: path.name)
def test_each_attribute_that_a_script_reads_is_in_a_table(path):
    assert attributes(path) - set(ATTRIBUTES) - HARMLESS == set()


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_plugins_that_no_page_loads_are_classified_too(path):
    assert attributes(path) - set(ATTRIBUTES) - HARMLESS - NOT_LOADED == set()


def test_the_walk_sees_the_attributes():
    """The canary: the scripts hold these, however they are spelled."""
    assert {"data-background-image", "data-src", "data-preview-link", "data-auto-animate-easing"} <= attributes(
        LOADED[0]
    )
    assert {"data-markdown", "data-notes"} <= attributes(LOADED[1])
    assert {"data-file"} <= attributes(ROOT / "templates" / "theme" / "single.js")


def test_no_attribute_is_in_two_tables():
    assert not set(ATTRIBUTES) & (HARMLESS | NOT_LOADED)
    assert set(ATTRIBUTES) <= set(SLIDE)


def test_each_setting_of_reveal_js_is_in_a_table():
    text = (REVEAL / "dist" / "config.d.ts").read_text("utf-8")
    body = text.partition("interface RevealConfig {")[2].partition("\n}")[0]
    names = set(re.findall(r"^\s*(\w+)\??:", body, re.MULTILINE))
    assert len(names) > 70
    assert names - set(OPTIONS) - HARMLESS_OPTIONS == set()
    assert not set(OPTIONS) & HARMLESS_OPTIONS


def test_each_setting_that_reveal_js_puts_into_a_style_or_an_address_is_looked_at():
    text = LOADED[0].read_text("utf-8")
    put = set(re.findall(r"style\.\w+\s*=[^;,]{0,60}?getConfig\(\)\.(\w+)", text))
    assert {"parallaxBackgroundImage", "parallaxBackgroundSize"} <= put
    assert put <= set(OPTIONS)
