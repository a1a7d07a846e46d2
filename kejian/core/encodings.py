"""Decoding of text that is not UTF-8, by its declared encoding or by detection where that is unambiguous.

Detection uses the distribution of characters: the commonest Chinese characters have low numbers in GB 2312, Japanese is
full of kana, and an accented letter of Latin-1 stands alone between plain ones. Ambiguous text is rejected, but a few
words that might be Korean are taken for Chinese.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"(?:charset|coding|encoding)\s*[=:]\s*[\"']?([\w.-]{2,20})", re.IGNORECASE)
_HEAD = 1024
_NAMES = {
    "gb18030": "GBK",
    "gbk": "GBK",
    "gb2312": "GBK",
    "hz": "HZ",
    "big5": "Big5",
    "cp950": "Big5",
    "shift_jis": "Shift_JIS",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso8859-1": "Latin-1",
    "iso8859-15": "Latin-9",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
}
"""The encodings that are read, by the names that Python has for them, with the ones that people know."""

_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3040-\u30ff]")
_COMMON = re.compile("[\u3000-\u303f\uff00-\uff60\u2018-\u201d\u2026\u2014\u00b7]")
_MOSTLY, _OFTEN, _SURE = 0.9, 0.25, 20


def decoded(data: bytes) -> tuple[str, str]:
    """Decode `data`; return the text and the encoding's name, "" for UTF-8. Raises `UnicodeDecodeError`."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            with suppress(UnicodeDecodeError):
                return data.decode(codec), _NAMES.get(codec, "")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        for codec in filter(None, (_declared(data), _plainly(data))):
            with suppress(UnicodeDecodeError):
                return data.decode(codec), _NAMES[codec]
        raise


def readable(data: bytes) -> str:
    """Decode as much as possible, for display."""
    try:
        return decoded(data)[0]
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", errors="replace")


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    with suppress(LookupError):
        name = codecs.lookup(found[1].decode()).name if found else ""
        return {"gbk": "gb18030", "gb2312": "gb18030"}.get(name, name) if name in _NAMES else ""
    return ""


def _plainly(data: bytes) -> str:
    """Detect the encoding; "" if it is ambiguous."""
    runs = _HIGH.findall(data)
    alone = sum(len(run) == 1 for run in runs)
    if alone >= _MOSTLY * len(runs) and b"\0" not in data:
        return _western(data)
    for codec, share, enough in _LIKELY:
        with suppress(UnicodeDecodeError):
            if share(data.decode(codec), codec) >= enough:
                return codec
    return ""


def _western(data: bytes) -> str:
    """Detect Latin-1 or Windows-1252: accented letters between or after plain ones."""
    found = re.findall(rb"[A-Za-z\s\"'(][\xa0-\xff]|[\x80-\x9f]", data)
    letters = re.findall(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]", data)
    if not letters or not found:
        return ""
    return "cp1252" if re.search(rb"[\x80-\x9f]", data) else "iso8859-1"


def _kana(text: str, _codec: str) -> float:
    wide = _wide(text)
    return sum(bool(_KANA.match(character)) for character in wide) / len(wide) if wide else 0.0


def _hangul(text: str, _codec: str) -> float:
    """Score Korean: short Chinese text in its own encoding can look like it."""
    wide = _wide(text)
    return sum("가" <= character <= "힣" for character in wide) / len(wide) if len(wide) >= _SURE else 0.0


def _wide(text: str) -> list[str]:
    return [character for character in text if not character.isascii()]


def _level_one(text: str, codec: str) -> float:
    """Return the share of an encoding's commonest characters and punctuation among those outside ASCII."""
    wide = _wide(text)
    lead = range(0xB0, 0xD8) if codec == "gb18030" else range(0xA4, 0xC7)
    common = sum(bool(_COMMON.match(c)) or c.encode(codec)[0] in lead for c in wide)
    return common / len(wide) if wide else 0.0


_LIKELY = (
    ("cp932", _kana, _OFTEN),
    ("euc_jp", _kana, _OFTEN),
    ("euc_kr", _hangul, _MOSTLY),
    ("gb18030", _level_one, _MOSTLY),
    ("big5", _level_one, _MOSTLY),
)
"""Each encoding with what tells it, and how much of that is enough."""
