"""The findings of checks in a browser: a table of codes with their hints."""

from __future__ import annotations

from dataclasses import dataclass

from kejian.core.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class BrowserCheck:
    """A kind of finding in a browser, with its hint.

    by: `slide`, for the function of the same name in `checks.js`; `axe` for axe-core; `page` for its requests and
        console; `print` for the deck opened for printing.
    """

    code: str
    by: str
    hint: str
    severity: Severity = Severity.WARNING


CHECKS = (
    BrowserCheck("overflow", "slide", "cut it down, or split the slide"),
    BrowserCheck("over-footer", "slide", "cut the slide down, or move what is placed by hand"),
    BrowserCheck("under-logo", "slide", "shorten the title, or move what is placed by hand"),
    BrowserCheck("overlap", "slide", "give each its own place"),
    BrowserCheck("small-type", "slide", "it cannot be read from the last row: say less, or split the slide"),
    BrowserCheck("broken-picture", "slide", "save the picture again as PNG, JPEG or SVG"),
    BrowserCheck("no-alt", "slide", 'write what it shows: ![words](…); alt="" where it is decoration'),
    BrowserCheck("duplicate-id", "slide", "give one of them another id: links go to the first"),
    BrowserCheck("tofu", "slide", "write another character, or a picture of it"),
    BrowserCheck("fragment-never-shown", "slide", "remove what hides it, or the class `fragment`"),
    BrowserCheck("blank-page", "slide", "write something on it, or accept it: a pause"),
    BrowserCheck(
        "low-contrast", "axe", "take a colour that stands out from its ground: var(--ink), var(--blue), var(--red)"
    ),
    BrowserCheck("axe", "axe", "the name in parentheses is the rule's in axe-core"),
    BrowserCheck("failed-request", "page", "check the path"),
    BrowserCheck("remote-request", "page", "download it into the course"),
    BrowserCheck("console-error", "page", "fix the script that says so"),
    BrowserCheck("not-seen", "page", "split the slide, or take out what is slow or fails", Severity.ERROR),
    BrowserCheck("print-pages", "print", "remove pdfMaxPagesPerSlide from the front matter, or split the slide"),
)
CODES = tuple(check.code for check in CHECKS)
