"""Task lists: `- [x] done`. The item's text is the checkbox's label, for screen readers."""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def label(state: StateCore) -> None:
    """Core rule: put the checkbox and the text of a task item into a `<label>`."""
    if not state.md.options.get("tasklists"):
        return
    for item, paragraph, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        checked = item.meta.get("checked") if item.type == "list_item_open" else None
        if checked is not None and paragraph.type == "paragraph_open" and text.type == "inline":
            text.children = [*_opening(checked=checked), *(text.children or ()), Token("label_close", "label", -1)]
            del item.meta["checked"]  # else markdown-it puts a checkbox before the paragraph


def _opening(*, checked: bool) -> list[Token]:
    box = Token("checkbox", "input", 0, {"class": "task-list-item-checkbox", "disabled": "", "type": "checkbox"})
    if checked:
        box.attrSet("checked", "")
    return [Token("label_open", "label", 1), box, Token("text", "", 0, content=" ")]
