"""markdown-it as the dialect wants it: which of its rules, which plugins, which rules of ours, in which order."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from kejian.markdown import (
    abbreviations,
    autolinks,
    brackets,
    containers,
    critic,
    elements,
    emojis,
    example,
    fence,
    footnotes,
    headings,
    icons,
    inline_attributes,
    mark,
    math_block,
    math_inline,
    raw_html,
    rendered,
    tables,
    tasks,
    text_pass,
    toc,
    wiki,
)
from kejian.markdown.rendering import rendering

OPTIONS = {
    "html": True,
    "breaks": True,
    "xhtmlOut": False,
    "maxNesting": 100,  # markdown-it's own default; its commonmark preset stops at 20 and drops what is deeper
    "tasklists": True,
    "alerts": True,
}

_INLINE: dict[str, tuple[RuleFuncInlineType, ...]] = {
    "`": (example.value,),
    "$": (math_inline.dollar,),
    "\\": (math_inline.bracket,),
    "{": (critic.critic, inline_attributes.after_link),
    ":": (autolinks.scheme, icons.icon, emojis.emoji),
    ";": (emojis.emoji,),
    "<": (emojis.emoji,),
    "=": (mark.tokenize,),
    "^": (brackets.opening, footnotes.inline),
    "!": (brackets.opening,),
    "[": (brackets.opening, wiki.wiki),
}
"""Our rules by the character they begin with, each before markdown-it's own: one look-up where none applies."""

_RENDER: dict[str, Callable[..., str]] = {
    "hole": rendered.hole,
    "math_block": rendered.math_block,
    "image": rendered.image,
    "critic": rendered.critic,
    "footnote_anchor": rendered.footnote_anchor,
    "fence": fence.fence,
    "code_block": fence.code_block,
    "html_block": raw_html.html_block,
    "toc": toc.toc,
}


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (overrides; our pass judges schemes, with a warning)
        return True


@cache
def parser() -> MarkdownIt:
    """The one parser of this process. It holds no state of a rendering: that travels in the sandbox."""
    return build()


def build(**options: bool) -> MarkdownIt:
    """A parser with some options of markdown-it changed."""
    md = _Parser("commonmark", OPTIONS | options).enable(["table", "strikethrough"])
    for plugin in (sub_plugin, superscript_plugin, deflist_plugin, admon_plugin, containers.plugin):
        md.use(plugin)
    md.use(footnote_plugin, inline=False)
    md.block.ruler.before(
        "blockquote", "math_block", math_block.math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before("reference", "abbreviation", abbreviations.definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.after("text", "dialect", _dialect)
    md.inline.add_terminator_char(";")  # where an emoji shortcut may begin
    md.inline.ruler2.before("fragments_join", "mark", mark.finish)
    md.core.ruler.before("inline", "tables", tables.merge)
    md.core.ruler.before("inline", "heading_attributes", headings.attributes)
    md.core.ruler.at("inline", _inline)
    for name, rule in (
        ("text_pass", text_pass.finish),
        ("elements", elements.annotate),
        ("headings", headings.identify),
        ("toc", toc.find),
        ("tasks", tasks.label),
    ):
        md.core.ruler.push(name, rule)
    for name, render in _RENDER.items():
        md.add_render_rule(name, render)
    return md


def _dialect(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule: those of ours that begin with the character at hand."""
    return any(rule(state, silent) for rule in _INLINE.get(state.src[state.pos], ()))


def _inline(state: StateCore) -> None:
    """Core rule: parse the text of every block, remembering its line."""
    found = rendering(state.env)
    for token in state.tokens:
        if token.type == "inline":
            found.enter(token.map[0] if token.map else 0)
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
