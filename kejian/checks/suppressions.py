"""Suppression of findings, with a reason: `<!-- slide data-accept="overflow: meant to scroll; axe: …" -->`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.model import Slide

ATTRIBUTE = "data-accept"


def accepted(slide: Slide) -> dict[str, str]:
    """Return the codes that the slide's mark suppresses, each with its reason, which may be empty."""
    parts = (part.partition(":") for part in slide.attributes.text(ATTRIBUTE).replace("；", ";").split(";"))
    return {code.strip(): reason.strip() for code, _, reason in parts if code.strip()}


def apply_suppressions(
    slide: Slide, found: Sequence[Diagnostic], codes: Iterable[str], elsewhere: Iterable[str] = ()
) -> tuple[list[Diagnostic], int]:
    """Return the remaining findings on the slide, with those about its suppressions, and the number suppressed.

    codes: that this check may report. elsewhere: codes of other checks, whose suppressions are left to them.
    """
    reasons = accepted(slide)
    standing = [one for one in found if not reasons.get(one.code)]
    others = set(elsewhere)
    unneeded = set(reasons) - {one.code for one in found} - others
    wrong = [_wrong(code, reasons[code], slide.span, unneeded, {*codes, *others}) for code in reasons]
    return [*standing, *filter(None, wrong)], len(found) - len(standing)


def _wrong(code: str, reason: str, span: Span, unneeded: set[str], codes: set[str]) -> Diagnostic | None:
    if code not in codes:
        known = f"these are known: {', '.join(sorted(codes))}"
        return warning("accepts-unknown", span, f'{ATTRIBUTE}="{code}: …" accepts what no check reports', known)
    if code in unneeded:
        hint = f"remove it from {ATTRIBUTE}"
        return warning("accepts-nothing", span, f"the slide accepts `{code}`, and has no such finding", hint)
    if not reason:
        hint = f'{ATTRIBUTE}="{code}: why this is meant"'
        return warning("accepts-without-reason", span, f"the slide accepts `{code}` without saying why", hint)
    return None
