"""Runs examples in a process of its own: `python child.py REQUEST.json`. Imports nothing of kejian.

The request names the course, the calls, the seed, the packages to seed and the folder to answer into; the answer is
`answer.json` there, with pictures beside it. What an example reads inside or outside the course is noted by an audit
hook; the network and other programs are out of reach.

Every example starts this: what it can do without, it does not import.
"""

# ruff: noqa: PTH105, PTH118, PTH123 -- pathlib is one of those things

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import random
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kejian.worker.kejian_bounds import Watch, end_with, load_texts
else:  # the folder of a script is on its path
    from kejian_bounds import Watch, end_with, load_texts

WATCH = Watch()


def main(request_path: str) -> None:
    """Answer each call of the request, in order; a call that fails does not stop the next."""
    with open(request_path, encoding="utf-8") as file:
        request = json.load(file)
    out = request["out"]
    end_with(request["parent"])
    load_texts(request["root"])
    sys.path.insert(0, request["root"])
    _prepare(request)
    sys.addaudithook(WATCH)
    answers = [_answer(call, request, out, number) for number, call in enumerate(request["calls"])]
    aside = os.path.join(out, "answer.new")
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(answers, file)
    os.replace(aside, os.path.join(out, "answer.json"))


def _prepare(request: dict[str, Any]) -> None:
    """Import the packages that are seeded before the first call; one that is missing is the example's to report."""
    for name in request["packages"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _seed(seed: int) -> None:
    random.seed(seed)
    numpy, keras = sys.modules.get("numpy"), sys.modules.get("keras")
    if numpy is not None:
        numpy.random.seed(seed)
    if keras is not None:
        keras.utils.set_random_seed(seed)


def _answer(call: dict[str, Any], request: dict[str, Any], out: str, number: int) -> dict[str, Any]:
    WATCH.reads.clear()
    printed = io.StringIO()
    start = time.perf_counter()
    answer: dict[str, Any] = {"error": None, "value": None, "pictures": []}
    try:
        with _watching(), contextlib.redirect_stdout(printed):
            _seed(request["seed"])
            value = _executed(call, request["root"], printed) if call["code"] else _called(call)
            answer |= _shown(value, call, os.path.join(out, str(number)))
    except BaseException as error:  # whatever an example raises is its answer, SystemExit too
        answer["error"] = _error(error, request["root"])
    answer |= {"printed": printed.getvalue(), "seconds": time.perf_counter() - start, "reads": sorted(WATCH.reads)}
    return answer


@contextlib.contextmanager
def _watching() -> Iterator[None]:
    WATCH.on = True
    try:
        yield
    finally:
        WATCH.on = False


def _called(call: dict[str, Any]) -> Any:  # noqa: ANN401 -- an example may return anything
    function: Any = importlib.import_module(call["module"])
    for name in call["name"].split("."):
        function = getattr(function, name)
    value = function(*call["positional"], **call["keywords"])
    for key in call["path"]:
        value = value[key]
    return value


def _executed(call: dict[str, Any], root: str, printed: io.StringIO) -> Any:  # noqa: ANN401 -- as above
    """The value of the last chunk's last expression; what the chunks before it print and draw is theirs to show."""
    names: dict[str, Any] = {"__name__": "__main__"}
    value = None
    for path, line, text in call["code"]:
        printed.truncate(printed.seek(0))
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        value = _value(text, os.path.join(root, path), line, names)
    return value


def _value(text: str, file: str, line: int, names: dict[str, Any]) -> Any:  # noqa: ANN401 -- as above
    """Execute a text that begins at `line` of `file`; its last expression's value, as a notebook has it."""
    import ast

    tree = ast.increment_lineno(ast.parse(text, file), line - 1)
    last = tree.body[-1] if tree.body and not text.rstrip().endswith(";") else None
    shown = ast.Expression(tree.body.pop().value) if isinstance(last, ast.Expr) else None  # type: ignore[attr-defined]
    exec(compile(tree, file, "exec", dont_inherit=True), names)  # noqa: S102 -- code that the course opted in to
    return eval(compile(shown, file, "eval", dont_inherit=True), names) if shown else None  # noqa: S307 -- as above


def _shown(value: Any, call: dict[str, Any], stem: str) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """What a slide can show of a value: text, or pictures written beside the answer."""
    if call["format"] is not None:
        return {"value": format(value, call["format"])}
    pictures = [one for one in (value if isinstance(value, list | tuple) and value else [value]) if _draws(one)]
    drawn = list(_open_figures(pictures))
    written = [_picture(one, f"{stem}.{number}") for number, one in enumerate([*pictures, *drawn])]
    if pictures or value is None:
        return {"pictures": written}
    if call["code"]:
        text = repr(value)  # an address says nothing, and is another one in each run: of what `plot` returns, for one
        return {"pictures": written, "value": None if " at 0x" in text else text}
    return {"pictures": written, "value": value if isinstance(value, str) else _text(value)}


def _text(value: Any) -> str:  # noqa: ANN401 -- as above
    return str(value) if type(value).__module__.startswith(("numpy", "pandas")) else repr(value)


def _draws(value: Any) -> bool:  # noqa: ANN401 -- as above
    """Whether a value is a picture: a figure, or an image. An array is text unless it is bytes with colours."""
    if hasattr(value, "savefig") or (hasattr(value, "save") and hasattr(value, "getbands")):
        return True
    return str(getattr(value, "dtype", "")) == "uint8" and getattr(value, "ndim", 0) == 3 and value.shape[2] in (3, 4)


def _open_figures(shown: list[Any]) -> Iterator[Any]:
    """The figures that pyplot holds and the example did not return."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        if not any(figure is one for one in shown):
            yield figure


def _picture(value: Any, stem: str) -> dict[str, str | None]:  # noqa: ANN401 -- as above
    if hasattr(value, "savefig"):
        import matplotlib as mpl

        with mpl.rc_context({"svg.hashsalt": "kejian"}):  # the same ids, hence the same bytes, in every run
            value.savefig(f"{stem}.svg", metadata={"Date": None, "Creator": None})
        value.savefig(f"{stem}.png", dpi=80, metadata={"Software": None})
        return {"file": f"{stem}.svg", "twin": f"{stem}.png"}
    if not hasattr(value, "save"):
        from PIL import Image

        value = Image.fromarray(value)
    value.save(f"{stem}.png")
    return {"file": f"{stem}.png", "twin": None}


def _error(error: BaseException, root: str) -> dict[str, Any]:
    """What was raised, with the traceback cut to files of the course; `notes` are those that it was given (PEP 678)."""
    import traceback

    every = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in every if frame.filename.startswith(root + os.sep) and frame.filename != __file__]
    places = [os.path.relpath(frame.filename, root).replace(os.sep, "/") for frame in frames]
    lines = [f"  {place}:{f.lineno} in {f.name}\n    {f.line}" for place, f in zip(places, frames, strict=True)]
    names = [kind.__name__ for kind in type(error).__mro__]
    notes = [str(note) for note in getattr(error, "__notes__", ())]
    return {"type": names[0], "types": names, "message": str(error), "trace": "\n".join(lines), "notes": notes}


if __name__ == "__main__":
    main(sys.argv[1])
