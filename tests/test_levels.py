"""The shape of the code: modules import downwards only, and stay small."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kejian"
LEVELS = [  # a module, or a folder of modules that belong together
    {"diagnostics", "attributes", "words"},
    {"source_lines", "model", "folder", "store", "glance", "contents", "locked", "abandoned", "cores", "worker"},
    {"config", "toolchain", "templates", "acceptance", "spread"},
    {"quoted", "keys"},
    {"record", "markdown", "makers"},
    {"fill", "reading"},
    {"running", "page", "memo"},
    {"setting", "checks"},
    {"adopt"},
    {"shared_files", "search_index", "single_files", "report"},
    {"drawing"},
    {"pipeline", "survey", "start", "adoption"},
    {"browser", "live", "check", "explain"},
    {"commands"},
    {"cli"},
]
LEVEL_OF = {name: level for level, names in enumerate(LEVELS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kejian":
            rest = node.module.split(".")[1:]
            yield from [rest[0]] if rest else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kejian."))


@pytest.mark.parametrize("module", MODULES, ids=[m.relative_to(PACKAGE).as_posix() for m in MODULES])
def test_a_module_imports_only_what_is_below_or_beside_it(module):
    name = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if name in ("__init__", "__main__"):
        return
    level = LEVEL_OF[name]
    for other in set(imported(ast.parse(module.read_text("utf-8")))) - {name, "__version__"}:
        assert LEVEL_OF[other] <= level, f"{module.name} (level {level}) imports {other} (level {LEVEL_OF[other]})"


@pytest.mark.parametrize("module", MODULES, ids=[m.relative_to(PACKAGE).as_posix() for m in MODULES])
def test_modules_and_functions_are_small(module):
    text = module.read_text("utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{module.name}:{node.lineno} {node.name}"


def dotted(module):
    return ".".join(("kejian", *module.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imported_modules(tree, known):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (names & known) or {node.module} & known
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known


def modules():
    known = {dotted(module) for module in MODULES}
    return {dotted(m): set(imported_modules(ast.parse(m.read_text("utf-8")), known)) for m in MODULES}


def folders():
    graph = {}
    for module in MODULES:
        name = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
        graph.setdefault(name, set()).update(set(imported(ast.parse(module.read_text("utf-8")))) - {name})
    return graph


@pytest.mark.parametrize("draw", [modules, folders])
def test_nothing_imports_itself_through_others(draw):
    """Beside is allowed, round in a circle is not: neither for modules nor for the folders they are in."""
    graph = draw()
    done, path = set(), []

    def visit(name):
        assert name not in path, " → ".join([*path, name])
        if name in done:
            return
        path.append(name)
        for other in sorted(graph.get(name, ())):
            visit(other)
        path.pop()
        done.add(name)

    for name in sorted(graph):
        visit(name)


def codes():
    """The codes of all findings, with the module that each comes from."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("error", "warning", "warn", "Diagnostic", "_refused"):
                    yield node.args[0].value, module.name


def test_each_finding_is_seen_by_a_test_that_names_it():
    tests = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*") if path.suffix in (".py", ".md"))
    assert [(code, module) for code, module in codes() if code not in tests] == []
