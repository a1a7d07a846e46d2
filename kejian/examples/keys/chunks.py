"""Code chunks on slides as part of the examples package, with dependencies like those of functions.

The chunks of a deck form a module, with a definition for each chunk. A chunk runs after those that it continues, in
their namespace, so it depends on them and on whatever its text and theirs use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.model import Chunk, Example
from kejian.examples.keys.made_from import ELSEWHERE
from kejian.examples.keys.module_scan import ModuleScan, Node, scan
from kejian.examples.keys.package import Package, Symbol
from kejian.examples.keys.syntax import Binding


def symbol(code: Chunk) -> Symbol:
    """Return the chunk as a definition in the package that `joined` returns."""
    line = code.span.line
    return Symbol(
        name=code.name,
        module=_module(code),
        path=code.span.path,
        line=line,
        last=line + code.text.count("\n"),
        kind="chunk",
        takes_no_args=False,
    )


def record_name(code: Chunk) -> str:
    """Return the name of the chunk's record, which cannot be that of a call."""
    return f"{code.name}~chunk"


def wrong(example: Example) -> Diagnostic | None:
    """Return why the chunk cannot be run: it, or one that it continues, is not Python."""
    for count, code in enumerate(example.code, 1):
        problem = scan("", code.span.path, _text(example.code[:count])).problem
        if problem:
            hint = "correct the line, or the one above; commands such as `%matplotlib` or `!pip` are not Python"
            return error("example-syntax", Span(code.span.path, problem[0]), f"this is not Python: {problem[1]}", hint)
    return None


def taken(example: Example) -> Diagnostic:
    """Return the error for a chunk whose name belongs to another one."""
    message = f"another chunk is named {example.call} as well"
    return error("chunk-taken", example.span, message, "give one of them another id=, or rename its deck")


def joined(package: Package, chunks: Iterable[Example]) -> Package:
    """Return the package with the code of `chunks`, which have distinct names and valid syntax."""
    decks: dict[str, _Deck] = {}
    for example in chunks:
        for count, code in enumerate(example.code, 1):
            deck = decks.setdefault(_module(code), _Deck(code.span.path, {}, []))
            if _label(code) not in deck.nodes:
                deck.add(example.code[:count], package.name)
    scans = [
        ModuleScan(
            name=name, path=deck.path, text_digest="", nodes=tuple(deck.nodes.values()), imports=tuple(deck.stars)
        )
        for name, deck in decks.items()
    ]
    return package.joined(scans) if scans else package


@dataclass(frozen=True, slots=True)
class _Deck:
    """The chunks of one deck so far: their nodes by label, and all star imports."""

    path: str
    nodes: dict[str, Node]
    stars: list[Binding]

    def add(self, chain: Sequence[Chunk], package: str) -> None:
        """Add the last chunk of `chain`, which continues the others, as a node with what its text and theirs use."""
        own = chain[-1]
        nodes = (scanned := scan("", self.path, _text(chain))).nodes
        imports = [*scanned.imports, *(b for node in nodes for b in node.imports)]
        used = {chain for node in nodes for chain in node.uses}
        scopes = {node.scope for node in nodes} - {""}
        if "package" in scopes:  # it looks modules up by name: it may mean any of them
            imports.append(Binding(alias=package, module=package, attribute="", line=own.span.line, loaded=(package,)))
        aliases = {binding.alias for binding in imports}
        stars = [binding for binding in imports if binding.alias == "*"]
        self.stars.extend(stars)
        used = {c for c in used if c.partition(".")[0] in aliases or stars} | (aliases if scopes else set())
        before = [_continued(number, code) for number, code in enumerate(chain[:-1])]
        self.nodes[_label(own)] = Node(
            name=_label(own),
            kind="chunk",
            line=own.span.line,
            last=own.span.line + own.text.count("\n"),
            digest=sha256(own.text.encode("utf-8", "replace")).hexdigest(),
            uses=tuple(sorted(used | {binding.alias for binding in before})),
            imports=(*imports, *before),
            probes_packages=any(node.probes_packages for node in nodes),
            texts=tuple(sorted({text for node in nodes for text in node.texts})),
        )


def _continued(number: int, code: Chunk) -> Binding:
    """Return a continued chunk as an import under a name that no code can use."""
    module = _module(code)
    return Binding(
        alias=f"{ELSEWHERE}{number}", module=module, attribute=_label(code), line=code.span.line, loaded=(module,)
    )


def _module(code: Chunk) -> str:
    return ELSEWHERE + code.name.rpartition(".")[0]


def _label(code: Chunk) -> str:
    return code.name.rpartition(".")[2]


def _text(chain: Iterable[Chunk]) -> str:
    """Join the texts, each on its lines in the deck as far as these are still free.

    `if __name__ == "__main__":` is true in a chunk; under another name the scan does not skip it.
    """
    lines: list[str] = []
    for code in chain:
        lines += [""] * (code.span.line - 1 - len(lines)) + code.text.split("\n")
    return "\n".join(lines).replace("__name__", "_a_name_")
