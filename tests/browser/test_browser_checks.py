"""What `check --browser` reports: for each code a slide that has it, and one like it that has nothing."""

import base64
import re

import pytest

from kejian.browser import chromium
from kejian.browser.audit import rehearse
from kejian.browser.chromium import executable
from kejian.checks.browser_codes import CODES
from kejian.cli.main import main

pytest.importorskip("playwright.sync_api", reason="pip install playwright to test pages in a browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser_checks"),
    pytest.mark.skipif(not executable(), reason="no Chromium on PATH; apt-get install chromium to test pages in it"),
]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 10"><rect width="14" height="10" fill="#07c"/></svg>'
FOOTER = "FOOTER3 课程 课件 someone@example.org"
ITEMS = "\n".join(f"- 第 {n} 条" for n in range(60))
LONG = "```text\n" + "\n".join(f"line {n}" for n in range(60)) + "\n```"
INSERTED = "<script>document.currentScript.insertAdjacentHTML('afterend', '<img src=\"good.png\">')</script>"
LARGE = '<img src="good.png" style="width: 300px; height: 200px;'
PLACED = '<p style="position: absolute; {}; margin: 0">移动的字</p>'
WIDE = "digraph { rankdir=LR " + " -> ".join(f"layer{n}" for n in range(60)) + " }"
RED = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR4nGM4IScHRww4OQD1xwwxB+utmQAAAABJRU5ErkJggg=="
)

CASES = {
    "overflow": [ITEMS, "- 一\n- 二"],
    "overflow, a listing that scrolls": [LONG, "```text\nline\n```"],
    "overflow, out of the slide": [PLACED.format("left: 900px; white-space: nowrap"), PLACED.format("left: 300px")],
    "overflow, out of its box": [
        '<div style="border: 1px solid; width: 60px; white-space: nowrap">一二三四五六七八</div>',
        '<div style="border: 1px solid; width: 60px">一二三四五六七八</div>',
    ],
    "over-footer": [
        f'<div class="header">{PLACED.format("top: 612px")}</div>\n\n{FOOTER}',
        f"HEADER 题\n\n{PLACED.format('bottom: 0')}\n\n{FOOTER}",
    ],
    "under-logo": [
        f"HEADER 题\n\n{PLACED.format('top: -80px; right: 0')}",
        "HEADER 一个很长的标题说明它从不会跑到校徽的下面而是换行或者缩小字号再长一点也没有关系",
    ],
    "overlap": [
        PLACED.format("top: 100px; left: 0") + PLACED.format("top: 115px; left: 20px"),
        f'{LARGE} float: right" alt="">\n\n{"围着图排的字。" * 60}',
    ],
    "overlap, a picture over text": [
        f'HEADER 题\n\n{LARGE} position: absolute; top: 0; left: 0" alt="">\n\n一段字\n',
        "$$ \\frac{a}{b} $$\n\n| 一 | 二 |\n|---|---|\n| $x^2$ | `code` |\n\n行内 $\\frac{a}{b}$ 公式\n",
    ],
    "small-type": ['<p style="font-size: 9px">太小</p>', '<p style="font-size: 12px">够大<sup>上</sup></p>'],
    "small-type, in a diagram": [f"```dot\n{WIDE}\n```", "```dot\ndigraph { 卷积 -> 汇聚 }\n```"],
    "low-contrast": ['<p style="color: #ddd">看不清</p>', '<p style="color: var(--strong)">看得清</p>'],
    "low-contrast, in the other theme": [
        '<p style="color: #2f454d">暗处看不清</p>',
        '<p style="color: #2f454d; background: #fff">都看得清</p>',
    ],
    "axe": ['<a href="https://example.org"></a>', '<a href="https://example.org">去处</a>'],
    "broken-picture": ["![坏](bad.png)", "![好](good.png)"],
    "failed-request": [
        '<p style="background: url(nowhere.png)">字</p>',
        '<p style="background: url(good.png) no-repeat">字</p>',
    ],
    "remote-request": [
        '<p id="far">字</p><script>far.style.background = "url(https://example.org/a.png)"</script>',
        "[链接](https://example.org/a.png)",
    ],
    "duplicate-id": ['<b id="twin">一</b><b id="twin">二</b>', '<b id="one">一</b><b id="two">二</b>'],
    "no-alt": [INSERTED, "![](good.png)"],
    "tofu": ["没有的字 \U0010fffc", "汉字 α é 𝒳 — “引号” 😀"],
    "fragment-never-shown": [
        '<p class="fragment" style="display: none">从不</p>',
        '<p class="fragment">一</p><p class="fragment fade-out">二</p><p class="fragment current-visible">三</p>',
    ],
    "blank-page": ["", "字"],
    "console-error": ['字\n\n<script>console.error("第一句")</script>', '字\n\n<script>console.log("第一句")</script>'],
}


