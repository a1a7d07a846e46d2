"""Turns code on a slide into a function of the examples package, and the import that replaces the code."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kejian.core.attributes import Attributes, printed
from kejian.examples.keys.syntax import is_guard
from kejian.examples.record.outputs import Kind, Output
from kejian.migrate import code as coding
from kejian.migrate import tables
from kejian.migrate.blocks import CodePassage
from kejian.migrate.code import PastedCode
from kejian.migrate.facts import Installed
from kejian.migrate.names import EarlierCode, needed
from kejian.parse.quote import definitions

REGION = "shown"
UNAVAILABLE = "UnavailableError"
_NOT_PASSED_ON = ("cmd", "id", "continue", "matplotlib", "args", "stdin", "run_on_save", "modify_source", "element")
_LINE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedExample:
    """A proposed function: its name, its docstring's first line, and its lines. body: the code that the slide shows.

    setup: lines that run before it and are not shown. reasons: what has to be filled in before it can run.
    pasted: the output according to the slide. value: whether that is its returned value.
    error: the exception that ends it, with its message.
    """

    name: str
    title: str
    body: str
    setup: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    pasted: str = ""
    value: bool = False
    error: str = ""

    @property
    def raises(self) -> str:
        """Return the name of the expected exception; "" if there is none."""
        return self.error.partition(":")[0].strip().rpartition(".")[2]

    @property
    def region(self) -> bool:
        """Return whether the slide shows only a part of the function."""
        return bool(self.setup or self.reasons)


class NotImportableError(ValueError):
    """Code cannot be moved into a function as it is: a clause for its author, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def example(
    name: str,
    title: str,
    found: PastedCode,
    passage: CodePassage,
    above: Sequence[EarlierCode],
    path: str,
    installed: Installed,
) -> ProposedExample:
    """Make a function from the code of a passage in the deck `path`. Raises `NotImportableError`."""
    tree = coding.parse(found.text)
    assert tree is not None  # `code.read` returns valid code only
    _movable(tree)
    need = needed(found.text, above, path)
    carried = [coding.parse(text) for text in need.carried]
    reasons = [*need.missing, *_lacking(tree, passage, [one for one in [tree, *carried] if one], installed)]
    notebook = bool(found.pasted) and not passage.fence.chunk
    body, value = coding.returned(found.text) if notebook else (found.text, False)
    made = ProposedExample(
        name=name,
        title=title,
        body=body,
        setup=need.carried,
        reasons=tuple(dict.fromkeys(reasons)),
        pasted=found.pasted,
        value=value,
        error=found.error,
    )
    if not _compiles(source(made)):
        why = "it does not stand in a function as it stands on the slide"
        raise NotImportableError(why, "move it into the examples package by hand")
    return made


