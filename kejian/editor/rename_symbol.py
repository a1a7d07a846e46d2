"""A new name for a function of the examples package: in all decks, and in the package's own code.

Nothing is renamed unless every place of the name is understood: a word that may mean it and may not is a reason to
refuse, since a slide would then show another function than before.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.core.paths import UNSEEN
from kejian.editor.course import EditedCourse
from kejian.editor.imports import calls, imports
from kejian.editor.refused import RenameRefusedError
from kejian.editor.text import TextEdit, TextRange
from kejian.examples.keys.package import Package, Symbol

if TYPE_CHECKING:
    import jedi

_SKIPPED = UNSEEN | {"site", "templates", "dist", "build"}


def renamed(course: EditedCourse, symbol: Symbol, new: str) -> list[TextEdit]:
    """Return the edits that give a definition another name. Raises `RenameRefusedError`."""
    name = symbol.name.rpartition(".")[2]
    if not new.isidentifier() or keyword.iskeyword(new):
        raise RenameRefusedError(f"{new} is no name of Python", "write letters, digits and _, no digit first")
    files = [path for path in _python(course) if name in course.text(path) or path == symbol.path]
    _check_saved(course, files)
    _check_free(course, symbol.path, new)
    places = [*_in_python(course, symbol, name, files), *in_decks(course, symbol)]
    return [TextEdit(place, new) for place in dict.fromkeys(places)]


def uses(course: EditedCourse, symbol: Symbol) -> list[TextRange]:
    """Return where decks quote a definition, and where it stands."""
    name = symbol.name.rpartition(".")[2]
    lines = course.lines(symbol.path)
    start = max(0, lines[symbol.line - 1].find(name)) if symbol.line <= len(lines) else 0
    return [TextRange(symbol.path, symbol.line, start, start + len(name)), *in_decks(course, symbol)]


def in_decks(course: EditedCourse, symbol: Symbol) -> Iterator[TextRange]:
    """Yield where Markdown files name a definition."""
    package = course.package()
    name = symbol.name.rpartition(".")[2]
    for path in course.sources():
        lines = course.lines(path)
        for written in imports(path, lines, course.settings.mpe):
            value = written.value("symbol", lines[written.place.line - 1])
            first = written.attributes.text("symbol").partition(".")[0]
            if value and first == name and _same(package, written.path, first, symbol):
                yield value._replace(end=value.start + len(name))
        for call in calls(path, lines):
            if package.find(call.name) == symbol:
                yield call.place._replace(start=call.place.end - len(name))


def _same(package: Package, path: str, name: str, symbol: Symbol) -> bool:
    return path == symbol.path or package.find(path, name) == symbol


def _python(course: EditedCourse) -> list[str]:
    """Return the course's Python files, sorted."""
    found = []
    for file in sorted(course.root.rglob("*.py")):
        path = file.relative_to(course.root)
        if not _SKIPPED & set(path.parts) and not any(part.startswith(".") for part in path.parts):
            found.append(path.as_posix())
    return found


def _check_saved(course: EditedCourse, files: list[str]) -> None:
    for path in files:
        edited = course.unsaved.get(str((course.root / path).resolve()))
        if edited and edited.data != (course.root / path).read_bytes():
            raise RenameRefusedError(f"{path} has changes that are not saved", "save it first")


def _check_free(course: EditedCourse, path: str, new: str) -> None:
    for token in _tokens(course, path, new):
        raise RenameRefusedError(f"{path}:{token.line} has the name {new} already", "write another name")


def _in_python(course: EditedCourse, symbol: Symbol, name: str, files: list[str]) -> Iterator[TextRange]:
    """Yield each place of the name in Python files that means the symbol. Raises `RenameRefusedError`."""
    import jedi
    from jedi.api.environment import InterpreterEnvironment

    project = jedi.Project(course.root, load_unsafe_extensions=False)
    around = {"project": project, "environment": InterpreterEnvironment()}
    scripts = {path: jedi.Script(path=course.root / path, **around) for path in files}
    at = next((one for one in _tokens(course, symbol.path, name) if one.line >= symbol.line), None)
    if at is None:
        raise RenameRefusedError(f"{symbol.path} does not define {name} by itself", "rename it where it is defined")
    found = scripts[symbol.path].get_references(at.line, at.start, scope="project")
    meant = {(str(one.module_path), one.line, one.column) for one in found}
    for path in files:
        _check_texts(course, path, name)
        for token in _tokens(course, path, name):
            if (str(course.root / path), token.line, token.start) in meant:
                yield token
            elif not _another(scripts[path], token, course.root / symbol.path, symbol.line):
                why = f"it is not clear what {name} means in {path}:{token.line}"
                raise RenameRefusedError(why, "rename it by hand, or give that one another name first")


def _another(script: jedi.Script, token: TextRange, file: Path, line: int) -> bool:
    """Return whether a word is known to mean another definition."""
    found = script.goto(token.line, token.start, follow_imports=True)
    return bool(found) and not any((one.module_path, one.line) == (file, line) for one in found)


def _check_texts(course: EditedCourse, path: str, name: str) -> None:
    try:
        tree = ast.parse(course.text(path))
    except (SyntaxError, ValueError):
        raise RenameRefusedError(f"{path} is not Python as it stands", "correct it first") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == name:
            why = f"{path}:{node.lineno} has the name as text, {name!r}"
            raise RenameRefusedError(why, "rename it by hand: what looks it up by its text would not find it")


def _tokens(course: EditedCourse, path: str, name: str) -> Iterator[TextRange]:
    """Yield each place of a name in a Python file, within f-strings too, but in no other text and no comment."""
    import parso

    if name not in course.text(path):
        return
    leaf = parso.parse(course.text(path)).get_first_leaf()
    while leaf is not None:
        if leaf.type == "name" and leaf.value == name:
            yield TextRange(path, leaf.start_pos[0], leaf.start_pos[1], leaf.end_pos[1])
        leaf = leaf.get_next_leaf()
