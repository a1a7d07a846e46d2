"""Templates, style sheets and client scripts: the course's own take precedence over the generator's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.disk.store import Store, digest

LAYERED = (
    "palette.css",
    "looks.css",
    "house.css",
    "content.css",
    "labels.css",
    "output.css",
    "slides.css",
    "layouts.css",
    "page.css",
)
"""Style sheets over which whatever a deck's own sheets say comes out on top."""

PLAIN = "plain.css"
STRONG = ("frame.css", "reading.css", "room.css", "search.css", "print.css")
"""Those that a deck's own sheets meet as equals: what holds a page together, and the reader's buttons and dialogs."""

SHEETS = (*LAYERED, PLAIN, *STRONG)
SCRIPTS = (
    "fit.js",
    "copy.js",
    "ground.js",
    "deck.js",
    "reading.js",
    "room.js",
    "search.js",
    "find.js",
    "frames.js",
    "ink.js",
)


ALL, MACROS = "", "macros/"
"""How the names begin of all of a course's templates, and of those that become text of a deck."""


def folder() -> Path:
    """Return the folder of the default templates: inside an installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


class _Own(BaseLoader):
    """Jinja loader for a course's templates, confined to the course like all of its files."""

    def __init__(self, own: Path, parts: str) -> None:
        self._course = own.parent
        self._name = own.name
        self._parts = parts

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:  # noqa: ARG002 -- the loader's interface
        source = self._text(template) if template.startswith(self._parts) else None
        if source is None:
            raise TemplateNotFound(template)
        return source, None, lambda: self._text(template) == source

    def _text(self, template: str) -> str | None:
        try:
            return Folder(self._course).text(f"{self._name}/{template}")  # resolve again: links may have changed
        except FileAccessError:
            return None

    def list_templates(self) -> list[str]:
        return [name for name in names(self._course / self._name) if name.startswith(self._parts)]


def names(own: Path) -> list[str]:
    """List the templates in a folder."""
    return sorted(path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file())


_READING = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


class _Compiled(BytecodeCache):
    """Cache of templates compiled by Jinja; each entry includes the digest of the template's text, which Jinja
    verifies.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._store.get(self._key(bucket))
        if kept is not None:
            try:
                bucket.bytecode_from_string(kept)
            except (EOFError, TypeError, ValueError, UnpicklingError):  # it is something else
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.offer(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return digest("template", jinja2.__version__, repr(_READING), bucket.key)


@cache
def environment(own: Path | None = None, compiled: Store | None = None, parts: str = ALL) -> Environment:
    """Create a Jinja environment with autoescape, strict names, and a sandbox.

    own: the course's template folder; a file in it whose name begins with `parts` replaces the default one.
    compiled: cache for compiled templates. They are Python that will be executed, so only the generator may have write
        access to it.
    """
    loaders = [_Own(own, parts)] if own else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, FileSystemLoader(folder())]),
        undefined=StrictUndefined,
        auto_reload=True,  # a preview builds again and again
        bytecode_cache=_Compiled(compiled) if compiled else None,
        **_READING,
    )


def text(jinja: Environment, name: str) -> str:
    """Return the unprocessed text of a template file such as `theme/deck.js`."""
    assert jinja.loader is not None
    return jinja.loader.get_source(jinja, name)[0]
