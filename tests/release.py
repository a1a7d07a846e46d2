"""Builds the distributions and uses them as a user would: `make release-check`.

    python tests/release.py [FOLDER]

The wheel is made of the sdist, so that both are complete. It is installed into a clean environment of each Python that
is supported and on PATH, with the versions that are locked; there a course is made, built and checked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
IN_WHEEL = ("kejian/py.typed", "kejian/templates/deck.html", "kejian/makers/node/package-lock.json")
IN_SDIST = ("LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "package-lock.json", "kejian/py.typed")


def version() -> str:
    """The version in the sources."""
    found = re.search(r'^__version__ = "(.+)"', (ROOT / "kejian/__init__.py").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def wrong_with_wheel(wheel: Path) -> Iterator[str]:
    """What a wheel lacks, or says wrongly."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (about,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
        yield from (
            f"{wheel.name} lacks {name}" for name in (*IN_WHEEL, f"{about}/licenses/LICENSE") if name not in names
        )
        yield from (f"{wheel.name} has {name}" for name in names if not name.startswith(("kejian/", f"{about}/")))
        metadata = Parser().parsestr(archive.read(f"{about}/METADATA").decode())
        commands = archive.read(f"{about}/entry_points.txt").decode() if f"{about}/entry_points.txt" in names else ""
    expected = {"Name": "kejian", "Version": version(), "Requires-Python": ">=3.11", "License-Expression": "MIT"}
    for key, value in expected.items():
        if metadata[key] != value:
            yield f"{wheel.name} says {key}: {metadata[key]}, not {value}"
    if "Typing :: Typed" not in metadata.get_all("Classifier", []):
        yield f"{wheel.name} does not say that it is typed"
    if "kejian = kejian.cli.main:main" not in commands:
        yield f"{wheel.name} installs no command"


def wrong_with_sdist(sdist: Path) -> Iterator[str]:
    """What a source distribution lacks, or has of this machine."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    yield from (f"{sdist.name} lacks {name}" for name in IN_SDIST if name not in names)
    for folder in ("node_modules", ".venv", ".kejian", "site"):
        if any(name.startswith(f"{folder}/") for name in names):
            yield f"{sdist.name} has {folder}/"


def constraints(folder: Path) -> Path:
    """The locked versions, as pip takes them for packages that come without a hash as well."""
    lock = (ROOT / "requirements/test.txt").read_text("utf-8")
    file = folder / "constraints.txt"
    lines = (line.removesuffix("\\").strip() for line in lock.split("\n") if re.match(r"[\w.-]+==", line))
    file.write_text("\n".join(lines), "utf-8")
    return file


def python(name: str) -> str:
    """A Python of this version, "" where there is none that starts."""
    found = shutil.which(f"python{name}")
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([found, "-c", asked], capture_output=True, text=True, check=False) if found else None
    return found if found and done and done.stdout.strip() == name else ""


def run(words: Sequence[object], folder: Path, **variables: str) -> None:
    """Run a command; what it says is shown if it fails."""
    around = {name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    command = [str(word) for word in words]
    done = subprocess.run(command, cwd=folder, env=around | variables, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")


def used(start: str, wheel: Path, folder: Path) -> None:
    """Install the wheel into a clean environment, and make, build and check a course there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run([start, "-m", "venv", "env"], folder)
    quiet = ("--quiet", "--disable-pip-version-check")
    run(["env/bin/python", "-m", "pip", "install", *quiet, "-c", constraints(folder), wheel], folder)
    cache = str(folder.parent / "cache")  # what set-up installs, once for all
    for words in (["--version"], ["new", "course"], ["build", "course", "--strict"], ["check", "course", "--strict"]):
        run(["env/bin/kejian", *words], folder, XDG_CACHE_HOME=cache)


def main() -> None:
    """Build, look, install, use."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".kejian/release").resolve()
    dist = folder / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    dist.mkdir(parents=True)
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, ROOT], dist)  # ROOT has a build.py
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    run([sys.executable, "-m", "twine", "check", "--strict", wheel, sdist], ROOT)
    if wrong := [*wrong_with_wheel(wheel), *wrong_with_sdist(sdist)]:
        sys.exit("\n".join(wrong))
    print(f"{wheel.name}, {sdist.name}: complete")  # noqa: T201 -- a script
    there = {name: python(name) for name in PYTHONS}
    for name, start in there.items():
        if start:
            used(start, wheel, folder / name)
        print(f"Python {name}: {'a course is made, built and checked' if start else 'not on PATH'}")  # noqa: T201
    if not any(there.values()):
        sys.exit("no Python to try the wheel with")


if __name__ == "__main__":
    main()
