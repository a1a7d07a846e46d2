"""What one module of the examples package defines, in what each definition consists, and which names it uses.

A pure function of the module's text, so that its result can be kept by the text's digest. Only
`kejian.keys.closure` knows how the names of several modules hang together.

A definition's digest is of its syntax tree: positions, comments and line breaks do not count. Neither do docstrings,
nor annotations that nothing evaluates for its effect: those of functions without decorators, and of variables outside
classes. Code that looks at its own text (`reflects`) is keyed by that text instead.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kejian.keys import uses
from kejian.keys.syntax import Binding, dump, imported, is_guard, kept_annotations, strip

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Node:
    """A top-level name, or, with the name "", what importing the module executes beside the definitions.

    kind: `function`, `class`, `constant` or `body`; digest: "" for a body without statements.
    uses: dotted chains that start at a global name; early: those evaluated while the module is imported.
    decorators: the chains of the decorators; imports: what is imported within the definition.
    calls: whether importing the module calls something for this node. acts: whether executing the node may change
    state that other nodes see. acts_early: the same for the part executed by the import.
    scope: `module` or `package` where the code looks names up by text there; "" otherwise.
    ready: a plain function without required arguments. finds: it asks for packages by text. texts: the words it may
    ask for.
    """

    name: str
    kind: str
    line: int
    last: int
    digest: str
    uses: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    imports: tuple[Binding, ...] = ()
    calls: bool = False
    acts: bool = False
    acts_early: bool = False
    reflects: bool = False
    scope: str = ""
    ready: bool = False
    finds: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """A module: its dotted name, course path, definitions, imports, and names that its body binds.

    problem: the line and the words of a syntax error; such a module has no definitions.
    data: the patterns of a top-level constant `DATA`.
    """

    name: str
    path: str
    text_digest: str
    nodes: tuple[Node, ...] = ()
    imports: tuple[Binding, ...] = ()
    bound: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    problem: tuple[int, str] | None = None


def scan(name: str, path: str, text: str) -> Scan:
    """Read the module `name`, a package where `path` ends in `__init__.py`. Never fails."""
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape is the linter's business
            tree, table = ast.parse(text), symtable.symtable(text, path, "exec")
    except SyntaxError as e:
        return unreadable(name, path, digest, e.lineno or 1, e.msg)
    except (ValueError, RecursionError, MemoryError) as e:
        return unreadable(name, path, digest, 1, str(e) or "this is nested too deeply")
    return _Reader(name, path, tree, table).scan(digest)


def unreadable(name: str, path: str, digest: str, line: int, message: str) -> Scan:
    """A module that does not parse: all that is known of it is a digest, which counts for all that import it."""
    body = Node("", "body", line, line, digest)
    return Scan(name, path, digest, (body,), problem=(line, message))


class _Reader:
    """Sorts the statements of one module into definitions, constants, imports and the rest."""

    def __init__(self, name: str, path: str, tree: ast.Module, table: symtable.SymbolTable) -> None:
        self.name, self.path = name, path
        self.package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        self.tables = sorted(table.get_children(), key=lambda t: t.get_lineno())
        self.named: dict[str, list[ast.stmt]] = {}
        self.imports: list[Binding] = []
        self.rest: list[ast.stmt] = []
        self.bound: set[str] = set()
        strip(tree)
        for statement in tree.body:
            self._sort(statement)

    def _sort(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self.imports += imported(statement, self.package)
        elif isinstance(statement, Definition):
            self.named.setdefault(statement.name, []).append(statement)
        elif names := _assigned(statement):
            for name in names:
                self.named.setdefault(name, []).append(statement)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            self._keep(statement)

    def _keep(self, statement: ast.stmt) -> None:
        """A statement that the import executes: what it binds, if anything, is bound by the body."""
        if is_guard(statement, "__name__"):  # what a script does; an import leaves it out
            for other in statement.orelse:
                self._sort(other)
            return
        self.rest.append(statement)
        for node in ast.walk(statement):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imports += imported(node, self.package)
            elif isinstance(node, Definition):
                self.bound.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bound.add(node.id)

    def scan(self, digest: str) -> Scan:
        modules = {b.alias: f"{b.module}.{b.attribute}".rstrip(".") for b in self.imports}
        nodes = [self._node(name, statements, modules) for name, statements in self.named.items()]
        nodes.append(self._node("", self.rest, modules))
        data = tuple(_patterns(self.named.get("DATA", ())))
        return Scan(self.name, self.path, digest, tuple(nodes), tuple(self.imports), tuple(sorted(self.bound)), data)

    def _node(self, name: str, statements: list[ast.stmt], modules: Mapping[str, str]) -> Node:
        last = statements[-1] if statements else None
        local = [
            b
            for s in statements
            if isinstance(s, Definition)
            for n in ast.walk(s)
            if isinstance(n, ast.Import | ast.ImportFrom)
            for b in imported(n, self.package)
        ]
        found = uses.chains(statements, self._globals(statements) | {b.alias for b in local})
        words = found.words({**modules, **{b.alias: f"{b.module}.{b.attribute}".rstrip(".") for b in local}})
        finds, kind = bool(words & uses.FINDERS), _kind(name, last)
        texts = tuple(sorted(s for s in found.strings if s.isidentifier())) if finds or kind == "constant" else ()
        return Node(
            name,
            kind,
            last.lineno if last else 1,
            (last.end_lineno or last.lineno) if last else 1,
            sha256("".join(dump(s) for s in statements).encode("utf-8", "replace")).hexdigest() if last else "",
            uses=tuple(sorted(found.uses)),
            early=tuple(sorted(found.early)),
            decorators=tuple(sorted(found.decorators)),
            imports=tuple(local),
            calls=found.calls,
            acts=found.acts,
            acts_early=found.acts_early,
            reflects=bool(words & uses.REFLECTIVE),
            scope="package" if words & uses.IMPORTERS else "module" if words & uses.LOOKUPS else "",
            ready=isinstance(last, ast.FunctionDef) and _required(last.args) == 0,
            finds=finds,
            texts=texts,
        )

    def _globals(self, statements: Iterable[ast.stmt]) -> set[str]:
        """The names that mean something global in `statements`, by Python's own scope analysis."""
        found: set[str] = set()
        for statement in statements:
            if isinstance(statement, Definition):
                first = min([statement.lineno, *(d.lineno for d in statement.decorator_list)])
                last = statement.end_lineno or first
                for table in self.tables:
                    if first <= table.get_lineno() <= last:
                        found.update(_global_names(table))
            outside: list[ast.expr] | list[ast.stmt] = [statement]
            if isinstance(statement, Definition):
                outside = [*statement.decorator_list, *_evaluated_outside(statement), *kept_annotations(statement)]
            found.update(n.id for o in outside for n in ast.walk(o) if isinstance(n, ast.Name))
        return found


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    in_class = table.get_type() == "class"
    for symbol in table.get_symbols():
        if symbol.is_global() or (in_class and symbol.is_referenced() and not symbol.is_free()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


def _evaluated_outside(statement: Definition) -> list[ast.expr]:
    """What a definition evaluates in the scope around it, beside its decorators."""
    if isinstance(statement, ast.ClassDef):
        return [*statement.bases, *(k.value for k in statement.keywords)]
    return [*statement.args.defaults, *(d for d in statement.args.kw_defaults if d)]


def _assigned(statement: ast.stmt) -> list[str]:
    """The names that a plain assignment binds; none where it also stores into something else."""
    if isinstance(statement, ast.Assign):
        targets = list(statement.targets)
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign):
        targets = [statement.target]
    else:  # `type X = …` of Python 3.12
        name = getattr(statement, "name", None)
        return [name.id] if isinstance(name, ast.Name) else []
    flat = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])]
    return [t.id for t in flat if isinstance(t, ast.Name)] if all(isinstance(t, ast.Name) for t in flat) else []


def _kind(name: str, statement: ast.stmt | None) -> str:
    if not name:
        return "body"
    if isinstance(statement, ast.ClassDef):
        return "class"
    return "function" if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) else "constant"


def _required(arguments: ast.arguments) -> int:
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional + sum(default is None for default in arguments.kw_defaults)


def _patterns(statements: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        value = getattr(statement, "value", None)
        for item in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield item.value
