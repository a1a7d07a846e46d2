"""`display`, for examples that show more than they return; values appear between what is printed.

`from kejian import display`. IPython's `display` is replaced by it while an example runs. Outside of a run it prints,
so that an example and its tests work by themselves. Part of child.py: imports nothing of kejian.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_IPYTHON, _PYPLOT = "IPython.core.display_functions", "matplotlib.pyplot"
PARTS = {"display": "kejian_display", "matrix": "kejian_matrices", "step": "kejian_steps", "table": "kejian_tabled"}
"""What authors of examples import from `kejian`, and the module beside this one that it stands in."""
_SHOWS: list[Callable[[Any, str], None]] = []
"""What takes the values of the example that is running, if one is."""


def display(*values: Any, output: str = "", **_: Any) -> None:  # noqa: ANN401 -- whatever there is to be shown
    """Show the values at this point of the printed output.

    output: the form, as on an import: `html`, `table`, `text`. IPython's other keywords are ignored.
    """
    for value in values:
        if _SHOWS:
            _SHOWS[-1](value, output)
        else:
            print(value)  # noqa: T201 -- as Python itself would


def begin(shows: Callable[[Any, str], None] | None) -> None:
    """Pass an example's values to `shows` from now on, or, with `None`, print them."""
    _SHOWS[:] = [shows] if shows else []


def install() -> None:
    """Replace IPython's `display` and pyplot's `show`, should they be imported; provide a module `kejian` to import."""
    first: Any = _Finder()
    last: Any = _LastFinder()
    sys.meta_path.insert(0, first)
    sys.meta_path.append(last)


def part(name: str) -> Any:  # noqa: ANN401 -- a function
    """Return a name that an example imports from `kejian`. Raises `AttributeError`."""
    if name not in PARTS:
        raise AttributeError(f"module 'kejian' has no attribute {name!r}")
    return getattr(importlib.import_module(PARTS[name]), name)


def _change(module: Any) -> None:  # noqa: ANN401 -- a module
    if module.__name__ == _IPYTHON:
        module.display = display
    else:
        importlib.import_module("kejian_pyplot").install(module, display, lambda: bool(_SHOWS))


class _LastFinder:
    """Import hook that provides `kejian` if it is not found otherwise, since its folder is not on an example's path."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:  # noqa: ANN401 -- a spec
        return importlib.machinery.ModuleSpec(name, self) if name == "kejian" else None  # type: ignore[arg-type]

    def create_module(self, _spec: object) -> None:
        """Use the default module creation."""

    def exec_module(self, module: Any) -> None:  # noqa: ANN401 -- as above
        module.__getattr__ = part


class _Finder:
    """Import hook that finds two modules by the other hooks, and changes how they show things."""

    def find_spec(self, name: str, path: Iterable[str] | None = None, target: object = None) -> Any:  # noqa: ANN401 -- a spec
        if name not in (_IPYTHON, _PYPLOT):
            return None
        others = (finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec"))
        found: Any = next(filter(None, (one.find_spec(name, path, target) for one in others)), None)  # type: ignore[arg-type]
        if found is not None and found.loader is not None:
            execute = found.loader.exec_module

            def executed(module: Any) -> None:  # noqa: ANN401 -- as above
                execute(module)
                _change(module)

            found.loader.exec_module = executed
        return found
