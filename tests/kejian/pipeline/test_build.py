"""A course to a site, with the real parts: Node, MathJax, Graphviz, fonts."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kejian.pipeline.build import Options, build
from tests.conftest import copied

ROOT = Path(__file__).parents[3]
DECK = """---
title: 卷积
presentation:
  margin: 0
---

<!-- slide -->

HEADER 一维卷积

输出 $a_n = \\sum_i x_{n+i} w_i$，见[下一讲](more/second.md)与[说明](about.md)。

$$
\\Zv = \\Av \\otimes \\Wv + b
$$

```dot {.center}
digraph { 输入 -> 输出 }
```

<!-- slide vertical=true -->

```python {.line-numbers}
print("卷积")
```

![图](pictures/p.png)

我的批注 完

FOOTER3 课程 讲 someone@example.org
"""
FILES = {
    "slides/first.md": DECK,
    "slides/more/second.md": "<!-- slide -->\n\n# 第二讲\n\n回到[第一讲](../first.md)\n",
    "slides/about.md": "# 说明\n\n一页 $x^2$\n",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


def course(root, files=FILES):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            (root / path).write_bytes(text)
        else:
            (root / path).write_text(text, encoding="utf-8")
    (root / "slides" / "pictures").mkdir(parents=True, exist_ok=True)
    (root / "slides" / "pictures" / "p.png").write_bytes(PIXEL)
    return root


def tree(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def built(root, **options):
    return build(Options(course=root, out=root / "site", **options))


def codes(report):
    return [found.code for found in report.diagnostics]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    root = course(tmp_path_factory.mktemp("course"))
    report = built(root)
    return root, report, tree(root / "site")


def test_a_course_becomes_a_site(first):
    _, report, site = first
    assert (report.decks, report.pages, report.slides, report.made) == (2, 1, 3, 6)
    assert codes(report) == []
    assert {p for p in site if not p.startswith("_kejian/")} == {
        ".nojekyll",
        "index.html",
        "slides/first.html",
        "slides/more/second.html",
        "slides/about.html",
        "slides/pictures/p.png",
    }


def test_links_lead_from_page_to_page_and_to_the_shared_files(first):
    _, _, site = first
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        for target in re.findall(r'(?:href|src)="([^"#]+)(?:#[^"]*)?"', data.decode()):
            if not re.match(r"[a-z]+:", target):
                found = os.path.normpath(os.path.join(os.path.dirname(path), target))
                assert found in site, f"{path} names {target}"


def test_pages_hold_what_the_deck_says(first):
    page = first[2]["slides/first.html"].decode()
    assert "<title>卷积" in page
    assert 'lang="zh-CN"' in page
    assert 'data-tex="a_n = \\sum_i x_{n+i} w_i"' in page
    assert "输入" in page
    assert "kj-hole" not in page
    assert "://" not in re.sub(r"http://www\.w3\.org/[\w/]+", "", page)


def test_the_index_lists_decks_and_pages(first):
    page = first[2]["index.html"].decode()
    assert 'href="slides/first.html"' in page
    assert 'href="slides/more/second.html"' in page
    assert 'href="slides/about.html"' in page


def test_a_second_build_makes_writes_and_changes_nothing(first):
    root, _, site = first
    report = built(root)
    assert (report.made, report.reused, report.written) == (0, 6, 0)
    assert tree(root / "site") == site


def test_a_warm_build_equals_a_cold_one(first, tmp_path):
    root = copied(first[0], tmp_path / "course")
    edited = DECK.replace("完", "改完")
    (root / "slides" / "first.md").write_text(edited, encoding="utf-8")
    report = built(root)
    assert report.made == 0
    warm = tree(root / "site")
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".kejian")
    built(root)
    assert tree(root / "site") == warm
    assert warm["slides/first.html"] != first[2]["slides/first.html"]


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_machine_s_settings(first, tmp_path):
    root = course(tmp_path / "another folder" / first[0].name)
    settings = {"TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    os.umask(0o077)
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    subprocess.run([*one_core, sys.executable, ROOT / "build.py", root], env={**os.environ, **settings}, check=True)
    os.umask(0o022)
    assert tree(root / "site") == first[2]


BAD = {
    "broken front matter": ("---\na: [\n---\n<!-- slide -->\nx", ["bad-front-matter"]),
    "unclosed comment": ("<!-- slide -->\n<!-- x\ny", ["unclosed-comment"]),
    "unclosed fence": ("<!-- slide -->\n```\nx", ["unclosed-fence"]),
    "bad TeX": ("<!-- slide -->\n$\\frac{1$", ["bad-tex"]),
    "bad DOT": ("<!-- slide -->\n```dot\ndigraph { a -> \n```", ["bad-dot"]),
    "missing file": ('<!-- slide -->\n@import "no.py"', ["import-unreadable"]),
    "missing picture": ("<!-- slide -->\n![x](no.png)", ["missing-picture"]),
    "import cycle": ('<!-- slide -->\n@import "a.md"', ["import-cycle"]),
    "path outside": ('<!-- slide -->\n@import "../../../../etc/passwd"', ["import-unreadable"]),
    "script": ("<!-- slide -->\n<script>alert(1)</script>", ["raw-html"]),
    "no slides": ("---\npresentation:\n  margin: 0\n---\ntext", ["no-slides"]),
}


@pytest.mark.parametrize("text, expected", BAD.values(), ids=BAD)
def test_what_is_wrong_in_a_deck_is_a_warning_and_a_box(text, expected, tmp_path):
    root = course(tmp_path, {"slides/a.md": text})
    report = built(root)
    assert codes(report) == expected
    (found,) = report.diagnostics
    assert found.severity == "warning"
    assert found.span.path == "slides/a.md"
    assert found.hint
    assert not report.failed
    assert (root / "site" / "slides" / "a.html").exists()


@pytest.mark.parametrize("text, expected", BAD.values(), ids=BAD)
def test_strict_makes_it_an_error_and_keeps_the_old_site(text, expected, tmp_path):
    root = course(tmp_path, {"slides/a.md": "<!-- slide -->\nold"})
    built(root)
    before = tree(root / "site")
    (root / "slides" / "a.md").write_text(text)
    report = built(root, strict=True)
    assert report.failed
    assert codes(report) == expected
    assert tree(root / "site") == before
    assert sorted(p.name for p in root.iterdir()) == [".kejian", "site", "slides"]


ERRORS = {
    "two decks on one page": ({"slides/a.md": "x", "slides/a.markdown": "y"}, "page-taken"),
    "broken kejian.toml": ({"slides/a.md": "x", "kejian.toml": "title = ["}, "bad-config"),
    "bad macros": ({"slides/a.md": "x", "macros.json": "{"}, "bad-macros"),
    "missing macros": ({"slides/a.md": "x", "kejian.toml": 'macros = "no.json"'}, "bad-macros"),
    "bad template": ({"slides/a.md": "x", "templates/macros/X.html": "{# X a #}{% if %}"}, "bad-template"),
    "macro without usage": ({"slides/a.md": "x", "templates/macros/X.html": "<b>"}, "bad-template"),
    "template that fails": ({"slides/a.md": "X 1", "templates/macros/X.html": "{# X a #}{{ b }}"}, "bad-template"),
    "template that looks into Python": (
        {"slides/a.md": "X 1", "templates/macros/X.html": "{# X a #}{{ a.__class__.__mro__ }}"},
        "bad-template",
    ),
    "missing logo": ({"slides/a.md": "x", "kejian.toml": 'logo = "no.svg"'}, "bad-logo"),
    "missing logo that is no drawing": ({"slides/a.md": "x", "kejian.toml": 'logo = "no.png"'}, "bad-logo"),
    "logo outside that is no drawing": ({"slides/a.md": "x", "kejian.toml": 'logo = "../no.png"'}, "bad-logo"),
    "logo that is a folder": ({"slides/a.md": "x", "kejian.toml": 'logo = "slides"'}, "bad-logo"),
    "logo outside": ({"slides/a.md": "x", "kejian.toml": 'logo = "../no.svg"'}, "bad-logo"),
    "missing picture": ({"slides/a.md": "x", "kejian.toml": 'picture = "a.png"\nurl = "https://a.org"'}, "bad-picture"),
    "no decks": ({"README.md": "x"}, "no-decks"),
}


@pytest.mark.parametrize("files, expected", ERRORS.values(), ids=ERRORS)
def test_what_makes_the_site_impossible_is_an_error(files, expected, tmp_path):
    root = course(tmp_path, files)
    if expected == "no-decks":
        shutil.rmtree(root / "slides")
    report = built(root)
    assert report.failed
    assert [code for code in codes(report) if code != "no-slides"] == [expected]  # some of them hold no deck
    assert not (root / "site").exists()


def test_a_file_that_is_no_text_leaves_the_others_of_a_course_as_they_are(tmp_path):
    chinese = "<!-- slide -->\n\n# 卷积神经网络\n\n步长与填充\n".encode("gbk")
    files = {"slides/a.md": "<!-- slide -->\n# a", "slides/b.md": b"\x89PNG\0\0", "slides/c.md": chinese}
    root = course(tmp_path, files)
    report = built(root)
    assert [(one.span.path, one.code) for one in report.diagnostics] == [
        ("slides/b.md", "unreadable"),
        ("slides/c.md", "not-utf-8"),
    ]
    assert not report.failed
    assert "zero bytes" in (root / "site/slides/b.html").read_text("utf-8")
    assert "步长与填充" in (root / "site/slides/c.html").read_text("utf-8")


def test_a_site_is_never_built_over_the_course_or_over_foreign_files(tmp_path):
    root = course(tmp_path / "course")
    assert codes(build(Options(course=root, out=root))) == ["out-is-course"]
    assert codes(build(Options(course=root, out=tmp_path))) == ["out-is-course"]
    assert codes(build(Options(course=root, out=root / "slides"))) == ["out-not-ours"]
    assert codes(build(Options(course=tmp_path / "no", out=tmp_path / "x"))) == ["no-course"]


def test_a_course_s_own_macro_is_a_template_and_no_code(tmp_path):
    template = "{# NOTE text... #}<b>{{ text }}</b>"
    own = {"slides/a.md": "<!-- slide -->\nNOTE 注意 $x$", "templates/macros/NOTE.html": template}
    root = course(tmp_path, own)
    assert codes(built(root)) == []
    assert '<b>注意 <span class="formula"' in (root / "site/slides/a.html").read_text("utf-8")


def test_a_template_that_was_edited_draws_the_next_page_of_the_same_process(tmp_path):
    """As a preview builds again and again."""
    template = tmp_path / "templates" / "macros" / "hallo.html"
    for path, text in {template: "", tmp_path / "slides" / "a.md": "<!-- slide -->\n\nHALLO 一 二\n"}.items():
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    for body in ("{{ words }}", "又：{{ words }}", '{% include "name.html" %} {{ words }}'):
        template.write_text(f"{{# HALLO words... #}}\n<b>{body}</b>\n", "utf-8")
        (tmp_path / "templates" / "name.html").write_text("老师", "utf-8")
        assert build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24")).diagnostics == ()
        drawn = body.replace("{{ words }}", "一 二").replace('{% include "name.html" %}', "老师")
        assert f"<b>{drawn}</b>" in (tmp_path / "site" / "slides" / "a.html").read_text("utf-8")
    (tmp_path / "templates" / "name.html").write_text("同学", "utf-8")
    build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24"))
    assert "<b>同学 一 二</b>" in (tmp_path / "site" / "slides" / "a.html").read_text("utf-8")


def test_tex_macros_of_the_course_override_the_default_ones(tmp_path):
    root = course(
        tmp_path,
        {"slides/a.md": "<!-- slide -->\n$\\hello$", "mathjax_config.js": "MathJax = {tex: {macros: {hello: 'h'}}}"},
    )
    assert codes(built(root)) == []


def test_an_edited_import_builds_its_deck_anew(tmp_path):
    root = course(tmp_path, {"slides/a.md": '<!-- slide -->\n@import "code.py"', "slides/code.py": "x = 1\n"})
    built(root)
    (root / "slides" / "code.py").write_text("y = 2\n")
    assert built(root).written > 0
    assert ">y<" in (root / "site/slides/a.html").read_text("utf-8")


def test_a_template_outside_the_course_is_not_read(tmp_path):
    root = course(tmp_path / "course", {"slides/a.md": "<!-- slide -->\nx"})
    (tmp_path / "secret.html").write_text("secret")
    (root / "templates").mkdir()
    (root / "templates" / "deck.html").symlink_to(tmp_path / "secret.html")
    assert codes(built(root)) == []
    assert "secret" not in (root / "site/slides/a.html").read_text("utf-8")


@pytest.mark.slow
def test_a_line_of_ten_megabytes_builds(tmp_path):
    root = course(tmp_path, {"slides/a.md": "<!-- slide -->\n" + "长" * 3_500_000})
    assert codes(built(root)) == []


def test_a_site_whose_address_is_known_has_a_sitemap_and_its_picture(tmp_path):
    root = course(tmp_path, {"slides/a.md": "<!-- slide -->\n# A", "a.svg": "<svg/>"})
    (root / "kejian.toml").write_text('url = "https://example.org/c"\npicture = "a.svg"\n')
    assert codes(built(root)) == []
    assert "https://example.org/c/slides/a.html" in (root / "site" / "sitemap.xml").read_text("utf-8")
    assert (root / "site" / "a.svg").is_file()
    assert (root / "site" / ".nojekyll").read_bytes() == b""
