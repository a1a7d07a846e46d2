"""Search as a reader uses it: Chromium, from a folder, with the network denied."""

import re
import shutil
from pathlib import Path

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import settled, until

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
CNN = """---
title: 卷积神经网络
presentation: {enableSpeakerNotes: true, transition: none}
---
<!-- slide data-notes="囍" -->

HEADER 一维卷积

输出 $a_n = \\sum_i x_{n+i} w_i$，长度见下

<!-- slide vertical=true -->

HEADER 超参数

```python
def output_size(n, c):
    return n - c + 1
```

<!-- slide -->

HEADER 汇聚

最大汇聚 `MaxPooling2D`

<p class="fragment">平均值也用作滤波</p>

FOOTER3 课程 讲 someone@example.org

<!-- slide id="2024" -->

HEADER LeNet-5

三个卷积层，激活函数 softmax
"""
RNN = """---
title: 循环神经网络
---
<!-- slide -->

HEADER 序列

一维卷积也能读序列

<!-- slide vertical=true -->

HEADER 门

遗忘门决定留下什么
"""
PAGE = "# 说明\n\n## 怎样安装\n\n先装 Python，再装依赖\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    (course / "slides/更多").mkdir(parents=True)
    for path, text in {"cnn.md": CNN, "更多/rnn 1.md": RNN, "notes.md": PAGE}.items():
        (course / "slides" / path).write_text(text, encoding="utf-8")
    (course / "kejian.toml").write_text('decks = ["slides/**/*.md"]\npages = ["slides/notes.md"]\n', encoding="utf-8")
    report = build(Options(course=course, out=course / "site", single_file=True))
    assert report.diagnostics == ()
    return course / "site"


@pytest.fixture
def deck(visit, site):
    return visit("slides/cnn.html", site)


def looked_for(page, words):
    """Opens the search if it is not open, types, and returns the names of what was found, in order."""
    if not page.evaluate("document.activeElement.role === 'combobox'"):
        page.keyboard.press("/")
    page.locator(".finder input").fill(words)
    until(page, "/\\d|“/.test(document.querySelector('.finder [role=status]').textContent)")
    page.wait_for_timeout(50)
    return page.locator(".finder [role=option] .name").all_inner_texts()


def status(page):
    return page.inner_text(".finder [role=status]")


def place(page):
    return page.evaluate("[Reveal.getIndices().h, Reveal.getIndices().v]")


def arrive(page, name):
    """Follows what is chosen to another page."""
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(name)))
    settled(page)


def is_open(page):
    return page.evaluate("document.querySelector('dialog.search').open")


@pytest.mark.parametrize(
    "words, names",
    [
        ("一维卷积", ["一维卷积", "序列"]),
        ("遗忘", ["门"]),
        ("汇", ["汇聚"]),
        ("output_size", ["超参数"]),
        ("OUTPUT", ["超参数"]),
        ("size", ["超参数"]),
        ("pooling2d", ["汇聚"]),
        ("maxpool", ["汇聚"]),
        ("ｓｏｆｔｍａｘ", ["LeNet-5"]),
        ("sofmax", ["LeNet-5"]),
        ("LeNet5", ["LeNet-5"]),
        ("卷积 softmax", ["LeNet-5"]),
        ("\\sum", ["一维卷积"]),
        ("安装 python", ["怎样安装"]),
        ("门，囍", ["门"]),
    ],
)
def test_what_is_found(deck, words, names):
    assert looked_for(deck, words) == names


@pytest.mark.parametrize("words", ["囍", "someone", "网卷", "的", "qqqq"])
def test_what_is_not_shown_on_a_slide_is_not_found(deck, words):
    assert looked_for(deck, words) == []
    assert status(deck) == f"没有找到“{words}”"
    assert deck.locator(".finder [role=listbox]").is_hidden()
    assert deck.get_attribute(".finder input", "aria-expanded") == "false"


def test_the_lecture_comes_first_and_what_was_found_is_marked(deck):
    looked_for(deck, "一维卷积")
    groups = deck.locator(".finder [role=group]")
    assert groups.evaluate_all("all => all.map((group) => group.ariaLabel)") == ["这一讲", "其它课件"]
    assert groups.nth(1).locator(".where").inner_text() == "循环神经网络"
    assert groups.nth(1).locator("mark").all_inner_texts() == ["一维卷积"]
    assert status(deck) == "2 个结果"


def test_enter_turns_to_the_slide_without_a_reload(deck):
    deck.evaluate("window.before = true")
    looked_for(deck, "output_size")
    deck.keyboard.press("Enter")
    assert (place(deck), is_open(deck)) == ([0, 1], False)
    assert deck.evaluate("window.before")
    until(deck, "location.hash === '#/s0.1'")
    deck.keyboard.press("ArrowRight")
    assert place(deck) == [1, 0]


def test_what_was_found_is_shown_also_where_it_comes_step_by_step(deck):
    looked_for(deck, "滤波")
    deck.click(".finder [role=option]")
    until(deck, "document.querySelector('section.present .fragment').classList.contains('visible')")


def test_a_slide_whose_id_is_a_number_is_reached(visit, site):
    page = visit("index.html", site)
    looked_for(page, "softmax")
    arrive(page, "cnn.html")
    assert page.evaluate("Reveal.getCurrentSlide().id") == "2024"


def test_the_index_leads_to_a_slide_of_any_lecture(visit, site):
    page = visit("index.html", site)
    assert page.locator(".finder input").is_visible()
    assert looked_for(page, "遗忘门") == ["门"]
    assert page.locator(".finder .where").inner_text() == "循环神经网络"
    arrive(page, "rnn%201.html")
    assert place(page) == [0, 1]
    assert page.title().startswith("循环神经网络")


