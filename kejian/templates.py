"""Templates, style sheets and client scripts: the course's own first, then those that come with the generator."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

SHEETS = ("palette.css", "content.css", "output.css", "slides.css", "page.css", "print.css")


def folder() -> Path:
    """The default templates: inside an installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


@cache
def environment(own: Path | None = None) -> Environment:
    """Jinja with autoescape and strict names. A file in `own`, the course's folder, replaces the default one."""
    folders = [own, folder()] if own else [folder()]
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(f) for f in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def text(jinja: Environment, name: str) -> str:
    """The unprocessed text of a template file such as `theme/deck.js`."""
    assert jinja.loader is not None
    return jinja.loader.get_source(jinja, name)[0]
