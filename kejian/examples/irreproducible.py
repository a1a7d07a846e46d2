"""Finds calls in executed code that differ in each run: randomness without a seed, and the time."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import islice

from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Chunk
from kejian.examples.keys.trace import Trace

_UNSEEDED = frozenset(("default_rng", "RandomState", "Random", "SeedSequence", "PCG64", "MT19937", "Philox", "SFC64"))
"""What takes a seed, and without one begins anywhere."""
_RANDOM = frozenset(
    ("uuid1", "uuid4", "urandom", "token_bytes", "token_hex", "token_urlsafe", "randbelow", "SystemRandom")
)
_CLOCKS = frozenset(
    f"{name}{unit}" for name in ("perf_counter", "monotonic", "process_time", "time.time") for unit in ("", "_ns")
) | {"time.ctime", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
_PLACES = 3
"""Places that are named, at most."""


def places(folder: Folder, code: Iterable[Chunk], trace: Trace | None) -> str:
    """Return the lines as the end of a sentence, `: ``default_rng()`` has no seed (demo_examples/a.py:4)`; "" for none.

    code: chunks of the slides that ran. trace: the other code that ran.
    """
    found = [*islice(dict.fromkeys(_places(folder, code, trace)), _PLACES)]
    return f": {', '.join(found)}" if found else ""


def _places(folder: Folder, code: Iterable[Chunk], trace: Trace | None) -> Iterator[str]:
    for chunk in code:
        yield from _in(chunk.text, chunk.span.path, chunk.span.line - 1, None)
    ran: dict[str, set[str]] = {}
    for path, name in trace.ran if trace else ():
        ran.setdefault(path, set()).add(name)
    for _, path in trace.loaded if trace else ():
        yield from _in(_text(folder, path), path, 0, ran.get(path, set()))


def _text(folder: Folder, path: str) -> str:
    try:
        return folder.text(path)
    except FileAccessError:
        return ""


def _in(text: str, path: str, above: int, ran: set[str] | None) -> Iterator[str]:
    """Yield the calls in a module, restricted to functions and classes in `ran` unless that is `None`."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for statement in tree.body:
        name = getattr(statement, "name", None)
        if ran is None or name is None or name in ran:
            calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
            yield from (f"{why} ({path}:{above + node.lineno})" for node in calls if (why := _why(node)))


def _why(call: ast.Call) -> str:
    words = ast.unparse(call.func)
    last = words.rpartition(".")[2]
    if last in _UNSEEDED and _is_empty(call):
        return f"`{words}()` has no seed"
    if last in _RANDOM:
        return f"`{words}` is random"
    is_clock = any(words == name or words.endswith(f".{name}") for name in _CLOCKS) or last in _CLOCKS
    return f"`{words}` asks the time" if is_clock else ""


def _is_empty(call: ast.Call) -> bool:
    """Return whether a call gets no seed: no argument, or `None`."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return all(isinstance(value, ast.Constant) and value.value is None for value in given)
