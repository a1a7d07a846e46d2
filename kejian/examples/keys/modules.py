"""The modules of an examples package, as files."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.disk.files import FileAccessError, Folder
from kejian.examples.keys.module_scan import ModuleScan, scan, unreadable
from kejian.examples.keys.scan_cache import Scanner


def paths(folder: Folder, name: str) -> list[str]:
    """Return the modules below the folder `name`, sorted; empty if there is none."""
    root = folder.root / name
    if not name:
        return []
    found = (path.relative_to(folder.root) for path in root.rglob("*.py"))
    return sorted(p.as_posix() for p in found if all(part.isidentifier() for part in p.with_suffix("").parts))


def text(folder: Folder, path: str) -> str | FileAccessError:
    """Return the text of a module, or why it cannot be read."""
    try:
        return folder.text(path)
    except FileAccessError as e:
        return e


def scanned(
    paths: Sequence[str], texts: Sequence[str | FileAccessError], folder: Folder, scanner: Scanner
) -> tuple[list[ModuleScan], tuple[Diagnostic, ...]]:
    """Scan each module; return the scans, and an error for each that cannot be read or parsed."""
    scans: dict[str, ModuleScan] = {}
    found: list[Diagnostic] = []
    for path, text in zip(paths, texts, strict=True):
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if isinstance(text, FileAccessError):
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
