"""Runs examples in a process of its own: `python child.py REQUEST.json`. Imports nothing of kejian.

The request names the course, the calls, the seed, the packages to seed and the output folder; the answer is
`answer.json` there, with pictures beside it. An audit hook records what an example reads, inside or outside the course,
and denies access to the network and to other programs.

Every example pays for the start of this script, so it imports only what it cannot do without.
"""

# ruff: noqa: PTH105, PTH118, PTH123 -- pathlib is one of those things

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kejian.examples.child import kejian_display, kejian_fonts
    from kejian.examples.child.kejian_bounds import AuditHook, end_with
    from kejian.examples.child.kejian_family import supervised
    from kejian.examples.child.kejian_loads import load_texts
    from kejian.examples.child.kejian_outputs import OUTPUTS, TooMuchError, described, plain, size
    from kejian.examples.child.kejian_said import StderrCapture
    from kejian.examples.child.kejian_seeds import prepare, seed, seed_later
    from kejian.examples.child.kejian_shown import displayed, forget, shown, stepped
    from kejian.examples.child.kejian_streams import BoundedText
    from kejian.examples.child.kejian_trace import ProcessTrace
    from kejian.examples.child.kejian_worlds import answered
else:  # the folder of a script is on its path
    import kejian_display
    import kejian_fonts
    from kejian_bounds import AuditHook, end_with
    from kejian_family import supervised
    from kejian_loads import load_texts
    from kejian_outputs import OUTPUTS, TooMuchError, described, plain, size
    from kejian_said import StderrCapture
    from kejian_seeds import prepare, seed, seed_later
    from kejian_shown import displayed, forget, shown, stepped
    from kejian_streams import BoundedText
    from kejian_trace import ProcessTrace
    from kejian_worlds import answered

TRACE = ProcessTrace()
WATCH = AuditHook(TRACE)
_SAID: list[StderrCapture] = []
"""The one that stands for standard error."""
_SPARE: list[int] = []
"""Files that are kept open, to be closed when there is something to be told: an example may have left none."""


def main(request_path: str) -> None:
    """Answer each call of the request, in order; a call that fails does not stop the next.

    Then the process exits at once, without waiting for the example's threads and exit handlers.
    """
    with open(request_path, encoding="utf-8") as file:
        request = json.load(file)
    out = request["out"]
    parent, wait = supervised(request["parent"])
    end_with(parent)
    TRACE.begin(request["root"], request["pinned"], marks=request["marks"])
    WATCH.confine(parent, [out, request["cache"]], (os.path.join(request["cache"], "keras"),))
    load_texts(request["root"], TRACE)
    sys.path.insert(0, request["root"])
    wait()
    prepare(request["packages"])
    seed_later(request["seed"])
    kejian_display.install()
    kejian_fonts.offer(request["font"], request["cache"], TRACE)
    _SAID.append(StderrCapture(request["root"]))
    sys.addaudithook(WATCH)
    calls = request["calls"]
    answers = answered(
        len(calls),
        lambda: _load(calls[0]["module"], request),
        lambda number, printed: _answer(calls[number], request, number, printed),
        out,
    )
    _release()
    aside = os.path.join(out, "answer.new")
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(answers, file, ensure_ascii=False)
    os.replace(aside, os.path.join(out, "answer.json"))
    os._exit(0)


def _load(module: str, request: dict[str, Any]) -> str:
    """Import the module that all calls share, as the first of them would; return what that prints."""
    printed = BoundedText(request["most"])
    with _watching(), printed.shown():
        _begin({"module": module}, request)
        importlib.import_module(module)
    return printed.getvalue()


def _begin(call: dict[str, Any], request: dict[str, Any]) -> None:
    """Restore the working folder, arguments and seeds that a program of the course would start with."""
    os.chdir(request["root"])
    sys.argv = [call["module"] or call["code"][-1][0]]
    seed(request["seed"])


