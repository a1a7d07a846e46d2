"""Sites for some readers: what is another edition's is in no byte of a site."""

import shutil

import pytest

from kejian.pipeline.analysis import survey
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

SECRET = "zebra"
DECK = f"""<!-- slide -->

# Exercise

How much?

@import "../demo_examples/shown.py" {{symbol="text" cmd=true}}

::: solution
{SECRET} one [^1]
:::

::: {{.only edition="teacher"}}
![{SECRET}](../{SECRET}.png) {SECRET} two $x_{{{SECRET}}}$

`{{python}} shown.{SECRET}()`

```python
{SECRET} = 3
```

@import "{SECRET}.md"

::: notes
{SECRET} three
:::
:::

[^1]: A note.

<!-- slide edition="teacher" data-notes="{SECRET} four" -->

# Title {SECRET}

<!-- slide -->

::: {{.except edition="teacher"}}
For students.
:::

Last.
"""


@pytest.fixture
def course(demo):
    shutil.rmtree(demo / "slides")
    (demo / "slides").mkdir()
    (demo / "slides" / "deck.md").write_text(DECK, "utf-8")
    (demo / f"{SECRET}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    (demo / "slides" / f"{SECRET}.md").write_text(f"imported {SECRET}\n", "utf-8")
    settings = 'language = "en"\ndecks = ["slides/deck.md"]\neditions = ["teacher"]\nsolutions = ["teacher"]\n'
    (demo / "kejian.toml").write_text(settings, "utf-8")
    with (demo / "demo_examples" / "shown.py").open("a", encoding="utf-8") as module:
        module.write(f'\n\ndef {SECRET}():\n    return "{SECRET} five"\n')
    return demo


def built(course, out="site", **how):
    options = Options(course=course, out=course / out, today="2026-11-24", single_file=True, **how)
    return build(options)


def published(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_teacher_s_text_is_in_no_file_of_the_students_site(course):
    assert built(course, "dist/teacher", edition="teacher").diagnostics == ()
    report = built(course)
    assert report.diagnostics == ()
    files = published(course / "site")
    assert {"slides/deck.html", "slides/deck.ipynb", "slides/deck.single.html"} <= set(files)
    assert [name for name, data in files.items() if SECRET in name or SECRET.encode() in data] == []
    page = files["slides/deck.html"].decode()
    assert page.count('<section id="') == 2
    assert "For students." in page


def test_the_teacher_s_site_has_it_all(course):
    assert built(course, "dist/teacher", edition="teacher").diagnostics == ()
    files = published(course / "dist" / "teacher")
    page = files["slides/deck.html"].decode()
    for word in ("one", "two", "three", "four", "five"):
        assert f"{SECRET} {word}" in page
    assert f"imported {SECRET}" in page
    assert f"{SECRET}.png" in files
    assert "For students." not in page


def test_an_edition_that_the_course_does_not_list_is_an_error(course):
    (found,) = built(course, edition="techer").diagnostics
    assert (found.code, found.hint) == ("no-edition", "did you mean teacher?")
    assert not (course / "site").exists()


def test_what_is_checked_is_every_edition(course):
    assert {str(job.call) for job in survey(course).jobs} == {"shown.text()", f"shown.{SECRET}()"}
