"""What every example keeps to, so that a slide can quote it."""

import ast
from pathlib import Path

import pytest

import cnn_examples

PACKAGE = Path(cnn_examples.__file__).parent
GUIDE = "guide"
"""What the guide alone shows, without its code."""
LINES, COLUMNS = 22, 76
LIBRARY = {
    "counting.fully_connected", "counting_examples.inception", "counting_examples.without_reduction",
    "counting.inception_parameters", "efficientnet.lite0", "efficientnet.weights_file", "filters.convergence",
    "filters.laplacian_errors", "fine_tuning.about", "font.installed", "mnist.about", "mnist.load_mnist",
    "summary.lenet", "trained.trained",
}  # fmt: skip
"""What examples are made of, and values in prose: they need no arguments, and yet no slide shows their code."""


def examples():
    """Public functions at the top of a module that need no argument; of a figure no slide shows the code."""
    for file in sorted(PACKAGE.glob("*.py")):
        source = file.read_text("utf-8")
        for node in ast.parse(source).body:
            if file.stem.startswith("figures_") or file.stem == GUIDE:
                continue
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                positional = len(node.args.args) + len(node.args.posonlyargs)
                required = positional - len(node.args.defaults) + sum(d is None for d in node.args.kw_defaults)
                name = f"{file.stem}.{node.name}"
                if not required and not node.decorator_list and name not in LIBRARY:
                    yield pytest.param(node, source, id=name)


EXAMPLES = list(examples())


@pytest.mark.parametrize("node, source", EXAMPLES)
def test_the_body_fits_a_slide(node, source):
    first = node.body[1].lineno if len(node.body) > 1 else node.body[0].lineno
    body = [line[4:] for line in source.splitlines()[first - 1 : node.end_lineno]]
    assert len(body) <= LINES
    assert max(map(len, body)) <= COLUMNS, max(body, key=len)


@pytest.mark.parametrize("node, source", EXAMPLES)
def test_every_example_has_a_docstring(node, source):
    assert ast.get_docstring(node).splitlines()[0] in source


def test_the_package_stands_alone():
    for file in (file for file in PACKAGE.glob("*.py") if file.stem != GUIDE):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "kejian" for name in names), file.name
