"""Draws all slides of courses of every kind as small pictures, a sheet a deck: to be looked at, which no test does.

    python -m tests.browser.contact_sheets FOLDER

The courses: what `kejian new` writes, decks without front matter and in five languages, a deck of each theme, one with
its author's style sheets, those whose pages are compared with the editor's, and this repository's own.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image

from kejian.browser.export import ExportChoice, exporting
from kejian.cli.main import main as kejian
from tests.browser import kinds

ROOT = Path(__file__).parents[2]
WIDTH, COLUMNS, GAP = 400, 5, 8
"""Of a slide in pixels, of a sheet in slides, and between slides in pixels."""


def courses(aside: Path) -> Iterator[Path]:
    """Yield the folders of the courses; what is not there yet is made below `aside`."""
    if kejian(["new", str(aside / "new")]) or kejian(["build", str(aside / "new")]):
        raise SystemExit("what `kejian new` writes is not built")
    yield aside / "new"
    kinds.write(aside / "kinds")
    yield aside / "kinds"
    yield Path(shutil.copytree(ROOT / "tests/fixtures/author-css", aside / "author-css"))
    yield ROOT


def sheet(pictures: Sequence[bytes]) -> Image.Image:
    """Put pictures of slides beside and below each other."""
    small = [Image.open(BytesIO(one)).convert("RGB") for one in pictures]
    small = [one.resize((WIDTH, round(one.height * WIDTH / one.width))) for one in small]
    height = max(one.height for one in small)
    rows = -(-len(small) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), "#808080")
    for n, one in enumerate(small):
        whole.paste(one, (GAP + n % COLUMNS * (WIDTH + GAP), GAP + n // COLUMNS * (height + GAP)))
    return whole


def decks(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the name of each deck, its folders parted by dashes, with the pictures of its slides."""
    for folder, names in groupby(sorted(files), lambda name: name.rpartition("/")[0]):
        yield folder.replace("/", "-"), [files[name] for name in names]


def main(out: Path) -> None:
    """Write the sheets into the folder `out`; raises `SystemExit` where a course cannot be drawn."""
    with tempfile.TemporaryDirectory() as aside:
        for course in courses(Path(aside)):
            made = exporting(course, ExportChoice(png=True), print)
            if made.failed:
                raise SystemExit("\n".join(map(str, made.diagnostics)))
            (out / course.name).mkdir(parents=True, exist_ok=True)
            for name, pictures in decks(made.files):
                sheet(pictures).save(out / course.name / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
