"""Named rules for what differs from run to run and says nothing: `normalise="durations progress"` on an import.

    durations   5s   3ms/step   0.12 s   2 min   1:23   9.9it/s   3 秒
    progress    [====>....]   ━━━━━━   45%|████▌     | 9/20 [00:05<00:08]   12/1875 beside a bar;
                colours, and what a terminal overwrites after a carriage return
    addresses   0x7f3a5c0d2e80   <Model object at 0x55d0>

They apply to the comparison alone; the record and the slide keep what was printed. Each is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

_UNIT = r"(?:ns|us|µs|μs|ms|s|secs?|seconds?|mins?|minutes?|h|hours?)(?![A-Za-z0-9_])|毫秒|微秒|秒|分钟|小时"
_DURATION = re.compile(
    r"(?<![\w.,:\[])"
    r"(?:[0-9]{1,4}+:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,9})?(?![\w:\]])"
    rf"|[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]{{1,3}})?\x20?(?:{_UNIT}|it/s))"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}[A-Za-z]")
_BAR = re.compile(
    r"(?:(?<![\w.])[0-9]{1,9}(/[0-9]{1,9}\x20))?"
    r"(?:\[[=>.#\x20-]{5,500}\]|[━╸╺─█▉▊▋▌▍▎▏░▒▓]{5,500}+)"
)
_TQDM = re.compile(
    r"(?<![\w.])[0-9]{1,3}%\|[^|\n]{0,500}\|(?:\x20{0,9}[0-9]{1,9}(/[0-9]{1,9}))?"
    r"(?:\x20\[[0-9:.?]{1,20}<[0-9:.?]{1,20}[^\]\n]{0,60}\])?"
)
_ADDRESS = re.compile(r"(?<![A-Za-z0-9_])0x[0-9a-fA-F]{4,16}(?![A-Za-z0-9_])")


def _durations(text: str) -> str:
    return _DURATION.sub("⟨time⟩", text)


def _progress(text: str) -> str:
    """Reduce progress bars to what a terminal shows last, each as one mark; totals are kept, counts are not."""
    text = _COLOUR.sub("", text).replace("\b", "")
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    for bar in (_TQDM, _BAR):
        text = bar.sub(lambda found: f"{'⟨n⟩' if found[1] else ''}{found[1] or ''}⟨bar⟩", text)
    return text


def _addresses(text: str) -> str:
    return _ADDRESS.sub("⟨address⟩", text)


RULES: Mapping[str, Callable[[str], str]] = {
    "progress": _progress,
    "durations": _durations,
    "addresses": _addresses,
}


class UnknownRuleError(ValueError):
    """A name that is not in `RULES`."""

    hint = "rules: " + ", ".join(RULES)


def read(text: str) -> tuple[str, ...]:
    """Parse names of rules, in the order in which they apply. Raises `UnknownRuleError`."""
    names = text.replace(",", " ").split()
    for name in names:
        if name not in RULES:
            raise UnknownRuleError(f"`{name}` is not a rule for comparing outputs")
    return tuple(name for name in RULES if name in names)


def normalised(text: str, names: Iterable[str]) -> str:
    """Apply the named rules to `text`."""
    chosen = set(names)
    for name, rule in RULES.items():
        text = rule(text) if name in chosen else text
    return text
