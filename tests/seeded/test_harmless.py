"""Edits of the project's own examples that change nothing which can be seen: no example runs again."""

import ast
import re

import pytest

from tests.seeded.faults import PACKAGE, Laboratory


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    return Laboratory(tmp_path_factory.mktemp("harmless"))


def parts(text):
    """A module's statements with what stands above each, after its docstring and imports; and what is before them."""
    lines = text.splitlines(keepends=True)
    ends = [node.end_lineno for node in ast.parse(text).body]
    imports = [n for n, node in enumerate(ast.parse(text).body) if isinstance(node, ast.Import | ast.ImportFrom)]
    head = max(imports, default=0) + 1
    pieces = ["".join(lines[a:b]) for a, b in zip([0, *ends], [*ends, len(lines)], strict=True)]
    return "".join(pieces[:head]), pieces[head:-1], pieces[-1]


def added(what):
    """The edit that puts `what` at the end of a module."""
    return lambda text: f"{text}\n\n{what}\n"


def beneath_imports(what):
    """The edit that puts `what` behind the imports."""

    def edit(text):
        head, body, tail = parts(text)
        return "".join([head, f"{what}\n", *body, tail])

    return edit


def functions_reversed(text):
    """Functions without decorators and defaults, in the opposite order, each where one was."""
    head, body, tail = parts(text)
    plain = [n for n, piece in enumerate(body) if re.match(r"\s*def \w+\([^=@]*\) ->", piece)]
    moved = dict(zip(plain, reversed(plain), strict=True))
    return "".join([head, *(body[moved.get(n, n)] for n in range(len(body))), tail])


class OtherDocstrings(ast.NodeTransformer):
    """Each docstring says something else."""

    def generic_visit(self, node):
        super().generic_visit(node)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body[0].value = ast.Constant("Something else.")
        return node


class NoAnnotations(ast.NodeTransformer):
    """Functions without annotations."""

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        return node

    def visit_arg(self, node):
        node.annotation = None
        return node


EDITS = {
    "a comment at the top": lambda text: f"# a comment\n{text}",
    "a comment at the end": added("# a comment"),
    "comments, quotes and line breaks": lambda text: ast.unparse(ast.parse(text)) + "\n",
    "docstrings": lambda text: ast.unparse(OtherDocstrings().visit(ast.parse(text))) + "\n",
    "annotations": lambda text: ast.unparse(NoAnnotations().visit(ast.parse(text))) + "\n",
    "blank lines above definitions": lambda text: re.sub(r"(?m)^(?=def |class |@)", "\n\n\n", text),
    "a function that nothing calls": added("def of_no_use(x=1):\n    return x + 1"),
    "a class that nothing uses": added("class OfNoUse:\n    size = 1"),
    "a constant that nothing uses": added("OF_NO_USE = 1"),
    "an import that nothing uses": beneath_imports("import textwrap"),
    "names that are imported and not used": beneath_imports("from itertools import chain, cycle"),
    "the order of functions": functions_reversed,
    "line ends as Windows writes them": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", EDITS)
def test_no_example_runs_again(laboratory, kind):
    files = {path: path.read_bytes() for path in sorted((laboratory.root / PACKAGE).glob("**/*.py"))}
    edited = {path: EDITS[kind](text.decode()).encode() for path, text in files.items()}
    assert sum(edited[path] != files[path] for path in files) >= 5
    try:
        for path, text in edited.items():
            compile(text, path, "exec")
            path.write_bytes(text)
        again = {job.name: job.why for job in laboratory.planned() if job.name in laboratory.calls and not job.fresh}
    finally:
        for path, text in files.items():
            path.write_bytes(text)
    assert again == {}
