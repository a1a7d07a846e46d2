"""How a browser reads style sheets and addresses, written from the standards alone, to hold the product's readers to.

https://www.w3.org/TR/css-syntax-3/#tokenization and https://url.spec.whatwg.org/#concept-basic-url-parser, as far as an
address depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

_NAME = re.compile(r"(?:[-\w\u0080-\U0010ffff]|\\(?!\n)(?:[0-9a-fA-F]{1,6}[ \t\n]?|.|$))+", re.DOTALL)
_STARTS = re.compile(r"-?(?:[a-zA-Z_\u0080-\U0010ffff]|\\(?!\n))|--")
_NUMBER = re.compile(r"[-+]?(?:\d*\.)?\d+(?:[eE][-+]?\d+)?")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|\n|(.)|$)", re.DOTALL)
_PLAIN_URL = re.compile(
    r"[ \t\n]*((?:[^\"'()\\ \t\n\x00-\x08\x0b\x0e-\x1f\x7f]|\\(?!\n)(?:.|$))*)[ \t\n]*(\)|$)", re.DOTALL
)


def addresses(css: str) -> Iterator[str]:
    """The `url()`s and the imports of a style sheet, one that is broken left out."""
    css = re.sub(r"\r\n?|\f", "\n", css).replace("\0", "\ufffd")
    at, waiting = 0, ""
    while at < len(css):
        if css.startswith("/*", at):
            end = css.find("*/", at + 2)
            at = len(css) if end < 0 else end + 2
        elif css[at] in " \t\n":
            at += 1
        elif css[at] in "\"'":
            value, at = _string(css, at)
            yield from [value] if waiting and value is not None else []
            waiting = ""
        else:
            waiting, found, at = _token(css, at)
            yield from found


def _token(css: str, at: int) -> tuple[str, list[str], int]:
    """A token that is no text: what a text behind it would be for, the address that it is, where it ends."""
    if css[at] in "@#" and (_STARTS.match(css, at + 1) or (css[at] == "#" and _NAME.match(css, at + 1))):
        name, end = _name(css, at + 1)
        return "import" if css[at] == "@" and _lower(name) == "import" else "", [], end
    number = _NUMBER.match(css, at)
    if number:
        end = number.end()
        return "", [], _name(css, end)[1] if _STARTS.match(css, end) else end
    if not _STARTS.match(css, at):
        return "", [], at + 1
    name, end = _name(css, at)
    if not css.startswith("(", end):
        return "", [], end
    return _url(css, end + 1) if _lower(name) == "url" else ("", [], end + 1)


def _lower(name: str) -> str:
    return re.sub(r"[A-Z]", lambda one: one[0].lower(), name)


def _name(css: str, at: int) -> tuple[str, int]:
    found = _NAME.match(css, at)
    assert found is not None
    return _unescaped(found[0]), found.end()


def _string(css: str, at: int) -> tuple[str | None, int]:
    found = re.compile(r"(?:[^\n\\%s]|\\.|\\$)*" % css[at], re.DOTALL).match(css, at + 1)  # noqa: UP031
    assert found is not None
    if css.startswith("\n", found.end()):
        return None, found.end()
    return _unescaped(found[0]), min(found.end() + 1, len(css))


def _url(css: str, at: int) -> tuple[str, list[str], int]:
    """Behind `url(`: a text that is waited for, or the address itself."""
    if re.compile(r"[ \t\n]*[\"']").match(css, at):
        return "url", [], at
    found = _PLAIN_URL.match(css, at)
    if found:
        return "", [_unescaped(found[1])], found.end()
    end = re.compile(r"(?:\\.|[^)])*\)?", re.DOTALL).match(css, at)
    assert end is not None
    return "", [], end.end()


def _unescaped(text: str) -> str:
    def meant(escape: re.Match[str]) -> str:
        if escape[1]:
            number = int(escape[1], 16)
            return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        return escape[2] or ("" if escape[0][1:] else "\ufffd")

    return _ESCAPE.sub(meant, text)


def resolved(written: str, base: str) -> list[str] | None:
    """The folders and the name, below the site's own, of what an address means in the file `base`; `None` elsewhere."""
    read = re.sub(r"[\t\n\r]", "", written.strip("".join(map(chr, range(33)))))
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", read):
        return None
    path = re.split(r"[?#]", read, maxsplit=1)[0].replace("\\", "/")
    if path.startswith("/"):
        return None
    parts = base.split("/")[:-1] if path else base.split("/")
    for part in path.split("/") if path else ():
        dots = re.sub(r"%2e", ".", part, flags=re.IGNORECASE)
        if dots == "..":
            if not parts:
                return None
            parts.pop()
        elif dots != ".":
            parts.append(part)
    return [unquote(part) for part in parts]


def behind_a_slide(written: str) -> str:
    """What reveal.js makes of a picture behind a slide: `decodeURI`, then `encodeURI`."""
    decoded = re.sub(
        r"(?:%[0-9a-fA-F]{2})+",
        lambda coded: re.sub(r"[;/?:@&=+$,#]", lambda kept: f"%{ord(kept[0]):02X}", unquote(coded[0], errors="strict")),
        written,
    )
    return quote(decoded, safe=";,/?:@&=+$-_.!~*'()#[]")
