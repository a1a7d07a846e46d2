"""A course to print: a deck of each kind of front matter, in the house style and as a plain page of reveal.js."""

FOOTED = """FRONT<!-- slide data-notes="讲稿" -->

HEADER 默认边距

正文

```python
x = "右边看得见吗，这一行比别的都长一些"
```

FOOTER3 课程 第一讲 someone@example.org

<!-- slide data-background="#123456" -->

# 没有页脚

"""
FRONTS = {
    "absent": ("", (960, 700, 0.1)),
    "tenth": ("margin: 0.1", (960, 700, 0.1)),
    "none": ("margin: 0", (960, 700, 0)),
    "wide": ("margin: 0.04, width: 1600, height: 900", (1600, 900, 0.04)),
    "tall": ("margin: 0.2, width: 700, height: 1400", (700, 1400, 0.2)),
    "dark": ("theme: black, center: false", (960, 700, 0.1)),
}


HOUSE = {"absent": (1280, 720, 0), "tenth": (1280, 720, 0.1), "none": (1280, 720, 0), "dark": (1280, 720, 0)}
"""Those of the house style that are larger than a plain page where a deck says nothing."""


def written_in(course):
    """The folder with the decks, `NAME.md` and `NAME-plain.md`."""
    (course / "slides").mkdir(parents=True)
    for name, (words, _) in FRONTS.items():
        text = FOOTED.replace("FRONT", f"---\npresentation: {{{words}}}\n---\n" if words else "")
        plain = [line for line in text.split("\n") if not line.startswith(("HEADER", "FOOTER3"))]
        (course / f"slides/{name}.md").write_text(text, "utf-8")
        (course / f"slides/{name}-plain.md").write_text("\n".join(plain), "utf-8")
    return course
