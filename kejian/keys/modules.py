"""The modules of an examples package, as the files of its folder say them."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder, Unreadable
from kejian.keys.scan import Scan, scan, unreadable
from kejian.keys.scans import Scanner


def paths(folder: Folder, name: str) -> list[str]:
    """The modules below the folder `name`, sorted; none where that is empty or no folder."""
    root = folder.root / name
    if not name:
        return []
    found = (path.relative_to(folder.root) for path in root.rglob("*.py"))
    return sorted(p.as_posix() for p in found if all(part.isidentifier() for part in p.with_suffix("").parts))


def text(folder: Folder, path: str) -> str | Unreadable:
    """The text of a module, or why it cannot be read."""
    try:
        return folder.text(path)
    except Unreadable as e:
        return e


def scanned(
    paths: Sequence[str], texts: Sequence[str | Unreadable], folder: Folder, scanner: Scanner
) -> tuple[list[Scan], tuple[Diagnostic, ...]]:
    """What each module says, and an error for each that says nothing."""
    scans: dict[str, Scan] = {}
    found: list[Diagnostic] = []
    for path, text in zip(paths, texts, strict=True):
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if isinstance(text, Unreadable):
            scans[module] = unreadable(module, path, folder.reads.get(path) or str(text), 1, str(text))
            found.append(error("example-unreadable", Span(path), str(text), text.hint))
            continue
        scans[module] = scanner(module, path, text)
        if problem := scans[module].problem:
            hint = "correct the line, or the one above"
            found.append(error("example-syntax", Span(path, problem[0]), f"this is not Python: {problem[1]}", hint))
    for module in list(scans):  # folders without `__init__.py` are packages too
        while module := module.rpartition(".")[0]:
            scans.setdefault(module, scan(module, f"{module.replace('.', '/')}/__init__.py", ""))
    return list(scans.values()), tuple(found)
