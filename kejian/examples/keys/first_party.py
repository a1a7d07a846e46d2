"""The course's Python files outside its examples package that the examples may import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from kejian.core import paths
from kejian.core.disk.files import FileAccessError
from kejian.examples.keys.module_scan import scan
from kejian.examples.keys.package import Package
from kejian.examples.keys.scan_cache import Scanner


def beside(package: Package, loaded: Iterable[str], scanner: Scanner = scan) -> tuple[str, ...]:
    """Return the course paths of those files, sorted.

    loaded: files that earlier runs have loaded. A further file is included if the package, or an included file, imports
        its name or that of a folder around it: `lib/helper.py` for `import helper`.
    """
    own = set(package.paths)
    files = {path for path in paths.sizes(package.folder.root) if path.endswith(".py")} - own
    found = files.intersection(loaded)
    names = set(package.graph.packages((name, "") for name in package.graph.modules))
    asked, known = set[str](), set[str]()
    while new := names - asked:
        asked |= new
        found |= {path for path in files if new.intersection(_names(path))}
        names |= {name for path in sorted(found - known) for name in _imported(package, path, scanner)}
        known |= found
    return tuple(sorted(found))


def _names(path: str) -> tuple[str, ...]:
    """Return how a module's dotted name may begin, for any import path."""
    return PurePosixPath(path).with_suffix("").parts


def _imported(package: Package, path: str, scanner: Scanner) -> set[str]:
    try:
        text = package.folder.text(path)
    except FileAccessError:
        return set()
    found = scanner(PurePosixPath(path).stem, path, text)
    bindings = [*found.imports, *(one for node in found.nodes for one in node.imports)]
    return {binding.loaded[0].partition(".")[0] for binding in bindings}
