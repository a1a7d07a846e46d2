"""Import hook that loads the course's modules from source, with marks, and records which modules are looked for.

Part of child.py: imports nothing of kejian.
"""

# ruff: noqa: PTH118 -- pathlib is one of the things that it does without

from __future__ import annotations

import importlib.machinery
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterable
    from types import CodeType
    from typing import Any

    from kejian.examples.child.kejian_marks import compiled
    from kejian.examples.child.kejian_outputs import plain
    from kejian.examples.child.kejian_trace import ProcessTrace
else:  # the folder of a script is on its path
    from kejian_marks import compiled
    from kejian_outputs import plain


def load_texts(root: str, trace: ProcessTrace) -> None:
    """Load modules below `root` from source and record them, except those installed there."""
    machinery = importlib.machinery
    loaders = (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES), (_loader(trace), machinery.SOURCE_SUFFIXES)
    find = machinery.FileFinder.path_hook(*loaders)

    def hook(folder: str) -> Any:  # noqa: ANN401 -- a finder, which the stubs have by another name
        if not os.path.join(folder, "").startswith(root + os.sep) or trace.installed(folder):
            raise ImportError(folder)
        return find(folder)

    before: Any = _Before(trace)
    sys.meta_path.insert(0, before)
    sys.path_hooks.insert(0, hook)


def _loader(trace: ProcessTrace) -> type[importlib.machinery.SourceFileLoader]:
    """Return a loader that compiles the course's modules from source, never from `__pycache__`.

    Bytecode is matched to its source by time in seconds and size. After an edit in the same second, or under a clock
    that was set back, it would be stale.
    """

    class Source(importlib.machinery.SourceFileLoader):
        def path_stats(self, path: str) -> dict[str, Any]:
            raise OSError(path)

        def get_data(self, path: str) -> bytes:
            trace.loading = True
            try:
                return super().get_data(path)
            finally:
                trace.loading = False

        def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:  # type: ignore[override]  # noqa: ANN401 -- as the loader has it
            inside = trace.inside(trace.real(path))
            if inside and trace.forks.apart:
                trace.also.add(plain(f"{self.name} {inside}"))
            if trace.whole or not inside:
                return super().source_to_code(data, path)
            return compiled(data, path, plain(inside), trace.ran)

    return Source


class _Before:
    """Import hook ahead of all others that records lookups and finds nothing."""

    def __init__(self, trace: ProcessTrace) -> None:
        self._trace = trace

    def find_spec(self, name: str, path: Iterable[object] | None = None, _target: object = None) -> None:
        if self._trace.on:
            self._trace.seek(name, path)
