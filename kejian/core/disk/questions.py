"""What a build depends on besides file contents: names in a folder, the kind of an entry, environment variables.

A question is recorded like a path that was read, and its answer like a digest: `path/` asks for the names in a folder,
`path/.` for the kind of an entry, and `name/=` for an environment variable.
"""

from __future__ import annotations

import os
import stat
from hashlib import sha256

ALL = "*"
"""Stands for the names of all variables."""
_PASSED = ("HOME", "PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Variables of the environment that examples find as the build has them, like those that are meant for them."""
_MEANT = "KEJIAN_EXAMPLES_"


def is_question(path: str) -> bool:
    """Return whether this is a question and not the path of a file."""
    return path.endswith(("/", "/.", "/="))


def subject(question: str) -> str:
    """Return the path or the variable that a question is about."""
    return question.rpartition("/")[0]


def answer(question: str, real: str, root: str) -> str:
    """Answer a question now; "" for what is missing. Raises `OSError` if that cannot be determined.

    real: the path in question with links resolved. root: the course with links resolved.
    """
    if question.endswith("="):
        return _variable(subject(question))
    return _kind(subject(question), real, root) if question.endswith(".") else _names(real, root)


def variables() -> dict[str, str]:
    """Return the variables of this process that examples inherit unchanged."""
    return {name: os.environ[name] for name in os.environ if name in _PASSED or name.startswith(_MEANT)}


def _variable(name: str) -> str:
    """Return a digest of a variable as an example sees it; "" if it is unset there."""
    found = variables()
    text = "\0".join(sorted(found)) if name == ALL else found.get(name)
    return "" if text is None else _digest(text)[:12]


def _kind(path: str, real: str, root: str) -> str:
    """Describe an entry: folder, or file with its size, and the target of a link on the way."""
    found = os.stat(real)  # noqa: PTH116 -- a Path for each of many costs a preview dearly
    kind = "folder" if stat.S_ISDIR(found.st_mode) else f"file of {found.st_size} bytes"
    return kind if real == f"{root}/{path}" else f"{kind} {os.path.relpath(real, root)}"


def _names(real: str, root: str) -> str:
    """Return a digest of the names in a folder, with folders marked.

    Hidden names are ignored, as are files that Python, or at the top a build, leaves there.
    """
    unseen = {"__pycache__", "site"} if real == root else {"__pycache__"}
    with os.scandir(real) as found:
        seen = [entry for entry in found if entry.name[0] != "." and entry.name not in unseen]
    return _digest("\0".join(sorted(entry.name + "/" * entry.is_dir() for entry in seen)))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
