"""The context of a build: settings, templates, macros and makers, collected before the first file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec
from jinja2 import Environment, TemplateSyntaxError

from kejian.core import config, templates, toolchain
from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.disk.store import Store, digest
from kejian.core.toolchain import Toolchain
from kejian.makers import Maker, tex_macros
from kejian.makers.table import makers
from kejian.parse.deck import ParseContext
from kejian.parse.html.publishable import PublishPolicy, PublishRefusal, wrong_endings
from kejian.parse.lines import text_macros as macros
from kejian.parse.lines.editions import Edition
from kejian.pipeline.page_cache import generator
from kejian.render import first_paint, fonts, pages

_USUAL_MACROS = ("macros.json", "mathjax_config.js")


@dataclass(frozen=True, kw_only=True)
class BuildContext:
    """A course ready to be built.

    around: the context of its files' parse. site: the context of its pages. tools: Node and the npm packages.
    wrong: errors in the settings, the macros or the templates.
    """

    around: ParseContext
    site: pages.SiteContext
    tools: Toolchain
    tex: tex_macros.Macros
    wrong: tuple[Diagnostic, ...]

    @cached_property
    def makers(self) -> Mapping[type, Maker[Any]]:
        """Return the maker for each kind of hole."""
        return makers(self.tools, self.tex, self.around.course)

    @cached_property
    def digest(self) -> str:
        """Return a digest of everything that a page depends on besides its file's own reads."""
        jinja = self.site.jinja
        in_place = tuple(f"theme/{name}" for name in first_paint.IN_PLACE)
        names = [
            name for name in sorted(jinja.list_templates()) if name.endswith((".html", "theme/palette.css", *in_place))
        ]
        tex = msgspec.json.encode(dict(self.tex), order="sorted")
        settings = msgspec.json.encode(self.around.course)
        texts = [part for name in names for part in (name, templates.text(jinja, name))]
        edition = self.around.edition.name
        return digest(generator(), self.tools.lock, self.site.title, settings, tex, edition, *texts)


def prepare(folder: Folder, course: Course, edition: str = "", *, trusted: bool = True) -> BuildContext:
    """Collect the context for the course in `folder`. Raises `ToolchainError` if set-up has not been done.

    edition: the one that is built, or `editions.EVERY`.
    trusted: whether its settings may let pages run its scripts, and templates other than macros are used.
    """
    course, left_out = (course, ()) if trusted else config.untrusted(folder, course)
    tools = toolchain.locate(folder.root)
    own = folder.root / "templates"
    modules = tools.folder / "node_modules"
    store = Store(cache_folder(folder.root) / "cache")
    own_templates = own if own.is_dir() and own != templates.folder() else None
    parts = templates.ALL if trusted else templates.MACROS
    jinja = templates.environment(own_templates, Store(tools.cache / "templates"), parts)
    if own_templates and not trusted:
        left_out += _templates_left_out(own_templates)
    site = pages.site(course, folder.root.name, modules, jinja, fonts.remembered(tools, store))
    text_macros, wrong_templates = _text_macros(jinja)
    tex, wrong_tex = _tex_macros(folder, course, jinja)
    around = ParseContext(folder, text_macros, course, Edition(edition, course.editions, course.solutions))
    unread = config.editor_findings(folder)
    wrong = (
        *left_out,
        *unread,
        *wrong_templates,
        *wrong_tex,
        *_wrong_picture(folder, course, "logo"),
        *_wrong_picture(folder, course, "picture"),
        *_unseen_picture(folder, course),
        *_wrong_endings(folder, course),
    )
    return BuildContext(around=around, site=site, tools=tools, tex=tex, wrong=wrong)


def _templates_left_out(own: Path) -> tuple[Diagnostic, ...]:
    """Return a warning for each template that is ignored because the course is not trusted."""
    names = [name for name in templates.names(own) if not name.startswith(templates.MACROS)]
    return tuple(
        warning("template-not-trusted", Span(f"templates/{name}"), "it is not followed with --no-exec", config.TRUST)
        for name in names
    )


def _wrong_picture(folder: Folder, course: Course, key: Literal["logo", "picture"]) -> list[Diagnostic]:
    path: str = getattr(course, key)
    if not path:
        return []
    try:
        folder.digest(path)
        why = PublishPolicy(course.scripts, frozenset(course.publish)).refusal(path, folder)
    except FileAccessError as e:
        why = PublishRefusal(str(e), e.hint)
    except OSError as e:
        why = PublishRefusal(f"the file cannot be read: {e.strerror}", f"name another file as `{key}`")
    code = "bad-logo" if key == "logo" else "bad-picture"
    return [error(code, Span(config.FILE), f"the {key} {path}: {why.message}", why.hint)] if why else []


def _unseen_picture(folder: Folder, course: Course) -> list[Diagnostic]:
    """Return a warning if link previews cannot show the course's picture, since they need its whole address."""
    if not course.picture or course.url:
        return []
    hint = 'write where the site is published, url = "https://example.org/course"'
    span = config.place(folder.text(config.FILE), "picture")
    return [warning("picture-without-url", span, "link previews show no `picture` without `url`", hint)]


def _wrong_endings(folder: Folder, course: Course) -> list[Diagnostic]:
    wrong = wrong_endings(course.publish, scripts=course.scripts)
    if not wrong:
        return []
    lines = enumerate(folder.text(config.FILE).split("\n"), 1)
    line = next((number for number, line in lines if line.lstrip().startswith("publish")), 1)
    return [error("bad-config", Span(config.FILE, line), wrong, 'write for instance publish = ["stl", "glb"]')]


def _text_macros(jinja: Environment) -> tuple[macros.Macros, list[Diagnostic]]:
    found, wrong = [], []
    for name in sorted(jinja.list_templates()):
        if not (name.startswith("macros/") and name.endswith(".html")):
            continue
        span = Span(f"templates/{name}")
        try:
            text = templates.text(jinja, name)
            draw = jinja.get_template(name).render
            macro = macros.macro(text, draw if "{%" in text else macros.remembered(text, draw))
        except TemplateSyntaxError as e:
            place = Span(span.path, e.lineno)
            wrong.append(error("bad-template", place, f"this is not a template: {e.message}", "fix the template"))
            continue
        if macro is None:
            hint = "begin it with a comment such as {# NAME left right... #}"
            wrong.append(error("bad-template", span, "a macro's template begins with its usage", hint))
        else:
            found.append(macro)
    return macros.table(found), wrong


def _tex_macros(folder: Folder, course: Course, jinja: Environment) -> tuple[tex_macros.Macros, tuple[Diagnostic, ...]]:
    """Return the built-in TeX macros, overridden by those of the course's own file, and diagnostics."""
    usual = tex_macros.DEFAULTS.as_posix()
    default, wrong = tex_macros.read(f"templates/{usual}", templates.text(jinja, usual))
    path = course.macros or next((name for name in _USUAL_MACROS if folder.has(name)), "")
    if not path:
        return default, wrong
    try:
        own, found = tex_macros.read(path, folder.text(path))
    except FileAccessError as e:
        return default, (*wrong, error("bad-macros", Span(path), str(e), e.hint))
    return tex_macros.merged(default, own), (*wrong, *found)
