"""A slide as a reader sees it: its blocks, a line each, from our HTML or from that of Markdown Preview Enhanced.

What only one of the two programs needs is left out: ids that it made up, classes of its own, tokens of highlighted
code, drawn outlines. What an author wrote stays: text, structure, classes, addresses, sizes, TeX, marked lines.
"""

import re
from urllib.parse import unquote

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from selectolax.lexbor import LexborHTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_KEPT = re.compile(
    r"align|alt|checked|class|color|colspan|data-.+|dir|height|href|id|open|rowspan|src|start|style|title|width"
)
_OURS = frozenset(
    "anchor bare body contains-task-list footnote-anchor math mume-header present slide stack task-list-item "
    "task-list-item-checkbox undefined".split()
)
_MADE_UP = re.compile(r"s\d+\.\d+|fn(?:ref)?-?[\d:-]+")
_GIVEN = ("data-marked", "data-tex", "data-role", "data-info", "data-number", "data-ground")
_SAME = {"gfm": "markdown"}
_NOTHING = ("link", "script", "-comment")
_DELIMITERS = re.compile(r"(\$\$?|\\\[|\\\()(.*?)(?:\$\$?|\\\]|\\\))\s*\Z", re.DOTALL)


def slides(page):
    """The slides of a page, by their titles, each as lines of text."""
    sections = LexborHTMLParser(page).css("section")
    leaves = [one for one in sections if len(one.css("section:not(.footnotes)")) == 1 and one.id != "footnotes"]
    return {_title(one): "\n".join(_block(one, "")) for one in leaves if "footnotes" not in _classes(one)}


def _title(section):
    heading = section.css_first("h2") or section.css_first("h1, h3")
    return _words("".join(map(_inline, heading.iter(include_text=True)))) if heading else ""


def _words(text):
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _classes(node):
    return [word for word in (node.attributes.get("class") or "").split() if word not in _OURS]


def _class(word):
    """A class; that of a listing's language by the language's own name, whichever of its names was written."""
    if not word.startswith("language-"):
        return word
    name = word.removeprefix("language-")
    try:
        known = find_lexer_class_by_name(_SAME.get(name, name) or "text").name
    except ClassNotFound:
        return name
    return "" if known == "Text only" else known


def _attributes(node):
    return " ".join(_attribute(name, value) for name, value in sorted(_own(node)))


def _attribute(name, value):
    return f'{name}="{value}"' if value not in ("", "true") else name


def _own(node):
    for name, value in node.attributes.items():
        if not _KEPT.fullmatch(name) or name in _GIVEN:
            continue
        value = " ".join(filter(None, map(_class, _classes(node)))) if name == "class" else _words(value or "")
        if name in ("href", "src", "id"):
            value = unquote(value)
        if (name in ("class", "href") and not value) or (name == "id" and _MADE_UP.fullmatch(value)):
            continue
        yield name, re.sub(r"\s*([:;])\s*", r"\1", value).rstrip(";") if name == "style" else value


def _block(node, indent):
    drawn = _drawn(node)
    if drawn is not None:
        return [indent + line for line in drawn]
    if _is_wrapper(node):
        return list(_children(node, indent))
    inner = list(_children(node, indent + "  "))
    if node.tag in ("p", "aside") and not inner:
        return []
    head = f"{node.tag} {_attributes(node)}".rstrip()
    if len(inner) == 1 and inner[0].lstrip().startswith(": "):
        return [indent + head + inner[0].lstrip()]
    return [indent + head, *inner]


def _is_wrapper(node):
    """Whether a block adds nothing: our frame around a slide's body, a paragraph around drawings and formulas alone."""
    if node.tag == "div" and node.attributes.get("class") == "body":
        return True
    return node.tag == "p" and not _attributes(node) and any(map(_is_display, node.iter()))


def _children(node, indent):
    """The lines of what a block holds: each run of text on one, each block on its own."""
    alone = not any(map(_is_display, node.iter()))
    run = []
    for child in node.iter(include_text=True):
        if _is_ours(child):
            continue
        if _is_block(child):
            yield from _run(run, indent, alone=alone)
            run = []
            yield from _block(child, indent)
        else:
            run.append(_inline(child))
    yield from _run(run, indent, alone=alone)


def _is_ours(node):
    """Whether a node is the copy of a slide's notes that reveal.js reads."""
    return node.tag == "aside" and "data-notes" in (node.parent.attributes if node.parent else {})


def _run(pieces, indent, *, alone):
    """A run of text, without a break at its end, which no reader sees; beside a displayed formula it is a paragraph."""
    text = re.sub(r" ?<br> ?", "<br>", _words("".join(pieces))).removesuffix("<br>")
    if not alone:
        text = text.removeprefix("<br>")
    return [f"{indent}{'' if alone else 'p'}: {text}"] if text else []


def _is_block(node):
    return node.tag in _BLOCKS or _is_display(node)


def _is_display(node):
    """Whether a node is a displayed formula or a diagram, which stand alone."""
    if node.tag == "-text":
        return False
    words = set((node.attributes.get("class") or "").split())
    return (
        {"formula", "display"} <= words
        or bool(words & {"mermaid", "wavedrom"})
        or node.tag == "svg"
        or (node.tag == "div" and "mathjax-exps" in words)
    )


def _inline(node):
    if node.tag == "-text":
        return re.sub(r"[ \t\n]+", " ", node.text_content or "").replace("<", "&lt;")
    if node.tag in _NOTHING:
        return ""
    drawn = _drawn(node)
    if drawn is not None:
        return "".join(drawn)
    inner = "".join(map(_inline, node.iter(include_text=True)))
    if node.tag == "label":
        return inner.strip()
    head = f"{node.tag} {_attributes(node)}".rstrip()
    return f"<{head}>" if node.tag in ("br", "img", "wbr") else f"<{head}>{inner}</{node.tag}>"


def _drawn(node):
    """What stands for a node that a program draws, in lines; None for any other."""
    classes = set((node.attributes.get("class") or "").split())
    if "formula" in classes:
        return [_formula(node.attributes.get("data-tex"), display="display" in classes)]
    if "mathjax-exps" in classes:
        opened, tex = _DELIMITERS.match(node.text()).groups()
        return [_formula(tex, display=opened in ("$$", "\\["))]
    if "fa" in classes:
        return [f"icon {' '.join(sorted(classes - {'fa'}))}"]
    if node.tag == "input":
        return ["[x] " if "checked" in node.attributes else "[ ] "]
    if classes & {"mermaid", "wavedrom"}:
        return [f"drawing {' '.join(sorted(classes & {'mermaid', 'wavedrom'}))}"]
    if node.tag == "svg":
        return [f"drawing {' '.join(sorted(_words(text.text()) for text in node.css('text')))}"]
    if node.tag == "style":
        return [f"style {_words(node.text())}"]
    return _listing(node) if node.tag == "pre" else None


def _formula(tex, *, display):
    return f"{'display' if display else 'formula'} {{{_words(tex)}}}"


def _listing(node):
    marked = node.attributes.get("data-marked") or _ranges(node)
    for extra in node.css(".line-highlight-wrapper, .line-numbers-rows"):
        extra.decompose()
    text = node.text().strip("\n").split("\n")
    head = f"pre {_attributes(node)}".rstrip() + (f" marked {marked}" if marked else "")
    return [head, *(f"| {line}" for line in text)]


def _ranges(node):
    return ",".join(one.attributes.get("data-range") or "" for one in node.css(".line-highlight"))
