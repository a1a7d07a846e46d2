"""The edits that end findings: a table of their codes and of what their hints say.

Hints are sentences for people; what they ask to be typed is read from them here, and nowhere else. A test applies each
row and looks whether the finding is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from kejian.core.diagnostics import Diagnostic
from kejian.editor import markup_remedies as markup
from kejian.editor import remedy_kinds as kinds
from kejian.editor.course import EditedCourse
from kejian.editor.finding_edits import FindingEdits
from kejian.editor.remedy_kinds import Remedy, Repair

_ATTRIBUTE = r'\b([\w-]+=(?:"[^"]*"|[^\s,;"]+))'


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: the codes of findings, as glob patterns parted by blanks, what their hints say, and the edit."""

    codes: str
    hint: str
    repair: Repair

    def concerns(self, found: Diagnostic) -> bool:
        """Return whether the row is about a finding's code."""
        return any(fnmatchcase(found.code, code) for code in self.codes.split())


RULES: tuple[Rule, ...] = (
    # Names that were probably meant
    Rule("no-such-example", r"[`]([\w.]+)[`]", kinds.instead(r"has no `([^`]+)`")),
    Rule("symbol-missing region-missing", r"`([^`]+)` \(line", kinds.instead(r"has no \w+ `([^`]+)`")),
    Rule("unknown-variable", r"did you mean (\{\{.+?\}\})\?", kinds.instead(r"shows (\{\{.+\}\})$")),
    Rule("unresolved-reference", r"did you mean (\S+)\?", kinds.instead(r"has the label (\S+)$")),
    Rule("unknown-citation", r"did you mean @(\S+)\?", kinds.instead(r"has no work (\S+)$")),
    Rule("unknown-icon", r"\b(fa-[\w-]+)", kinds.instead(r"no icon (fa-\S+) in")),
    Rule("no-such-chunk", r"(?:mean|,) ([^\s,?]+)", kinds.instead(r"has the id `([^`]+)`")),
    Rule("bibliography", r"did you mean (.+)\?$", kinds.in_folder(r"the bibliography (.+?): ")),
    Rule("import-unreadable", r"did you mean (.+)\?$", kinds.in_folder(r'@import "([^"]+)"')),
    Rule("import-unreadable", r'write @import "([^"]+)"$', kinds.instead(r'@import "([^"]+)"')),
    Rule("missing-*", r"end a path: write (.+)$", kinds.instead(r"^the [\w ]+? (\S+) is missing$")),
    Rule("reveal-theme", r"write one of (.+), or @import", kinds.nearest(r"^`theme: ([^`]+)`")),
    Rule("bad-output", r"write one of: (.+)$", kinds.nearest(r"does not know `([^`]+)`")),
    Rule("unknown-engine", r"engines: (.+)$", kinds.nearest(r"no layout engine (.+)$")),
    Rule("bad-tolerance", r"rules: (.+)$", kinds.nearest(r"^`([^`]+)` is not a rule")),
    Rule("accepts-unknown", r"these are known: (.+)$", kinds.nearest(r'^data-accept="([^:"]+): ')),
    Rule("citation", r'did you mean csl = "([^"]+)"', kinds.style(r"no CSL style (\S+)$")),
    Rule("label-taken", r"^give one of them another name$", kinds.renumbered(r"^the label (\S+) is taken")),
    Rule("chunk-taken", r"^give it an id of its own$", kinds.renumbered(r"has the id `([^`]+)` already")),
    Rule("no-such-deck", r"did you mean (.+)\?$", kinds.instead(r"start page names (.+), which no deck")),
    # Attributes
    Rule("attribute-unread", r"did you mean ([\w-]+=)\?", kinds.instead(r"nothing reads ([\w-]+=) of")),
    Rule("attribute-unread", r"did you mean \.([\w-]+)\?", kinds.instead(r"the class `([^`]+)`")),
    Rule("attribute-unread", r"^leave it out", kinds.without()),
    Rule("attribute-unread", r"or write (vertical=false) without", kinds.attribute),
    Rule("attribute-unread", r"^write (\w+)=3 without quotes", kinds.without_quotes),
    Rule("attribute-unread", rf"^write {_ATTRIBUTE}$", kinds.attribute),
    Rule("attribute-unread", r"^write (?:none|default|hidden|milliseconds|seconds)\b.*", kinds.choices),
    Rule(
        "attributes", r"^", kinds.from_message(r"`([^`]+)` has no meaning with a colon to the editor; write `([^`]+)`")
    ),
    Rule("unknown-edition", rf"write {_ATTRIBUTE}$", kinds.attribute),
    Rule("code-not-run", r"write (cmd=false) to show it alone", kinds.attribute),
    Rule("diagram-not-drawn", r"add \{(code_block=true)\}", kinds.attribute),
    Rule("bad-output no-such-form form-failed output-html", r'write (output="[^"]+")', kinds.attribute),
    Rule("bad-highlight", r'such as (highlight="[^"]+")', kinds.attribute),
    Rule("prefer-symbol", r'^write (symbol="[^"…]+")', kinds.symbol_for_lines),
    Rule("quote-empty", r"write (whole=true)", kinds.attribute),
    Rule("bad-tolerance", r'(tol=(?:[\d.]+|"[^"]+"))', kinds.attribute),
    Rule("drift", rf"write {_ATTRIBUTE} on the import", kinds.attribute),
    Rule("loose-tolerance", r"^make tol= smaller, or leave it out$", kinds.without("tol")),
    Rule("example-no-error", r"^remove raises=", kinds.without("raises")),
    Rule("example-failed", r'or write (raises="[^"]+") if', kinds.attribute),
    Rule("example-stderr", r"or write (stderr=true) on the import", kinds.attribute),
    Rule("shows-nothing", r"or leave out cmd=true$", kinds.without("cmd")),
    Rule("vertical-first", r"^remove vertical=true$", kinds.without("vertical")),
    Rule("chunk-chain", r"leave out `continue`$", kinds.without("continue")),
    Rule("no-such-chunk", r"^a chunk continues one that stands above it", kinds.without("continue")),
    # Settings and declarations
    Rule("unknown-edition no-edition", r'write (editions = \["[^"]+"\])', kinds.setting),
    Rule("code-not-run raw-html", r"set `((?:slide_code|scripts) = true)` in kejian\.toml", kinds.setting),
    Rule("raw-html", r"^write (frames = \[[^\]]*\]) in kejian\.toml", kinds.setting),
    Rule("output-too-large", r"with `(output_limit = \d+)`", kinds.setting),
    Rule("foreign-file", r"(keep = \[[^\]]*\])", kinds.setting),
    Rule("not-built", r"write (decks = \[.*?\]) into kejian", kinds.setting),
    Rule("no-slides", r"(decks = \[.*?\]) and (pages = \[.*?\])", kinds.two_settings),
    Rule("editor-setting", r"under \[mpe\]: (.+)$", kinds.mpe_setting),
    Rule("undeclared-read", r'add "(?P<name>[^"]+)" to DATA in (?P<path>[^:]+):(?P<line>\d+)$', kinds.declaration),
    Rule(
        "undeclared-read example-failed",
        r'DATA = \("(?P<name>[^"]+)",\)`? in (?P<path>\S+?\.py)(?P<line>)$',
        kinds.declaration,
    ),
    # Lines that have no effect
    Rule("almost-a-mark", r"^write (<!-- slide.*-->) at the start", markup.mark),
    Rule("almost-a-mark", r"it is about: text (<!-- \.element: .*-->)$", markup.element),
    Rule("almost-an-import", r"^write (@import .+) on a line of its own$", markup.import_line),
    Rule("almost-a-macro", r"^write (\w+) ", markup.macro),
    Rule("style-missing script-missing", r"^remove the line", kinds.removed),
    Rule("import-cycle", r"^remove one of the imports$", kinds.removed),
    Rule("no-slides", r"^begin each slide with a line <!-- slide -->", markup.first_mark),
    Rule("reveal-option", r"^remove it", markup.option),
    # Markup
    Rule("markup-as-text", r"^write ((\*\*|__|~~|==)(.+)\2)$", markup.bold),
    Rule("markup-as-text", r"^write blanks around it, or (<(b|del|mark)>(.*)</\2>)$", markup.beside_letters),
    Rule("markup-as-text", r"^write (<!-- \.element: .*-->) at the end of the line, or", markup.braces),
    Rule("markup-as-text", r"^write a blank before \{", kinds.substituted("Write a blank before it", r"(?=\{)", " ")),
    Rule("markup-as-text", r"^write (\[\^[^\]]+\]:) and the note", markup.footnote),
    Rule("markup-as-text", r"or \\\[ for a bracket$", kinds.substituted("Write \\[ for the bracket", r"\[", r"\\[")),
    Rule("markup-as-text", r"^remove it, or open with ::: and a name$", kinds.removed),
    Rule("markup-as-text", r"^write > \[!(\w+)\] and begin", markup.alert),
    Rule("markup-as-text", r"^kinds: (.+)$", kinds.nearest(r"of the kind (\w+)$")),
    Rule("markup-as-text", r"^write blank lines around \[TOC\]$", markup.contents),
    Rule("markup-as-text", r"^write (\[.*\]\(.*\))$", markup.link),
    Rule("markup-as-text", r"^write (\|---.*\|) below the head$", markup.border),
    Rule("markup-as-text", r"^write a blank line before it, or HTML", markup.html),
    Rule("table-row", r"or write \\\| for a bar", markup.bar),
    Rule("unclosed-fence", r"^close it with (\S+)$", markup.fence_end),
    Rule("unclosed-formula", r"^close it with \$\$", markup.formula_end),
    Rule("unclosed-comment", r"^end it with -->$", kinds.appended(" -->")),
    Rule("words-in-formula", r"^write \\\$ for a dollar", markup.dollars),
    Rule("unknown-tag", r"^write `&lt;", kinds.substituted("Write &lt; for the sign", r"<(?=[A-Za-z])", "&lt;")),
    Rule("tag-in-tex", r"or a blank after `<`$", kinds.substituted("Write a blank after it", r"<(?=[A-Za-z])", "< ")),
    Rule("not-in-prose", r"own: (@import .+)$", markup.block),
    # Diagrams
    Rule("diagram-part", r"^take it out, or write a character", markup.taken_out(r"icon `([^`]+)`")),
    Rule("diagram-part", r"^take (\w+)= out", markup.attribute_of_graph),
    Rule("diagram-part", r"^take <img> out", kinds.substituted("Take it out", r"<img\b[^<>]*>", "")),
    Rule("diagram-part", r"or take the line out$", kinds.removed),
    Rule("bad-mermaid", r"^write #59; for a semicolon", kinds.substituted("Write #59;", r";(?=[ \t]*\S)", "#59;")),
    Rule("bad-mermaid", r"with brackets in it stands in quotes", markup.quoted_label),
    # Checks
    Rule("accepts-nothing", r"^remove it from data-accept$", markup.accepted),
    Rule("accepts-without-reason", r'="(([\w-]+): why this is meant)"$', markup.reason),
    Rule("heading-skips", r"^use the next level$", markup.heading),
    Rule("no-alt", r'alt="" where it is decoration$', markup.decoration),
)


def remedies(course: EditedCourse, found: Diagnostic) -> list[Remedy]:
    """Return what ends a finding, in the order of its hint; empty if no edit does."""
    at = FindingEdits(course, found)
    return list(dict.fromkeys(_remedies(at)))


def _remedies(at: FindingEdits) -> Iterator[Remedy]:
    for rule in RULES:
        if rule.concerns(at.found):
            for said in re.finditer(rule.hint, at.found.hint):
                yield from rule.repair(at, said)
