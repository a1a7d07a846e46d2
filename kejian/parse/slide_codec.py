"""Parsed slides as bytes, for the cache of a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from kejian.core.attributes import Attributes, Value
from kejian.core.diagnostics import Diagnostic
from kejian.core.model import Hole, Slide

_APART = ("holes", "attributes")
"""Fields of a slide whose types are written in a way of their own: a union of classes, and values within values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSlide:
    """A slide, and everything else that parsing it produced.

    assets, linked, reads: as in `Targets` and `Folder`. named: the ids that its headings requested, and received.
    """

    slide: Slide
    diagnostics: tuple[Diagnostic, ...]
    assets: tuple[str, ...]
    linked: tuple[str, ...]
    reads: Mapping[str, str]
    named: tuple[tuple[str, str], ...]


def encoded(parsed: ParsedSlide) -> bytes:
    """Return the slide as bytes."""
    slide = parsed.slide
    body = {one.name: getattr(slide, one.name) for one in fields(Slide) if one.name not in _APART}
    rest = {one.name: getattr(parsed, one.name) for one in fields(ParsedSlide) if one.name != "slide"}
    holes = [(type(hole).__name__, hole) for hole in slide.holes]
    apart = (slide.attributes.items, slide.attributes.problems, holes)
    return msgspec.msgpack.encode((*body.values(), *rest.values(), *apart))


def decoded(data: bytes) -> ParsedSlide:
    """Return the slide in such bytes. Raises `msgspec.DecodeError` if they are none, also of another version."""
    body, rest, decoder, holes = _types()
    values = decoder.decode(data)
    items, problems, raw = values[len(body) + len(rest) :]
    try:
        filled = tuple(holes[kind].decode(one) for kind, one in raw)
    except KeyError as e:
        raise msgspec.DecodeError(f"there are no holes {e}") from None
    attributes = Attributes(tuple((key, _value(value)) for key, value in items), tuple(problems))
    slide = Slide(**dict(zip(body, values, strict=False)), attributes=attributes, holes=filled)
    return ParsedSlide(slide=slide, **dict(zip(rest, values[len(body) :], strict=False)))


@cache
def _types() -> tuple[list[str], list[str], msgspec.msgpack.Decoder[Any], dict[str, msgspec.msgpack.Decoder[Hole]]]:
    """Return the fields of a slide and those beside it, what reads them, and what reads each kind of hole."""
    body = {name: kind for name, kind in get_type_hints(Slide).items() if name not in _APART}
    rest = {name: kind for name, kind in get_type_hints(ParsedSlide).items() if name != "slide"}
    problems = get_type_hints(Attributes)["problems"]
    apart = (list[tuple[str, Any]], problems, list[tuple[str, msgspec.Raw]])
    row = tuple[(*body.values(), *rest.values(), *apart)]  # type: ignore[misc,valid-type]  # made of the fields
    holes = {kind.__name__: msgspec.msgpack.Decoder(kind) for kind in get_args(Hole)}
    return list(body), list(rest), msgspec.msgpack.Decoder(row), holes


def _value(value: Any) -> Value:  # noqa: ANN401 -- as it was decoded
    return tuple(map(_value, value)) if isinstance(value, list) else value
