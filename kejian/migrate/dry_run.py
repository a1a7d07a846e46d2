"""Runs proposed examples before they are offered: in a copy of their package, each in a child without network."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from kejian.core.disk.scratch import temporary
from kejian.core.progress import Progress
from kejian.examples.answers import Limits
from kejian.examples.run import subprocesses
from kejian.migrate.example import ProposedExample
from kejian.migrate.rewrite import RewrittenDeck

_SECONDS = 60.0


def failures(done: Iterable[RewrittenDeck], package: str, root: Path, progress: Progress) -> dict[str, str]:
    """Return why new examples of the course at `root` fail, a clause each, by `module.function`."""
    decks = [one for one in done if one.module]
    with temporary() as aside:
        copy = aside / "course"
        if (root / package).is_dir():
            shutil.copytree(root / package, copy / package, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for one in decks:
            (copy / one.module).parent.mkdir(parents=True, exist_ok=True)
            (copy / one.module).write_text(one.source, "utf-8")
        return dict(_failed(decks, package, copy, aside / "cache", progress))


def _failed(
    decks: Iterable[RewrittenDeck], package: str, root: Path, cache: Path, progress: Progress
) -> Iterator[tuple[str, str]]:
    for one in decks:
        module = one.module.removesuffix(".py").replace("/", ".")
        for example in one.examples:
            if not example.reasons:
                progress(f"trying {module}.{example.name}")
                why = _why(module, example, root, cache)
                if why:
                    yield f"{module}.{example.name}".removeprefix(f"{package}."), why


def _why(module: str, example: ProposedExample, root: Path, cache: Path) -> str:
    call = subprocesses.ChildCall(module=module, name=example.name)
    (answer,) = subprocesses.run(root, [call], (), cache, Limits(_SECONDS))
    if answer.error is None or example.raises in answer.error["types"]:
        return ""
    return f"when tried, {answer.error['type']}: {answer.error['message']}".partition("\n")[0][:200]