def _movable(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            raise NotImportableError("`import *` cannot stand in a function", "import the names that the code uses")
        if isinstance(node, ast.Global):
            raise NotImportableError("`global` means another scope in a function", "pass the value and return it")
    if any(is_guard(statement, "__name__") for statement in tree.body):
        raise NotImportableError(
            '`if __name__ == "__main__":` is never true in an example', "take the guard off the code"
        )


def _lacking(tree: ast.Module, passage: CodePassage, trees: Sequence[ast.Module], installed: Installed) -> list[str]:
    """Return what the code lacks besides names: a clause each."""
    found = []
    for one in trees:
        for node in ast.walk(one):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{top} is not installed" for name in names if not installed(top := name.partition(".")[0])]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    if any(isinstance(arg, ast.Constant) and arg.value is ... for call in calls for arg in call.args):
        found.append("`...` stands for something")
    if any(isinstance(call.func, ast.Name) and call.func.id == "input" for call in calls):
        found.append("an example has no keyboard for `input()` to read")
    found += [f"`{path}` is looked for beside the deck" for path in coding.paths(tree)]
    given = [key for key in ("args", "stdin") if passage.fence.attributes.text(key)]
    return found + [f"{key}= is not passed on" for key in given]


def _compiles(text: str) -> bool:
    try:
        compile(text, "slide", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def source(made: ProposedExample) -> str:
    """Return the function's source."""
    said = re.sub(r"\s+", " ", made.title.replace("\\", "/").replace('"', "'")).strip()
    lines = [f"def {made.name}():", f'    """{said[:_LINE]}"""']
    if made.reasons:
        words = json.dumps(f"to fill in: {'; '.join(made.reasons)}", ensure_ascii=False)
        lines.append(f"    raise {UNAVAILABLE}({words})")
    lines += [_indented(text) for text in made.setup]
    shown = _indented(made.body)
    lines += [f"    # region {REGION}", shown, "    # endregion"] if made.region else [shown]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> str:
    """Indent the code by four blanks, except lines that begin within a string."""
    script = definitions.parse(text)
    lines = (
        line if number in script.fixed or not line.strip() else f"    {line}"
        for number, line in enumerate(script.lines, 1)
    )
    return "\n".join(lines)


def imports(made: ProposedExample, path: str, passage: CodePassage) -> list[str]:
    """Return the lines that replace the passage; `path` leads from the deck to the function's module."""
    kept = passage.fence.attributes.without(*_NOT_PASSED_ON)
    if not passage.fence.chunk and passage.fence.attributes.text("id"):
        kept = Attributes((("id", passage.fence.attributes.text("id")), *kept.items))
    raises = (("raises", made.raises),) if made.raises else ()
    symbol = (("symbol", made.name), *((("region", REGION),) if made.region else ()))
    run = (*symbol, ("cmd", True), *raises)
    if not passage.label:
        return [_import(path, passage, (*run, *kept.items))]
    shown = [item for item in kept.items if item[0] != "output"]
    hidden = ((key, value) for key, value in kept.items if key == "output")
    return [
        _import(path, passage, (*symbol, *shown)),
        *passage.label,
        _import(path, passage, (*run, ("hide", True), *hidden)),
    ]


def _import(path: str, passage: CodePassage, items: Sequence[tuple[str, object]]) -> str:
    words = [word for key, value in items for word in _words(key, value)]
    return f'{passage.fence.indent}@import "{path}" {{{" ".join(words)}}}'


def _words(key: str, value: object) -> list[str]:
    if key == "class":
        return [f".{one}" for one in str(value).split()]
    if key == "id":
        return [f"#{value}"]
    if value is True:
        return [f"{key}=true"]
    text = printed(value)  # type: ignore[arg-type]  # the value of an attribute
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return [f"{key}={text}" if isinstance(value, int | float) else f'{key}="{quoted}"']


def expected(made: ProposedExample) -> tuple[Output, ...]:
    """Return the pasted output as the function's first record; a frame as the table that it will be."""
    kind: Kind = "value" if made.value else "text"
    shown = made.pasted + ("" if made.value else "\n")
    table = tables.read(made.pasted) if made.value else None
    if table and table.frame:
        kind, shown = "table", tables.recorded(table)
    said = (Output(kind=kind, name="", suffix="txt", data=shown.encode()),) if made.pasted else ()
    return (*said, Output(kind="error", name="", suffix="txt", data=f"{made.error}\n".encode())) if made.error else said


def name(title: str, wanted: str, taken: Collection[str], number: int) -> str:
    """Choose a function's name: the chunk's id, the Latin words of the slide's title, or a number."""
    words = re.findall(r"[A-Za-z][A-Za-z0-9]*|[0-9]+", wanted or title)
    first = "_".join(words)[:40].strip("_").lower()
    if not re.match(r"[a-z]", first):
        first = f"example_{number}"
    if keyword.iskeyword(first) or hasattr(builtins, first):
        first = f"{first}_example"
    known, count = first, 1
    while known in taken:
        count += 1
        known = f"{first}_{count}"
    return known
