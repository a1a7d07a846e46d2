"""What a course is built with: its settings, templates, macros and makers, gathered before the first file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from jinja2 import Environment, TemplateSyntaxError

from kejian import config, templates, toolchain
from kejian.config import Course
from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder, Unreadable
from kejian.makers import Maker, texmacros
from kejian.makers.table import makers
from kejian.memo import generator
from kejian.page import fonts, opening, render
from kejian.reading import macros
from kejian.reading.active import Acting, acting
from kejian.reading.parse import Surroundings
from kejian.store import Store, digest
from kejian.toolchain import Toolchain

_USUAL_MACROS = ("macros.json", "mathjax_config.js")


@dataclass(frozen=True)
class Setting:
    """A course ready to be built.

    around: what its files are parsed with. site: what its pages are drawn with. tools: Node and the npm packages.
    wrong: errors in the settings, the macros or the templates.
    """

    around: Surroundings
    site: render.Site
    tools: Toolchain
    tex: texmacros.Macros
    wrong: tuple[Diagnostic, ...]

    @cached_property
    def makers(self) -> Mapping[type, Maker[Any]]:
        """Each kind of hole with its maker."""
        return makers(self.tools, self.tex, self.around.course)

    @cached_property
    def digest(self) -> str:
        """Everything besides a file's own reads that its page depends on."""
        jinja = self.site.jinja
        in_place = tuple(f"theme/{name}" for name in opening.IN_PLACE)
        names = [name for name in sorted(jinja.list_templates()) if name.endswith((".html", *in_place))]
        tex = msgspec.json.encode(dict(self.tex), order="sorted")
        settings = msgspec.json.encode(self.around.course)
        texts = [part for name in names for part in (name, templates.text(jinja, name))]
        return digest(generator(), self.tools.lock, self.site.title, settings, tex, *texts)


def prepare(folder: Folder, course: Course) -> Setting:
    """Gather what the course in `folder` is built with; raises `ToolchainError` where set-up has not been done."""
    tools = toolchain.locate()
    own = folder.root / "templates"
    modules = tools.folder / "node_modules"
    store = Store(folder.root / ".kejian" / "cache")
    own_templates = own if own.is_dir() and own != templates.folder() else None
    jinja = templates.environment(own_templates, Store(tools.cache / "templates"))
    site = render.site(course, folder.root.name, modules, jinja, fonts.remembered(tools, store))
    text_macros, wrong_templates = _text_macros(jinja)
    tex, wrong_tex = _tex_macros(folder, course, jinja)
    around = Surroundings(folder, text_macros, course)
    return Setting(around, site, tools, tex, (*wrong_templates, *wrong_tex, *_wrong_logo(folder, course)))


def _wrong_logo(folder: Folder, course: Course) -> list[Diagnostic]:
    try:
        if course.logo:
            folder.digest(course.logo)
        why = acting(course.logo, folder) if course.logo and not course.scripts else None
    except Unreadable as e:
        why = Acting(str(e), e.hint)
    except OSError as e:
        why = Acting(f"the file cannot be read: {e.strerror}", "name another file as `logo`")
    return [error("bad-logo", Span(config.FILE), f"the logo {course.logo}: {why.message}", why.hint)] if why else []


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
            wrong.append(error("bad-template", place, f"this is not a template: {e.message}", "mend the template"))
            continue
        if macro is None:
            hint = "begin it with a comment such as {# NAME left right... #}"
            wrong.append(error("bad-template", span, "a macro's template begins with its usage", hint))
        else:
            found.append(macro)
    return macros.table(found), wrong


def _tex_macros(folder: Folder, course: Course, jinja: Environment) -> tuple[texmacros.Macros, tuple[Diagnostic, ...]]:
    """The macros every course has, overridden by those of the course's own file."""
    usual = texmacros.DEFAULTS.as_posix()
    default, wrong = texmacros.read(f"templates/{usual}", templates.text(jinja, usual))
    path = course.macros or next((name for name in _USUAL_MACROS if folder.has(name)), "")
    if not path:
        return default, wrong
    try:
        own, found = texmacros.read(path, folder.text(path))
    except Unreadable as e:
        return default, (*wrong, error("bad-macros", Span(path), str(e), e.hint))
    return texmacros.merged(default, own), (*wrong, *found)
