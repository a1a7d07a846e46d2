"""markdown-it configured for the dialect: the selection and order of its rules, plugins and our own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from kejian.core.dialect import DEFAULT, Dialect
from kejian.parse.markdown import (
    abbreviations,
    atx,
    autolinks,
    brackets,
    callouts,
    captions,
    citations,
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
    inline_html,
    leftovers,
    mark,
    math_block,
    math_inline,
    merged_cells,
    pace,
    raw_html,
    references,
    spans,
    tables,
    tasks,
    text_pass,
    theorems,
    toc,
    unpaired,
    wiki,
)
from kejian.parse.markdown.flanking import InlineParser
from kejian.parse.markdown.render_state import rendering

OPTIONS: Mapping[str, object] = {
    "html": True,
    "xhtmlOut": False,
    "maxNesting": 100,  # markdown-it's own default; its commonmark preset stops at 20 and drops what is deeper
    "tasklists": True,
    "alerts": True,
}

_Rules = Mapping[str, tuple[RuleFuncInlineType, ...]]
_INLINE: _Rules = {
    "`": (example.value,),
    "$": (math_inline.dollar,),
    "\\": (math_inline.bracket, references.tex),
    "@": (references.at, citations.at),
    "{": (critic.critic, inline_attributes.after_link),
    ":": (autolinks.scheme, icons.icon, emojis.emoji),
    ";": (emojis.emoji,),
    "<": (emojis.emoji,),
    "=": (mark.tokenize,),
    "^": (brackets.opening, footnotes.inline),
    "!": (brackets.opening,),
    "[": (brackets.opening, wiki.wiki, references.group, citations.group, spans.span),
}
"""Our rules by the character they begin with, each before markdown-it's own: one look-up where none applies."""

_RENDER: dict[str, Callable[..., str]] = {
    "hole": inline_html.hole,
    "math_block": inline_html.math_block,
    "image": inline_html.image,
    "critic": inline_html.critic,
    "footnote_anchor": inline_html.footnote_anchor,
    "fence": fence.fence,
    "code_block": fence.code_block,
    "html_block": raw_html.html_block,
    "toc": toc.toc,
    "numbered": captions.numbered,
}


class _Parser(MarkdownIt):
    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__("zero")
        self.inline = InlineParser()
        self.configure("commonmark", options)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (overrides; our pass judges schemes, with a warning)
        return True


@cache
def parser(dialect: Dialect = DEFAULT) -> MarkdownIt:
    """Return this process' parser for a dialect. It holds no state of a rendering, which is in the environment."""
    return build(dialect)


def build(dialect: Dialect = DEFAULT) -> MarkdownIt:
    """Build a parser for a dialect."""
    options = {"breaks": dialect.single_newlines, "typographer": dialect.typographer}
    md = _Parser({**OPTIONS, **options}).enable(["table", "strikethrough"])
    if dialect.typographer:
        md.enable(["replacements", "smartquotes"])
    for plugin in (sub_plugin, superscript_plugin, deflist_plugin, admon_plugin, containers.plugin):
        md.use(plugin)
    md.use(footnote_plugin, inline=False)
    md.block.ruler.before(
        "blockquote", "math_block", math_block.math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.at("table", tables.table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("heading", "atx", atx.heading, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("reference", "abbreviation", abbreviations.definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.after("text", "dialect", partial(_dialect, _rules(dialect)))
    for sign in ";@":  # where an emoji shortcut may begin, or a reference
        md.inline.add_terminator_char(sign)
    md.inline.ruler2.before("fragments_join", "mark", mark.finish)
    md.inline.ruler2.before("fragments_join", "unpaired", unpaired.report)
    if dialect.extended_tables:
        md.core.ruler.before("inline", "merged_cells", merged_cells.merge)
    md.core.ruler.before("inline", "heading_attributes", headings.attributes)
    md.core.ruler.before("inline", "callouts", callouts.titled)
    md.core.ruler.before("inline", "theorems", theorems.headed)
    md.core.ruler.before("inline", "table_captions", captions.tables)
    md.core.ruler.before("inline", "code_captions", captions.code)
    md.core.ruler.before("inline", "incremental", pace.incremental)
    md.core.ruler.before("inline", "pauses", pace.pauses)
    md.core.ruler.at("inline", _inline)
    for name, rule in (
        ("text_pass", text_pass.finish),
        ("elements", elements.annotate),
        ("figures", captions.figures),
        ("headings", headings.identify),
        ("toc", toc.find),
        ("tasks", tasks.label),
        ("leftovers", leftovers.report),
    ):
        md.core.ruler.push(name, rule)
    for name, render in _RENDER.items():
        md.add_render_rule(name, render)
    return md


def _rules(dialect: Dialect) -> _Rules:
    """Return our inline rules by the character that they begin with, as far as the dialect enables them."""
    on: Mapping[RuleFuncInlineType, bool] = {critic.critic: dialect.critic, emojis.emoji: dialect.emoji}
    return {sign: tuple(rule for rule in rules if on.get(rule, True)) for sign, rules in _INLINE.items()}


def _dialect(rules: _Rules, state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule: try our rules for the current character."""
    return any(rule(state, silent) for rule in rules.get(state.src[state.pos], ()))


def _inline(state: StateCore) -> None:
    """Core rule: parse the text of every block, recording its line."""
    found = rendering(state.env)
    for token in state.tokens:
        if token.type == "inline":
            found.enter(token.map[0] if token.map else 0)
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
