"""Listings that are gone through line by line, and outputs that come as a step, as an audience sees them."""

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until

pytestmark = pytest.mark.slow

DECK = """<!-- slide -->

# 逐行

```python {highlight="1|2-3|all"}
a = 1
b = 2
c = 3
```

```python {cmd=true output="fragment"}
print("输出")
```
"""
STEPS = """<!-- slide -->

# 一步一步

@import "../s_examples/m.py" {symbol="three" cmd=true steps hide}
"""
CODE = "def three():\n    for n in range(4):\n        yield f'step {n}'\n"
READ = "[...document.querySelectorAll('.layer')].map(one => one.offsetHeight > 0).join()"
SEEN = "[...document.querySelectorAll('.layer')].map(one => getComputedStyle(one).visibility === 'visible').join()"
CLEAR = (
    "[...document.querySelectorAll('pre[data-marked] .line')].map(one => getComputedStyle(one).opacity === '1').join()"
)


@pytest.fixture
def site(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK, "utf-8")
    (tmp_path / "kejian.toml").write_text("slide_code = true\n", "utf-8")
    report = build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24", progress=lambda words: None))
    assert report.diagnostics == ()
    return (tmp_path / "site" / "slides" / "a.html").as_uri()


@pytest.fixture
def opened(site, chromium):
    page = chromium.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(site)
    yield page
    page.close()


def clear(page, *lines):
    """Wait until these lines of the listing, and no other ones, are clear."""
    wanted = ",".join(str(number in lines).lower() for number in (1, 2, 3))
    until(page, f"{CLEAR} === '{wanted}'")


def test_the_lines_of_the_step_are_clear_and_then_the_output_comes(opened):
    clear(opened, 1)
    opened.keyboard.press("ArrowRight")
    clear(opened, 2, 3)
    opened.keyboard.press("ArrowRight")
    clear(opened, 1, 2, 3)
    assert not opened.evaluate("document.querySelector('.output').matches('.visible')")
    opened.keyboard.press("ArrowRight")
    until(opened, "document.querySelector('.output').matches('.visible')")
    for _ in range(3):
        opened.keyboard.press("ArrowLeft")
    clear(opened, 1)


def test_to_read_and_on_paper_all_lines_are_clear(opened, site):
    opened.emulate_media(media="print")
    clear(opened, 1, 2, 3)
    opened.emulate_media(media="screen")
    opened.goto(f"{site}?view=reading")
    clear(opened, 1, 2, 3)


@pytest.fixture
def stepped(tmp_path, chromium):
    (tmp_path / "slides").mkdir()
    (tmp_path / "s_examples").mkdir()
    (tmp_path / "s_examples" / "__init__.py").write_text("")
    (tmp_path / "s_examples" / "m.py").write_text(CODE)
    (tmp_path / "slides" / "a.md").write_text(STEPS, "utf-8")
    report = build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24", progress=lambda words: None))
    assert report.diagnostics == ()
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "slides" / "a.html").as_uri())
    yield page
    page.close()


def seen(page, *layers):
    """Wait until these layers, and no other ones, are seen."""
    until(page, f"{SEEN} === '{','.join(str(n in layers).lower() for n in range(4))}'")


def test_what_an_example_yields_comes_one_after_another_in_one_place(stepped):
    seen(stepped, 0)
    for number in (1, 2, 3):
        stepped.keyboard.press("ArrowRight")
        seen(stepped, number)
    stepped.keyboard.press("ArrowLeft")
    seen(stepped, 2)
    places = "new Set([...document.querySelectorAll('.layer')].map(one => one.offsetTop)).size"
    assert stepped.evaluate(places) == 1


def test_of_steps_the_last_is_printed_and_the_first_the_middle_and_the_last_are_read(stepped):
    stepped.emulate_media(media="print")
    seen(stepped, 3)
    stepped.emulate_media(media="screen")
    stepped.goto(f"{stepped.url.partition('#')[0]}?view=reading")
    until(stepped, f"{READ} === 'true,true,false,true'")