def codes_of(name):
    return name.partition(",")[0]


def write(course, decks, settings='scripts = true\nlogo = "logo.svg"\n'):
    (course / "slides").mkdir(parents=True)
    (course / "kejian.toml").write_text(f"size = [960, 700]\n{settings}", "utf-8")  # what the cases are measured for
    (course / "logo.svg").write_text(LOGO, "utf-8")
    (course / "slides/good.png").write_bytes(PNG)
    (course / "slides/bad.png").write_bytes(PNG[:20])
    for name, slides in decks.items():
        text = "".join(f"<!-- slide{attributes} -->\n\n{body}\n\n" for attributes, body in slides)
        (course / "slides" / f"{name}.md").write_text(text, "utf-8")
    return course


def by_line(rehearsed, name):
    found = {}
    for one in rehearsed.diagnostics:
        if one.span.path == f"slides/{name}.md":
            found.setdefault(one.span.line, []).append(one)
    return found


def marks(course, name):
    lines = (course / "slides" / f"{name}.md").read_text("utf-8").split("\n")
    return [n for n, line in enumerate(lines, 1) if line.startswith("<!-- slide")]


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The findings of each case's two slides, by the case's name."""
    root = tmp_path_factory.mktemp("cases")
    apart = [name for name in CASES if name == "console-error"]  # what a page says as it loads is the first slide's
    decks = {f"only{n}{k}": [("", CASES[name][k])] for n, name in enumerate(apart) for k in (0, 1)}
    decks["all"] = [("", body) for name, bodies in CASES.items() if name not in apart for body in bodies]
    course = write(root / "course", decks)
    rehearsed = rehearse(course, lambda _: None, screenshots=root / "pictures")
    found = {name: [by_line(rehearsed, f"only{n}{k}").get(1, []) for k in (0, 1)] for n, name in enumerate(apart)}
    lines = marks(course, "all")
    for n, name in enumerate(one for one in CASES if one not in apart):
        found[name] = [by_line(rehearsed, "all").get(line, []) for line in lines[2 * n : 2 * n + 2]]
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_slide_that_has_it(cases, name):
    assert codes_of(name) in [one.code for one in cases[name][0]]
    assert all(one.message and one.hint for one in cases[name][0])


@pytest.mark.parametrize("name", CASES)
def test_a_slide_that_has_nothing(cases, name):
    assert cases[name][1] == []


def test_every_code_has_a_case():
    assert {codes_of(name) for name in CASES} | {"print-pages", "not-seen"} == set(CODES)


def test_text_on_a_picture_or_a_gradient_is_measured_on_what_is_drawn(tmp_path):
    """The picture is red: dark text does not stand out from it, and light text does once its colour is said."""
    picture, grey = ' data-background-image="good.png"', ' data-background-gradient="linear-gradient(#787878, #8a8a8a)"'
    box = "# 题\n\n<p style='background: #fff'>有自己的底色</p>"
    slides = [
        (picture, "# 看不清"),
        (f'{picture} data-background-color="black"', "# 看得清"),
        (grey, '<p style="color: #999">看不清</p>'),
        (grey, "# 看得清"),
        ("", box),
    ]
    course = write(tmp_path / "course", {"a": slides}, "")
    (course / "slides/good.png").write_bytes(RED)
    found = rehearse(course, lambda _: None).diagnostics
    lines = marks(course, "a")
    assert [(one.code, lines.index(one.span.line)) for one in found] == [("low-contrast", 0), ("low-contrast", 2)]
    assert all("with what is behind it" in one.message for one in found)


def test_pages_of_paper(tmp_path):
    tall = ' style="min-height: 1500px"'
    course = write(tmp_path / "course", {"print": [(tall, "高"), ("", "字")], "fine": [(tall, "高")]}, "")
    deck = course / "slides/print.md"
    deck.write_text("---\npresentation: {pdfMaxPagesPerSlide: 3}\n---\n" + deck.read_text("utf-8"), "utf-8")
    found = rehearse(course, lambda _: None)
    assert [(d.span.path, d.span.line) for d in found.diagnostics if d.code == "print-pages"] == [
        ("slides/print.md", 4)
    ]


def test_an_accepted_finding_is_counted_and_pictures_are_taken_on_request(tmp_path, capsys):
    accepts = ' data-accept="overflow: 要滚动"'
    course = write(tmp_path / "course", {"a": [(accepts, LONG), (accepts, "字"), ("", LONG)]})
    assert main(["check", "--browser", "--screenshots", str(tmp_path / "pictures"), str(course)]) == 0
    said = capsys.readouterr().err
    assert re.search(r"slides/a\.md:\d+:1: warning\[accepts-nothing\]", said)
    assert re.search(r"3 slides opened; \d+ findings, 1 accepted", said)
    assert sorted(p.name for p in (tmp_path / "pictures").iterdir()) == ["slides-a-0.0.png", "slides-a-2.0.png"]
    assert main(["check", "--browser", "--strict", str(course)]) == 1


@pytest.mark.parametrize("script, why", [
    ("for (;;);", "the page keeps Chromium busy for more than 4 s: what follows was not looked at"),
    ("Element.prototype.checkVisibility = () => { for (;;); };", "the page keeps Chromium busy for more than 4 s"),
    ("Object.defineProperty(window, 'Reveal', { value: {} });", "the page keeps Chromium busy for more than 4 s"),
    ("window.stop(); document.open(); document.write('x')", ""),
])  # fmt: skip
def test_a_page_that_never_answers_is_a_finding_and_the_next_deck_is_looked_at(tmp_path, monkeypatch, script, why):
    monkeypatch.setattr(chromium, "LONGEST", 4)
    course = write(tmp_path / "course", {"a": [("", f"字\n\n<script>{script}</script>")], "b": [("", ITEMS)]})
    found = rehearse(course, lambda _: None)
    assert found.failed
    (unseen,) = (one for one in found.diagnostics if one.code == "not-seen")
    assert (unseen.span.path, unseen.span.line) == ("slides/a.md", 1)
    assert why in unseen.message
    assert "overflow" in [one.code for one in found.diagnostics if one.span.path == "slides/b.md"]


@pytest.mark.parametrize("act, said", [
    ("open('b.html')", "the page opens a window for "),
    ("location = 'b.html'", "the page goes away to "),
    ("location = 'file:///etc/hostname'", "file:///etc/hostname"),
    ("location = 'https://example.org/'", "https://example.org/"),
])  # fmt: skip
def test_a_page_stays_where_it_is(tmp_path, act, said):
    """Even one whose course has scripts: a check looks at the deck that it was asked to look at."""
    deck = [("", f"字\n\n<script>setTimeout(() => {{ {act} }}, 50)</script>")]
    found = rehearse(write(tmp_path / "course", {"a": deck, "b": [("", "字")]}), lambda _: None)
    assert [one.message for one in found.diagnostics if said in one.message] != []
    assert {one.code for one in found.diagnostics} <= {"remote-request", "not-seen"}  # as early as it goes away


def test_a_page_is_looked_at_under_its_own_policy(tmp_path):
    """A script that has come into a page all the same does not run when the page is checked."""
    course = write(tmp_path / "course", {"a": [("", "字")]}, "")
    (course / "templates").mkdir()
    acts = "<script>document.title = 'ran'; throw new Error('ran')</script><img src='x' onerror='throw 1' alt=''>"
    page = "{% extends 'base.html' %}{% block body %}<body>" + acts + "</body>{% endblock %}"
    (course / "templates" / "page.html").write_text(page)
    (course / "slides" / "b.md").write_text("no slides, see [a](a.md)")
    deck = (chromium.Path(__file__).parents[2] / "templates" / "deck.html").read_text("utf-8")
    (course / "templates" / "deck.html").write_text(deck.replace("</main>", f"{acts}</main>"), "utf-8")
    said = [one.message for one in rehearse(course, lambda _: None).diagnostics if one.code == "console-error"]
    assert [words for words in said if "Error: ran" in words] == []
    assert any(words.startswith("the page's policy refuses") for words in said)


def test_a_browser_whose_sandbox_cannot_start_is_an_error_that_says_what_to_type(tmp_path, monkeypatch, capsys):
    browser = tmp_path / "chromium"
    words = "FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are running on Ubuntu 23.10+ or another"
    browser.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", str(browser))
    course = write(tmp_path / "course", {"a": [("", "字")]})
    assert main(["check", "--browser", "--no-exec", str(course)]) == 1
    said = capsys.readouterr().err
    assert "Chromium's sandbox does not start here" in said
    assert "apt-get install chromium-sandbox" in said


@pytest.mark.parametrize("root", [True, False])
def test_the_sandbox_is_off_for_root_alone(tmp_path, monkeypatch, root):
    browser = tmp_path / "chromium"
    browser.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\nexit 1\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", str(browser))
    monkeypatch.setattr(chromium, "is_root", lambda: root)
    with pytest.raises(chromium.NoBrowserError), chromium.launched():
        pass
    assert ("--no-sandbox" in (tmp_path / "words").read_text().split()) is root


def test_without_a_browser_it_says_what_to_type(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", str(tmp_path / "nowhere"))
    course = write(tmp_path / "course", {"a": [("", "字")]})
    assert main(["check", "--browser", str(course)]) == 1
    assert "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names" in capsys.readouterr().err
