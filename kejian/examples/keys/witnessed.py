"""The current state of what a run examined besides code: files, folders, variables, versions of packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kejian.core.disk.files import FileAccessError, Folder
from kejian.examples.keys import distributions
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.trace import Trace


def parts(folder: Folder, trace: Trace, version: Callable[[str], str] = distributions.version) -> Iterator[KeyPart]:
    """Yield a part for each thing that the run examined. version: returns that of a package."""
    yield from (KeyPart("code", f"text of {path}", _content(folder, path), f"{path}:1") for path in trace.texts)
    yield from (KeyPart("data", path, _content(folder, path)) for path in trace.reads)
    yield from (KeyPart("folder", path or ".", folder.asked(f"{path}/")) for path in trace.listed)
    yield from (KeyPart("file", path, folder.asked(f"{path}/.")) for path in trace.tested)
    yield from (KeyPart("environment", name, folder.asked(f"{name}/=")) for name in trace.environment)
    for name in trace.packages:
        yield KeyPart("package", name, version(name))
    for name, then in trace.optional:  # if it is not installed here, skip it: another machine may have fewer packages
        yield KeyPart("package", name, version(name) or then)


def _content(folder: Folder, path: str) -> str:
    try:
        return folder.digest(path)
    except (FileAccessError, OSError):
        return ""