def _answer(call: dict[str, Any], request: dict[str, Any], number: int, loaded: str | None) -> dict[str, Any]:
    """Answer a call. loaded: what importing its module printed, if that has been done already."""
    if loaded is None:
        _SAID[0].restart()
    _spare()
    own, out = os.getpid(), request["out"]
    TRACE.forks.file = os.path.join(out, f"{number}.noted")
    printed = BoundedText(request["most"])
    start = time.perf_counter()
    answer: dict[str, Any] = {"error": None, "value": None, "pictures": []}
    screen = _Screen(printed, os.path.join(out, str(number)), request["most"])
    forget()
    kejian_display.begin(screen.show)
    try:
        with _watching(), printed.shown():
            _begin(call, request)
            printed.write(loaded or "")
            value = _executed(call, request["root"], screen) if call["code"] else _called(call, request["seed"])
            if call["form"] == "steps":
                stepped(value, lambda one: screen.show(one, ""))
            answer |= shown(value, call, os.path.join(out, str(number)), request["most"])
    except BaseException as error:  # whatever an example raises is its answer, SystemExit too
        _release()
        answer["error"] = described(error, request["root"])
    kejian_display.begin(None)
    if os.getpid() != own:  # the example has forked, and this is the fork returning
        os._exit(0)
    if printed.exceeded:  # even if the example has changed that
        answer |= {"error": described(printed.exceeded, request["root"]), "value": None, "pictures": []}
        screen.restart()
    TRACE.forks.hear()
    answer |= {"displayed": screen.displayed}
    answer |= {"printed": plain(printed.getvalue()), "seconds": time.perf_counter() - start, **_SAID[0].captured()}
    answer |= {"reads": [plain(path) for path in sorted(WATCH.reads)], "more_reads": WATCH.more}
    return answer | {"trace": TRACE.recorded()}


def _spare() -> None:
    with contextlib.suppress(OSError):
        while len(_SPARE) < 8:
            _SPARE.append(os.open(os.devnull, os.O_RDONLY))


def _release() -> None:
    while _SPARE:
        with contextlib.suppress(OSError):  # the example has closed it
            os.close(_SPARE.pop())


@contextlib.contextmanager
def _watching() -> Iterator[None]:
    TRACE.on = True
    try:
        yield
    finally:
        TRACE.on = False


def _called(call: dict[str, Any], number: int) -> Any:  # noqa: ANN401 -- an example may return anything
    function: Any = importlib.import_module(call["module"])
    seed(number)  # once more: it must not matter what the import drew, or whether it was done before
    if not call["name"]:  # the call asks only for the import
        return None
    for name in call["name"].split("."):
        function = getattr(function, name)
    value = _awaited(function(*call["positional"], **call["keywords"]))
    for key in call["path"]:
        value = value[key]
    return value


def _awaited(value: Any) -> Any:  # noqa: ANN401 -- as above
    if type(value).__name__ != "coroutine":
        return value
    import asyncio

    return asyncio.run(value)


class _Screen:
    """Values that an example displays, each with the number of characters printed before it."""

    def __init__(self, printed: BoundedText, stem: str, most: int) -> None:
        self._printed, self._stem, self._most = printed, stem, most
        self._size = 0
        self.displayed: list[dict[str, Any]] = []

    def show(self, value: Any, form: str) -> None:  # noqa: ANN401 -- an example may display anything
        """Record a value. Raises `TooMuchError` if there are more than a record holds."""
        if len(self.displayed) >= OUTPUTS - 3:
            raise TooMuchError(f"it displays more than {OUTPUTS - 3} values")
        found = displayed(value, form, f"{self._stem}.{len(self.displayed)}-shown", self._most)
        self._size += size(found.get("value") or "")
        if self._size > self._most:
            raise TooMuchError(f"it displays {self._size:,} bytes of text, more than {self._most:,}")
        self.displayed.append({"after": len(plain(self._printed.getvalue())), **found})

    def restart(self) -> None:
        """Discard what was printed and displayed."""
        self._printed.restart()
        self.displayed.clear()
        forget()
        self._size = 0


def _executed(call: dict[str, Any], root: str, screen: _Screen) -> Any:  # noqa: ANN401 -- as above
    """Return the value of the last chunk's last expression; output of earlier chunks is discarded."""
    names: dict[str, Any] = {"__name__": "__main__", "display": kejian_display.display}
    value = None
    for path, line, text in call["code"]:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        screen.restart()
        value = _value(text, os.path.join(root, path), line, names)
    return value


def _value(text: str, file: str, line: int, names: dict[str, Any]) -> Any:  # noqa: ANN401 -- as above
    """Execute a text that begins at `line` of `file`; return its last expression's value, as in a notebook."""
    import ast

    tree = ast.increment_lineno(ast.parse(text, file), line - 1)
    last = tree.body[-1] if tree.body and not text.rstrip().endswith(";") else None
    shown = ast.Expression(tree.body.pop().value) if isinstance(last, ast.Expr) else None  # type: ignore[attr-defined]
    exec(compile(tree, file, "exec", dont_inherit=True), names)  # noqa: S102 -- code that the course opted in to
    return eval(compile(shown, file, "eval", dont_inherit=True), names) if shown else None  # noqa: S307 -- as above


if __name__ == "__main__":
    main(sys.argv[1])
