"""A course that a test has written, built and checked as the commands do."""

from kejian.checks.examples import check
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

TODAY = "2026-11-24"


def built(root, **options):
    """The report of a build, and what it has said meanwhile."""
    said = []
    report = build(Options(course=root, out=root / "site", today=TODAY, progress=said.append, **options))
    return report, said


def checked(root, **options):
    """What a check finds."""
    return check(root, lambda words: None, TODAY, **options)


def record(root):
    """The files of the record, by name."""
    return {path.name: path.read_bytes() for path in sorted((root / "slides" / "outputs").iterdir())}
