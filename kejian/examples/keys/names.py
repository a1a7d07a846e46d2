"""The global names that a definition uses, as dotted names, and whether it may change shared state."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kejian.examples.keys.steps import evaluated
from kejian.examples.keys.syntax import Function


@dataclass(slots=True, kw_only=True)
class NameChains:
    """The result of `chains`; see `kejian.examples.keys.module_scan.Node`."""

    uses: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    decorators: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    calls: bool = False
    acts: bool = False
    acts_early: bool = False

    def words(self, modules: Mapping[str, str]) -> set[str]:
        """Return every part of every dotted name, with aliases of `modules` expanded, and `sys.modules` as one."""
        full = {modules.get(head, head) + dot + rest for head, dot, rest in (c.partition(".") for c in self.uses)}
        parts = {part for chain in full for part in chain.split(".")}
        return (
            parts
            | self.attributes
            | {s for s in self.strings if s.startswith("__")}
            | ({"sys.modules"} if any(c.startswith("sys.modules") for c in full) else set())
        )


def chains(statements: Iterable[ast.stmt], names: Collection[str]) -> NameChains:
    """Return the dotted names in `statements` that start at one of the global `names`, and what is done with them."""
    found = NameChains()
    for statement in statements:
        early = list(evaluated(statement))
        found.early |= {c for node in early for c, _ in _chains(node, names)}
        _note_calls((n for node in early for n in ast.walk(node)), names, found)
        found.acts_early |= any(_acts(n, names) for node in early for n in ast.walk(node))
        given = set(_given_to(statement))
        felt = {*names, *given}
        found.acts |= found.acts_early or any(_acts(n, felt) or _is_asked(n, given) for n in ast.walk(statement))
        found.acts |= any(_is_shared(n) for n in ast.walk(statement))
        if isinstance(statement, Function | ast.ClassDef):
            found.decorators |= {c for d in statement.decorator_list for c, _ in _chains(_callee(d), names)}
            found.calls |= bool(statement.decorator_list) or isinstance(statement, ast.ClassDef)
        if isinstance(statement, ast.ClassDef):  # a base class or a metaclass is notified
            above = [*statement.bases, *(keyword.value for keyword in statement.keywords)]
            found.called |= {c for base in above for c, _ in _chains(base, names)}
        found.uses |= {c for c, _ in _chains(statement, names)}
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute):
                found.attributes.add(node.attr)
            elif isinstance(node, ast.keyword) and node.arg:
                found.attributes.add(f"{node.arg}=")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
                found.strings.add(node.value)
    return found


def _note_calls(parts: Iterable[ast.AST], names: Collection[str], found: NameChains) -> None:
    for part in parts:
        if isinstance(part, ast.Call):
            found.calls = True
            _call(part, names, found)
        elif isinstance(part, ast.Starred) and isinstance(part.ctx, ast.Load):  # a generator may be exhausted by that
            found.calls = True
            found.given |= {chain for chain, _ in _chains(part, names)}


def _call(call: ast.Call, names: Collection[str], found: NameChains) -> None:
    """Record what a call calls at once, and what it passes to something that may modify it."""
    called = _chain(call.func)
    head = called.partition(".")[0]
    if head in names:
        found.called.add(called)
    if head in names or head in _CHANGING or not called:
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        found.given |= {chain for one in given for chain, _ in _chains(one, names) if not _is_pure(called)}


def _is_pure(called: str) -> bool:
    """Return whether a function, known by name only, leaves its arguments unmodified."""
    last = called.rpartition(".")[2]
    return last in _PURE or last in _MAKERS


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _chains(tree: ast.AST, names: Collection[str]) -> Iterator[tuple[str, ast.AST]]:
    """Yield each longest dotted name `a.b.c` in `tree` whose `a` is one of `names`, with its node."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        chain = _chain(node)
        if not chain:
            todo.extend(ast.iter_child_nodes(node))
        elif chain.partition(".")[0] in names:
            yield chain, node


