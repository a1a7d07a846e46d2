"""Templates, style sheets and client scripts: the course's own first, then those that come with the generator."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kejian.folder import Folder, Unreadable

SHEETS = (
    "palette.css",
    "content.css",
    "output.css",
    "slides.css",
    "page.css",
    "reading.css",
    "room.css",
    "search.css",
    "print.css",
)
SCRIPTS = ("fit.js", "copy.js", "deck.js", "reading.js", "room.js", "search.js", "find.js")


def folder() -> Path:
    """The default templates: inside an installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


class _Own(BaseLoader):
    """The templates of a course, read like every file of it: nothing outside, wherever a link leads."""

    def __init__(self, own: Path) -> None:
        self._course = own.parent
        self._name = own.name

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:  # noqa: ARG002 -- the loader's interface
        source = self._text(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, None, lambda: self._text(template) == source

    def _text(self, template: str) -> str | None:
        try:
            return Folder(self._course).text(f"{self._name}/{template}")  # anew: links may lead elsewhere by now
        except Unreadable:
            return None

    def list_templates(self) -> list[str]:
        root = self._course / self._name
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@cache
def environment(own: Path | None = None) -> Environment:
    """Jinja with autoescape, strict names, and no way out of a template into Python.

    A file in `own`, the course's folder of templates, replaces the default one.
    """
    loaders = [_Own(own)] if own else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, FileSystemLoader(folder())]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,  # a preview builds again and again
    )


def text(jinja: Environment, name: str) -> str:
    """The unprocessed text of a template file such as `theme/deck.js`."""
    assert jinja.loader is not None
    return jinja.loader.get_source(jinja, name)[0]
