"""What one module of the examples package defines, in what each definition consists, and which names it uses.

A pure function of the module's text, so that its result can be kept by the text's digest. Only
`kejian.examples.keys.closure` knows how the names of several modules hang together.

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

from kejian.examples.keys import names as uses
from kejian.examples.keys import toplevel
from kejian.examples.keys.steps import Step, steps
from kejian.examples.keys.syntax import Binding, dump, imported, is_guard, kept_annotations, strip
from kejian.examples.keys.toplevel import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A top-level name, or, with the name "", the statements of a module's import besides definitions.

    kind: `function`, `class`, `constant` or `body`; digest: "" for a body without statements.
    uses: dotted names that start at a global; early: those evaluated while the module is imported.
    decorators: their dotted names; imports: what is imported within the definition.
    calls: whether importing the module calls something for this node. acts: whether executing the node may change state
        that other nodes see. acts_early: the same for the part executed by the import.
    scope: `module` or `package` if the code looks up names by text there; "" otherwise.
    takes_no_args: a plain function without required arguments. probes_packages: it looks for packages named in `texts`.
    called, given: what importing the module calls, and passes to something that may modify it, for this node.
    marked: its runs are recorded. lists: it may list the names in modules.
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
    takes_no_args: bool = False
    probes_packages: bool = False
    texts: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    marked: bool = True
    lists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleScan:
    """A module: its dotted name, course path, definitions, imports, and names that its body binds.

    problem: the line and message of a syntax error; such a module has no definitions.
    data: the patterns of a top-level constant `DATA`. steps: what its import does, in order.
    """

    name: str
    path: str
    text_digest: str
    nodes: tuple[Node, ...] = ()
    imports: tuple[Binding, ...] = ()
    bound: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    problem: tuple[int, str] | None = None
    steps: tuple[Step, ...] = ()

    @property
    def shape(self) -> str:
        """Return a short digest of the code without comments and docstrings."""
        said = [*(node.digest for node in self.nodes), *(step.digest for step in self.steps)]
        return sha256(repr((said, self.problem)).encode()).hexdigest()[:12]


def scan(name: str, path: str, text: str) -> ModuleScan:
    """Parse the module `name`, a package if `path` ends in `__init__.py`. Never raises."""
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are for a linter to report
            tree, table = ast.parse(text), symtable.symtable(text, path, "exec")
    except SyntaxError as e:
        return unreadable(name, path, digest, e.lineno or 1, e.msg)
    except (ValueError, RecursionError, MemoryError) as e:
        return unreadable(name, path, digest, 1, str(e) or "this is nested too deeply")
    return _Reader(name, path, tree, table).scan(digest)


def unreadable(name: str, path: str, digest: str, line: int, message: str) -> ModuleScan:
    """Return the scan of a module that does not parse: only a digest, on which all importers depend."""
    body = Node(name="", kind="body", line=line, last=line, digest=digest)
    return ModuleScan(name=name, path=path, text_digest=digest, nodes=(body,), problem=(line, message))


class _Reader:
    """Sorts the statements of a module into definitions, constants, imports and the rest."""

    def __init__(self, name: str, path: str, tree: ast.Module, table: symtable.SymbolTable) -> None:
        self.name, self.path = name, path
        self.package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        self.tables = sorted(table.get_children(), key=lambda t: t.get_lineno())
        self.named: dict[str, list[ast.stmt]] = {}
        self.imports: list[Binding] = []
        self.rest: list[ast.stmt] = []
        self.bound: set[str] = set()
        strip(tree)
        self.steps = tuple(steps(tree.body, self.package))
        for statement in tree.body:
            self._sort(statement)

    def _sort(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self.imports += imported(statement, self.package)
        elif isinstance(statement, Definition):
            self.named.setdefault(statement.name, []).append(statement)
        elif names := toplevel.assigned(statement):
            for name in names:
                self.named.setdefault(name, []).append(statement)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            self._keep(statement)

    def _keep(self, statement: ast.stmt) -> None:
        """Add a statement that the import executes; names that it binds belong to the body."""
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

    def scan(self, digest: str) -> ModuleScan:
        modules = {b.alias: f"{b.module}.{b.attribute}".rstrip(".") for b in self.imports}
        nodes = [self._node(name, statements, modules) for name, statements in self.named.items()]
        nodes.append(self._node("", self.rest, modules))
        data = tuple(toplevel.patterns(self.named.get("DATA", ())))
        bound = tuple(sorted(self.bound))
        return ModuleScan(
            name=self.name,
            path=self.path,
            text_digest=digest,
            nodes=tuple(nodes),
            imports=tuple(self.imports),
            bound=bound,
            data=data,
            steps=self.steps,
        )

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
        probes_packages, kind = bool(words & uses.FINDERS), toplevel.kind(name, last)
        texts = (
            tuple(sorted(s for s in found.strings if s.isidentifier())) if probes_packages or kind == "constant" else ()
        )
        return Node(
            name=name,
            kind=kind,
            line=last.lineno if last else 1,
            last=(last.end_lineno or last.lineno) if last else 1,
            digest=sha256("".join(dump(s) for s in statements).encode("utf-8", "replace")).hexdigest() if last else "",
            uses=tuple(sorted(found.uses)),
            early=tuple(sorted(found.early)),
            decorators=tuple(sorted(found.decorators)),
            imports=tuple(local),
            calls=found.calls,
            acts=found.acts,
            acts_early=found.acts_early,
            reflects=bool(words & uses.REFLECTIVE) or any("lineno" in text for text in found.strings),
            scope="package" if words & uses.IMPORTERS else "module" if words & uses.LOOKUPS else "",
            takes_no_args=toplevel.takes_no_args(last),
            probes_packages=probes_packages,
            texts=texts,
            called=tuple(sorted(found.called)),
            given=tuple(sorted(found.given)),
            marked=all(toplevel.marked(s) for s in statements),
            lists=bool(words & uses.LISTS),
        )

    def _globals(self, statements: Iterable[ast.stmt]) -> set[str]:
        """Return the names in `statements` that are global, by Python's own scope analysis."""
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
    """Return what a definition evaluates in its enclosing scope, besides decorators."""
    if isinstance(statement, ast.ClassDef):
        return [*statement.bases, *(k.value for k in statement.keywords)]
    return [*statement.args.defaults, *(d for d in statement.args.kw_defaults if d)]
