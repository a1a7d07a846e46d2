"""Inputs of any length that a scan could take too long for: a function of the number of characters for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

CITES = "---\nbibliography: refs.bib\n---\n"
Build = Callable[[int], str]


def run(piece: str, n: int) -> str:
    """`piece` over and over."""
    return piece * (n // len(piece))


_PIECES = json.loads(Path(__file__).with_name("runs.json").read_text("utf-8"))


def runs(of: str) -> dict[str, Build]:
    """A run for each of the pieces of that kind."""
    return {repr(piece): partial(run, piece) for piece in _PIECES[of]}


def nested(before: str, after: str) -> Build:
    """A pair around a pair around a pair."""
    return lambda n: before * (n // len(before + after)) + "a" + after * (n // len(before + after))


def numbered(pattern: str, before: str = "", after: str = "") -> Build:
    """`pattern` with 0, 1, 2 … for `#`, so that each is another."""
    return lambda n: before + "".join(pattern.replace("#", str(i)) for i in range(n // (len(pattern) + 4))) + after


def root(n: int) -> int:
    """How many parts of a text of n characters have a length of that many characters."""
    return max(1, int(n**0.5))


MARKDOWN: Mapping[str, Build] = {
    **runs("markdown"),
    "nested []": nested("[", "]"),
    "nested ![]()": nested("![", "](b)"),
    "nested []()": nested("[", "](b)"),
    "nested ^[]": nested("^[", "]"),
    "nested **": nested("**", "**"),
    "nested *_": nested("*a _b ", " b_ a*"),
    "nested {--": nested("{--", "--}"),
    "nested parentheses": lambda n: "[a](" + "(" * (n // 2) + ")" * (n // 2) + ")",
    "backquotes, more and more": lambda n: " ".join("`" * i for i in range(1, root(2 * n))),
    "deep lists": lambda n: "".join("  " * i + "- a\n" for i in range(root(n))),
    "deep quotes": lambda n: "".join("> " * i + "a\n" for i in range(root(n))),
    "deep notes": lambda n: "".join("    " * i + "!!! a\n" for i in range(root(n // 2))),
    "deep definitions": lambda n: "".join(" " * 2 * i + f"a\n{' ' * 2 * i}: b\n" for i in range(root(n // 2))),
    "deep containers": lambda n: "".join(":" * (root(n) - i + 3) + "a\n" for i in range(root(n))),
    "a wide table": lambda n: "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
    "a wide table of short rows": lambda n: "|a" * root(n) + "|\n" + "|-" * root(n) + "|\n" + "|a\n" * root(n),
    "a table of joined cells": lambda n: (
        "|a" * root(n) + "|\n" + "|-" * root(n) + "|\n" + ("|^" * root(n) + "|\n") * root(n)
    ),
    "a row of formulas": lambda n: (
        numbered("|$a#$")(n // 2) + "|\n" + "|-" * (n // 18) + "|\n" + numbered("|$b#$")(n // 2) + "|"
    ),
    "many references": lambda n: numbered("[a#]: b\n")(n // 2) + numbered("[a#] ")(n // 2),
    "many footnotes": lambda n: numbered("a[^#] ")(n // 2) + "\n\n" + numbered("[^#]: b\n\n")(n // 2),
    "open footnotes and one": lambda n: run("[^", n) + "\n\n[^a]: b\n",
    "a footnote everywhere": lambda n: run("a[^1]", n) + "\n\n[^1]: b\n",
    "a chain of footnotes": numbered("[^#]: b [^1#]\n\n", "a[^0]\n\n"),
    "many abbreviations": lambda n: numbered("*[A#]: b\n")(n // 2) + "\n" + numbered("A# ")(n // 2),
    "abbreviations of each length": lambda n: (
        "".join(f"*[{'a' * i}]: b\n" for i in range(1, root(n))) + "\n" + run("aab", n)
    ),
    "many headings of one text": lambda n: "[TOC]\n\n" + run("# a\n", n),
    "headings that take ids": numbered("# a-#\n# a\n"),
    "many tables of contents": lambda n: "[TOC]\n\n" * root(n) + "# a\n" * root(n),
    "formulas in one line": numbered("$a#$ "),
    "formulas spelled otherwise": lambda n: "|" + numbered("$a#\\|b$|")(n) + "\n" + "|-" * (n // 11) + "|\n",
    "schemes spelled otherwise": numbered("[a](x#&#58;y) "),
    "unknown tags": numbered("<x#> "),
    "a long wiki link": lambda n: "[[" + "a" * n + "]]",
    "a long name": lambda n: ":" + "a" * n + ":",
    "a long address": lambda n: "http://" + "a" * n + " www." + "b" * n,
    "a long picture of its own": lambda n: "![a](data:image/png;base64," + "A" * n + ")",
    "attributes of a picture": lambda n: "![](a){" + run("a=1 ", n) + "}",
    "keys of a picture": numbered("k#=1 ", "![](a){", "}"),
    "classes of a fence": lambda n: "```py {" + run(".a ", n) + "}\na\n```",
    "keys of a fence": numbered("data-#=1 ", "```py {", "}\na\n```"),
    "marked lines": lambda n: "```py {highlight=" + run("1-9,", n) + "}\na\n```",
}

DECK: Mapping[str, Build] = {
    **runs("deck"),
    "a mark of colons": lambda n: "<!-- slide " + run("a: ", n) + "-->",
    "a mark of lines": lambda n: "<!-- slide " + run("a:\n", n) + "-->",
    "a mark of quotes": lambda n: "<!-- slide " + run('a="', n) + "-->",
    "a mark of keys": numbered("k#=1 ", "<!-- slide ", "-->"),
    "a long macro": lambda n: "HEADER " + run("a ", n),
    "fences of each length": lambda n: "\n".join("`" * i + " a" for i in range(3, root(2 * n))),
    "shorter and shorter fences": lambda n: "\n".join("`" * i for i in range(root(2 * n), 2, -1)),
    "marks of lists before a fence": lambda n: run("- ", n) + "```a`",
    "numbers before a fence": lambda n: run("1. ", n) + "```a`",
    "front matter": lambda n: "---\n" + run("a: b\n", n) + "---\n",
    "front matter without end": lambda n: "---\n" + run("a: b\n", n),
    "elements with markers of their own": lambda n: numbered("<b class=#>")(n // 2) + run("<p>a</p>", n // 2),
    "attributes of an element": numbered("a#=1 ", "<div ", ">"),
    "a style of blanks": lambda n: "<a style='url(" + " " * n + "'>b</a>",
    "a style of addresses": lambda n: "<a style='" + run("url(", n) + "'>b</a>",
    "a style of comments": lambda n: "<a style='" + run("/*", n) + "'>b</a>",
    "a heading of signs": lambda n: "<h1>" + "<" * n + "</h1>",
    "missing pictures": numbered("![a](no#.png)\n"),
    "missing pictures in one line": numbered("![a](no#.png) "),
    "pictures spelled otherwise": numbered("![a](no#&#46;png)\n"),
    "references to nothing": lambda n: numbered("$$a\\label{l#}$$\n\n")(n // 2) + numbered("\\eqref{x#}\n\n")(n // 2),
    "references in one slide": lambda n: "$$a\\label{l}$$\n\n" + run("$\\eqref{l}$ @eq-a ", n),
    "blanks before a label": lambda n: "$$a" + " " * n + "b \\label{x}$$",
    "blanks before a table's label": lambda n: "|a|\n|-|\n|b|\n\n: " + " " * n + "x {#tbl-a} y",
    "braces in a table's caption": lambda n: "|a|\n|-|\n|b|\n\n: " + run("{#tbl-", n) + " {#tbl-a}",
    "lines of equations": lambda n: "$$\\begin{align}" + run("a{b}\\\\", n) + "\\label{x}\\end{align}$$",
    "solutions": partial(run, "::: solution\nb\n:::\n\n"),
    "solutions without end": lambda n: run("<!-- slide -->\n::: solution\nb\n", n),
    "slides of another edition": partial(run, '<!-- slide edition="teacher" -->\nb\n'),
    "blanks behind colons": lambda n: "::: a" + " " * n + "edition\n",
    "works that are cited": lambda n: CITES + run("[see @a, p. 3; @b] @c ", n),
    "works that are not closed": lambda n: CITES + run("[@a; ", n),
    "signs of works": lambda n: CITES + "[" + run("@", n) + "]",
    "one work after the other": lambda n: CITES + "[" + run("@a;", n) + "]",
    "lists of works": lambda n: CITES + "@a\n\n" + run("<!-- slide -->\n::: {#refs}\n:::\n", n),
    "variables": lambda n: "---\ntitle: a\n---\n" + run("{{title}} {{titel}} ", n),
    "variables in lines": lambda n: "---\ntitle: a\n---\n" + run("{{titel}} `a` $b$ \\(\n", n),
    "a table of contents on each slide": partial(run, "<!-- slide -->\n[TOC]\n# a\n"),
    "a footnote on each slide": numbered("<!-- slide -->\na[^#]\n\n[^#]: b\n"),
    "a long footnote for each slide": lambda n: (
        "[^1]: " + run("b ", n // 2) + "\n" + run("<!-- slide -->\na[^1]\n", n // 2)
    ),
    "a chain of footnotes through the slides": numbered("<!-- slide -->\na[^#]\n\n[^#]: b[^1#]\n\n"),
    "an abbreviation on each slide": numbered("<!-- slide -->\nA#\n\n*[A#]: b\n"),
    "a reference on each slide": numbered("<!-- slide -->\n[a#]\n\n[a#]: b\n"),
    "a chunk on each slide": numbered('<!-- slide -->\n```py {cmd=true id="a#"}\na\n```\n'),
    "chunks that continue": lambda n: "```py {cmd=true}\na\n```\n" + run("```py {cmd=true continue}\na\n```\n", n),
    "chunks that continue none": numbered('```py {cmd=true id="a#"}\na\n```\n```py {cmd=true continue="b#"}\na\n```\n'),
}

TEXTS: Mapping[str, tuple[str, Mapping[str, Build]]] = {
    "attributes": (
        "",
        runs("attributes") | {"keys": numbered("k#=1 ")},
    ),
    "texmacros": (
        "",
        runs("texmacros")
        | {
            "bad ones": numbered('"1a#":1,', "x={tex:{macros:{", "}}}"),
            "bad ones in JSON": numbered('"1a#":1,', "{", '"b":1}'),
            "bad ones spelled otherwise": numbered('"\\u0031a#":1,', "{", '"b":1}'),
        },
    ),
    "settings": (
        "",
        runs("settings") | {"dots": lambda n: "a" + ".a" * (n // 2) + "=1"},
    ),
    "frontmatter": (
        "",
        runs("frontmatter") | {"keys": numbered("a#: b\n")},
    ),
    "call": ("", runs("call")),
    "record": (
        "",
        runs("record")
        | {
            "outputs": lambda n: (
                '{"call":"","key":"","outputs":[' + run('{"file":"a","kind":"text","digest":""},', n) + "0]}"
            )
        },
    ),
    "compare": (
        "0.01\n",
        runs("compare")
        | {
            "other words": lambda n: numbered("a# ")(n // 2) + "\0x " + numbered("b# ")(n // 2),
            "other lines": lambda n: numbered("a#\n")(n // 2) + "\0x\n" + numbered("b# 1\n")(n // 2),
            "blocks": lambda n: numbered("a\nb#\n")(n // 2) + "\0" + numbered("a\na\nc#\n")(n // 2),
            "digits": lambda n: "1" * (n // 2) + "\0" + "2" * (n // 2),
            "decimals": lambda n: "0." + "1" * (n // 2) + "\0" + "0." + "2" * (n // 2),
        },
    ),
    **{
        f"quote {words}": (
            f"{words}\n",
            runs("quote")
            | {
                "regions": numbered("# region a#\nx\n"),
                "regions that end otherwise": lambda n: (
                    numbered("# region a#\n")(n // 2) + run("# endregion\n", n // 2)
                ),
                "symbols": numbered("def a#(): pass\n"),
                "comments below": lambda n: "def f():\n    return 1\n" + run("    # a\n", n),
                "imports": lambda n: numbered("import a#\n")(n // 2) + "def f():\n" + numbered("    a#\n")(n // 2),
                "imported names": lambda n: (
                    "from a import x" + numbered(",a#")(n // 2) + "\ndef f():\n" + numbered("    a#\n")(n // 2)
                ),
            },
        )
        for words in ('symbol="f" imports=true', 'region="a"', "lines=5", "line_begin=1")
    },
    "quote elide": (
        "",
        {"many gaps": lambda n: 'elide="' + ",".join(map(str, range(1, n // 10, 2))) + '"\n' + "x\n" * (n // 4)},
    ),
}
"""By the target: what every input begins with, and what follows."""
