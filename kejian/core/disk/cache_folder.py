"""A course's cache folder, `.kejian`, which is trusted only if this machine created it.

Its entries are published unchecked, and a checkout may contain a folder or a link of that name. A trusted folder holds
a message authentication code, made with a key of this machine over the folder's inode, so that a copy does not count.
Anything else is removed.
"""

from __future__ import annotations

import os
import stat
from functools import cache
from hashlib import blake2b
from pathlib import Path

NAME = ".kejian"
_OWNER = "made-here"
_KEY_BYTES = 32
_VARIABLE = "KEJIAN_CACHE_KEY"
"""A secret by which machines that hand a cache on, as in continuous integration, know each other's."""


def cache_folder(course: Path, *, make: bool = False) -> Path:
    """Return the path of the cache of `course`, after removing anything there that this machine did not create.

    make: create the folder. Raises `OSError` if what stands there cannot be removed.
    """
    folder = course / NAME
    if not is_ours(folder) and (make or _lstat(folder) is not None):
        _claim(course)
    return folder


def claimed(path: Path) -> None:
    """Create and sign the cache that contains `path`, if any, before code creates folders there unsigned."""
    folder = next((one for one in path.parents if one.name == NAME), None)
    if folder is not None:
        cache_folder(folder.parent, make=True)


def is_ours(folder: Path) -> bool:
    """Return whether this machine created the cache folder."""
    try:
        found = folder.lstat()
        with open(folder / _OWNER, "rb", opener=_no_link) as file:
            return stat.S_ISDIR(found.st_mode) and file.read(200) == _code(found)
    except (OSError, ValueError):
        return False


def _claim(course: Path) -> None:
    from kejian.core.disk.locks import locked
    from kejian.core.disk.open_folder import InTheWayError
    from kejian.core.disk.output_folder import OutputFolder

    around = OutputFolder(course)
    with locked(course):
        if is_ours(course / NAME):  # another command was faster
            return
        found = _lstat(course / NAME)
        if found is None and not os.access(course, os.W_OK):
            return  # without a cache a build in a read-only course takes longer
        if found is not None and stat.S_ISREG(found.st_mode):
            raise InTheWayError(course / NAME, found)
        around.fresh(NAME)
        around.create(f"{NAME}/.gitignore", b"*\n")
        around.create(f"{NAME}/{_OWNER}", _code((course / NAME).lstat()), 0o600)


def _lstat(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _code(folder: os.stat_result) -> bytes:
    shared = os.environ.get(_VARIABLE, "")
    key = blake2b(shared.encode("utf-8", "surrogateescape")).digest()[:_KEY_BYTES] if shared else _key()
    return blake2b(b"shared" if shared else str(folder.st_ino).encode(), key=key).hexdigest().encode()


@cache
def _key() -> bytes:
    """Return this user's random key on this machine, creating it once; if it cannot be kept, a key for this process
    only.
    """
    import platformdirs

    file = platformdirs.user_state_path("kejian") / "cache-key"
    for _ in range(2):
        try:
            if len(found := file.read_bytes()) == _KEY_BYTES:
                return found
            file.unlink()
        except OSError:
            pass
        try:
            _make_key(file)
        except OSError:
            break
    return _machine_key()


def _make_key(file: Path) -> None:
    """Write a new key atomically, unless another process has just done so."""
    from secrets import token_bytes, token_hex

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.{token_hex(4)}")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(token_bytes(_KEY_BYTES))
        if not file.exists():
            os.link(new, file)
    except FileExistsError:
        return
    finally:
        new.unlink(missing_ok=True)


def _machine_key() -> bytes:
    import platform

    try:
        machine = Path("/etc/machine-id").read_bytes()
    except OSError:
        machine = b""
    known = (machine, platform.node().encode(), str(getattr(os, "getuid", int)()).encode())
    return blake2b(b"\0".join(known)).digest()[:_KEY_BYTES]


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
