"""Seeds the random numbers of Python, numpy, and keras with its backend.

Part of child.py: imports nothing of kejian.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.machinery
import random
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from typing import Any


def prepare(names: Iterable[str]) -> None:
    """Import packages that the first call is known to use; a missing one is left for the example to report."""
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def seed(number: int) -> None:
    """Seed all random generators of loaded modules."""
    random.seed(number)
    for name, begin in _BEGINS.items():
        if name in sys.modules:
            begin(sys.modules[name], number)


def seed_later(number: int) -> None:
    """Seed numpy and keras as soon as they are loaded, if that happens while an example runs."""
    sys.meta_path.insert(0, _Seeding(number))


class _Seeding:
    """Import hook that seeds modules with random numbers as soon as they are loaded."""

    def __init__(self, number: int) -> None:
        self.number = number

    def find_spec(self, name: str, path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        begin = _BEGINS.get(name)
        found = importlib.machinery.PathFinder.find_spec(name, path) if begin else None
        if found is None or found.loader is None or begin is None:
            return None
        loader: Any = found.loader
        loader.exec_module = self._seeded(loader.exec_module, begin)
        return found

    def _seeded(self, execute: Callable[[Any], None], begin: Callable[[Any, int], None]) -> Callable[[Any], None]:
        def executed(module: Any) -> None:  # noqa: ANN401 -- any module
            execute(module)
            begin(module, self.number)

        return executed


def _numpy(module: Any, number: int) -> None:  # noqa: ANN401 -- as above
    module.seed(number)


def _keras(module: Any, number: int) -> None:  # noqa: ANN401 -- as above
    module.utils.set_random_seed(number)


_BEGINS = {"numpy.random": _numpy, "keras": _keras}