def _chain(node: ast.AST) -> str:
    """Return `a.b.c` for attributes of a plain name; "" for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


_PURE = frozenset(
    "T all any argmax argmin argsort as_integer_ratio astype bit_length clip conj copy count cumsum decode "
    "diagonal dot encode endswith expanduser find flatten format get index is_integer isdigit item items join "
    "keys lower max mean min nonzero predict prod ravel read_bytes read_text removeprefix removesuffix replace "
    "reshape resolve round rsplit rstrip split splitlines squeeze startswith std strip sum summary swapaxes title "
    "tobytes tolist total trace transpose upper values var view zfill".split()
)
PURE_ENDS = tuple(f".{name}" for name in sorted(_PURE))
"""How a chain ends that calls such a method."""
_MAKERS = frozenset(
    "Path PurePath array asarray asanyarray compile namedtuple Fraction Decimal date datetime Counter OrderedDict "
    "MappingProxyType partial linspace arange zeros ones full zeros_like ones_like exp log sqrt sin cos tanh matmul "
    "dot stack concatenate where maximum minimum clip round constant".split()
)
"""Constructors and functions of well-known libraries that change nothing."""
_CHANGING = frozenset("next setattr delattr exec eval iter map filter zip".split())
"""Functions of Python's own that change what they are given, or call it."""
_SOURCES = frozenset(("default_rng", "Random", "Generator", "RandomState", "SeedSequence", "PCG64"))


def _acts(node: ast.AST, names: Collection[str]) -> bool:
    """Return whether executing this node itself may change shared state, or depends on such state."""
    if isinstance(node, ast.Global):
        return True
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return _base(node) in names or _is_of_type(node)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        return isinstance(called, ast.Attribute) and (_base(called) in names or _is_of_type(called))
    return isinstance(node, ast.Call) and _draws(node.func, names)


def _given_to(statement: ast.stmt) -> Iterator[str]:
    """Yield the parameters of functions in a statement through which they may change shared state.

    A method's effect on its own object does not count.
    """
    methods = {id(f) for c in ast.walk(statement) if isinstance(c, ast.ClassDef) for f in c.body}
    for node in ast.walk(statement):
        if isinstance(node, Function):
            found = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            own = id(node) in methods and bool(found) and found[0].arg == "self"
            yield from (argument.arg for argument in found[own:])


def _is_shared(node: ast.AST) -> bool:
    """Return whether a class changes values of `self` that its methods never set, which are shared class attributes."""
    if not isinstance(node, ast.ClassDef):
        return False
    inner = list(ast.walk(node))
    own = {n.attr for n in inner if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) and _is_self(n.value)}
    for one in inner:
        if isinstance(one, ast.Attribute | ast.Subscript) and isinstance(one.ctx, ast.Store | ast.Del):
            changed = one.value
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr not in _PURE:
            changed = one.func.value
        else:
            continue
        while isinstance(changed, ast.Attribute | ast.Subscript) and not _is_self(changed.value):
            changed = changed.value
        if isinstance(changed, ast.Attribute) and changed.attr not in own:
            return True
    return False


def _is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _is_of_type(node: ast.AST) -> bool:
    """Return whether an attribute belongs to an object's class: `type(self).count`, `self.__class__.count`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
        if isinstance(node, ast.Attribute) and node.attr == "__class__":
            return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type"


def _is_asked(node: ast.AST, given: Collection[str]) -> bool:
    """Return whether a method of an argument is called that may modify it: `model.fit(x)`, `stream.normal()`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return _base(node.func) in given and node.func.attr not in _PURE


def _draws(function: ast.expr, names: Collection[str]) -> bool:
    """Return whether a call draws from a global stream (`np.random.rand`, `next(STREAM)`) or a
    constant (`RNG.normal`).
    """
    head, _, rest = _chain(function).partition(".")
    if head not in names:
        return False
    last = rest.rpartition(".")[2] or head
    if last in _SOURCES:
        return False
    parts = rest.split(".")
    return (
        head in ("next", "setattr", "delattr", "random")
        or "random" in parts
        or (head.isupper() and bool(rest) and last not in _PURE)
    )


def _base(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


REFLECTIVE = frozenset(
    "__doc__ __code__ __annotations__ inspect traceback linecache doctest dis help get_type_hints f_lineno tb_lineno "
    "getdoc getsource __defaults__ __kwdefaults__ formatwarning showwarning WarningMessage record=".split()
)
"""Words of code whose output may depend on its own text, comments and line numbers included."""
LOOKUPS = frozenset(("globals", "vars", "locals", "eval", "__dict__"))
"""Words of code that looks names of its own module up by text."""
IMPORTERS = frozenset(
    "__import__ __subclasses__ __globals__ import_module exec_module reload pkgutil runpy sys.modules exec pickle "
    "dictConfig".split()
)
"""Words of code that looks modules up by text."""
LISTS = frozenset(("globals", "vars", "locals", "dir", "__dict__", "getmembers"))
"""Words of code that may show which names there are, in their order."""
FINDERS = IMPORTERS | frozenset(("find_spec", "files", "distribution", "version", "metadata", "pkg_resources"))
"""Words of code that asks for installed packages by text."""