def test_escape_empties_the_box_of_the_index(visit, site):
    page = visit("index.html", site)
    looked_for(page, "卷积")
    page.keyboard.press("Escape")
    assert page.input_value(".finder input") == ""
    assert page.locator(".finder [role=listbox]").is_hidden()


def test_from_one_lecture_to_a_slide_of_another(deck):
    looked_for(deck, "遗忘")
    arrive(deck, "rnn%201.html")
    assert place(deck) == [0, 1]


def test_a_plain_page_has_the_same_search(visit, site):
    page = visit("slides/notes.html", site)
    page.evaluate("window.before = true")
    assert looked_for(page, "依赖") == ["怎样安装"]
    page.keyboard.press("Enter")
    until(page, "decodeURIComponent(location.hash) === '#怎样安装'")
    assert page.evaluate("window.before")


def test_the_arrows_move_and_the_reader_hears_where(deck):
    names = looked_for(deck, "卷积")
    assert len(names) > 2
    active = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        seen.append(deck.evaluate(f"{active}.querySelector('.name').textContent"))
        assert deck.locator(".finder [aria-selected=true]").count() == 1
        assert deck.evaluate(f"{active}.ariaSelected") == "true"
        deck.keyboard.press(key)
    assert seen == [names[0], names[1], names[2], names[1], names[0]]
    assert deck.evaluate(f"{active}.querySelector('.name').textContent") == names[-1]  # round the end
    assert place(deck) == [0, 0]


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_keys_open_it_and_escape_closes_it(deck, keys):
    deck.keyboard.press(keys)
    assert is_open(deck)
    assert deck.evaluate("document.activeElement.role") == "combobox"
    deck.keyboard.press("Escape")
    assert not is_open(deck)
    assert not deck.evaluate("Reveal.isPaused() || Reveal.isOverview()")


def test_the_button_opens_it_and_has_the_focus_back(deck):
    deck.focus(".search-open")
    deck.keyboard.press("Enter")
    assert is_open(deck)
    deck.keyboard.press("Escape")
    assert deck.evaluate("document.activeElement.className") == "search-open"
    deck.click(".search-open")
    deck.click("dialog.search .close")
    assert not is_open(deck)
    deck.click(".search-open")
    deck.mouse.click(5, 700)
    assert not is_open(deck)


def test_letters_are_written_and_turn_nothing(deck):
    deck.keyboard.press("/")
    deck.keyboard.type("dsb n?/f ")
    assert deck.input_value(".finder input") == "dsb n?/f "
    deck.keyboard.press("ArrowRight")
    assert deck.evaluate("document.documentElement.dataset.theme") == "light"
    assert place(deck) == [0, 0]
    assert len(deck.context.pages) == 1


def test_an_input_method_is_left_to_finish(deck):
    deck.keyboard.press("/")
    method = deck.context.new_cdp_session(deck)
    method.send("Input.imeSetComposition", {"text": "qqqq", "selectionStart": 4, "selectionEnd": 4})
    deck.wait_for_timeout(300)
    assert "没有找到" not in status(deck)
    method.send("Input.insertText", {"text": "遗忘"})
    until(deck, "document.querySelector('.finder .name')?.textContent === '门'")


def test_nothing_is_loaded_before_it_is_wanted(visit, site):
    page = visit("slides/cnn.html", site)
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    settled(page)
    assert not {"passages.js", "find.js", "minisearch.js"} & set(asked)
    looked_for(page, "卷积")
    assert {"passages.js", "find.js", "minisearch.js"} <= set(asked)


def test_a_site_without_its_index_says_so(chromium, site, tmp_path):
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    (folder / "_kejian/passages.js").unlink()
    page = chromium.new_page()
    page.goto(f"{folder.as_uri()}/index.html")
    page.fill(".finder input", "卷积")
    until(page, "document.querySelector('.finder [role=status]').textContent.includes('_kejian')")
    page.close()


@pytest.mark.parametrize("address", ["slides/cnn.html?receiver", "slides/cnn.html?view=print"])
def test_the_speakers_window_and_paper_have_no_search(visit, site, address):
    page = visit(address, site)
    page.keyboard.press("Control+k")
    assert not is_open(page)
    assert page.locator(".search-open").count() == 0


def test_search_hit_in_the_reading_view_leads_to_its_part(visit, site):
    page = visit("slides/cnn.html?view=reading", site, viewport={"width": 390, "height": 500})
    assert looked_for(page, "softmax") == ["LeNet-5"]
    page.keyboard.press("Enter")
    until(page, "location.hash.endsWith('2024')")
    assert page.evaluate("scrollY > 0")
    assert 0 <= page.evaluate("document.getElementById('2024').getBoundingClientRect().top") < 500


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", "slides/cnn.html", "slides/notes.html"])
def test_no_reader_is_shut_out(visit, site, path, theme):
    page = visit(path, site)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    looked_for(page, "卷积")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document.querySelector('.finder').closest('dialog, main'), { preload: false })")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_single_file_searches_its_own_slides(visit, site, tmp_path):
    shutil.copy(site / "slides/cnn.single.html", tmp_path / "一个 文件.html")
    page = visit("一个 文件.html", tmp_path)
    assert looked_for(page, "一维卷积") == ["一维卷积"]
    assert looked_for(page, "output_size") == ["超参数"]
    page.keyboard.press("Enter")
    assert place(page) == [0, 1]


def test_search_box_is_not_printed(visit, site):
    page = visit("index.html", site)
    page.emulate_media(media="print")
    assert page.locator(".finder").is_hidden()


def test_marks_of_code_are_not_cut_into_a_name(deck):
    looked_for(deck, "size")
    assert deck.locator(".finder mark").all_inner_texts() == ["size"]
    assert re.search("def output_size", deck.inner_text(".finder .words"))
