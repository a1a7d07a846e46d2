"""Templates, style sheets and client scripts: the course's own first, then those that come with the generator."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kejian.folder import Folder, Unreadable
from kejian.store import Store, digest

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


_READING = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


class _Compiled(BytecodeCache):
    """Templates as Jinja has compiled them. Each keeps the digest of its text with it, and Jinja looks at that."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._store.get(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.offer(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return digest("template", jinja2.__version__, repr(_READING), bucket.key)


@cache
def environment(own: Path | None = None, compiled: Store | None = None) -> Environment:
    """Jinja with autoescape, strict names, and no way out of a template into Python.

    own: the course's folder of templates; a file in it replaces the default one. compiled: keeps what templates become,
    which is Python that will be run: only for those who may change the generator.
    """
    loaders = [_Own(own)] if own else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, FileSystemLoader(folder())]),
        undefined=StrictUndefined,
        auto_reload=True,  # a preview builds again and again
        bytecode_cache=_Compiled(compiled) if compiled else None,
        **_READING,
    )


def text(jinja: Environment, name: str) -> str:
    """The unprocessed text of a template file such as `theme/deck.js`."""
    assert jinja.loader is not None
    return jinja.loader.get_source(jinja, name)[0]
