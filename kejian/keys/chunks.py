"""Code written on slides, seen as part of the examples package: a chunk depends on what its text uses.

The chunks of a deck stand for a module, each chunk for one definition in it. A chunk runs after those that it
continues, in their namespace; so it uses what their texts and its own use together, and depends on each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kejian.diagnostics import Diagnostic, Span, error
from kejian.keys.examples import ELSEWHERE, Package, Symbol
from kejian.keys.scan import Node, Scan, scan
from kejian.keys.syntax import Binding
from kejian.model import Code, Example


def symbol(code: Code) -> Symbol:
    """The chunk as a definition of the package that `joined` gives."""
    line = code.span.line
    return Symbol(code.name, _module(code), code.span.path, line, line + code.text.count("\n"), "chunk", ready=False)


def record_name(code: Code) -> str:
    """The name under which the outputs of the chunk are kept; no call has one that ends so."""
    return f"{code.name}~chunk"


def wrong(example: Example) -> Diagnostic | None:
    """Why the chunk cannot be run: one it continues, or itself, is not Python."""
    for count, code in enumerate(example.code, 1):
        problem = scan("", code.span.path, _text(example.code[:count])).problem
        if problem:
            hint = "correct the line, or the one above; commands such as `%matplotlib` or `!pip` are not Python"
            return error("example-syntax", Span(code.span.path, problem[0]), f"this is not Python: {problem[1]}", hint)
    return None


def taken(example: Example) -> Diagnostic:
    """What to say of a chunk whose name belongs to another one."""
    message = f"another chunk is named {example.call} as well"
    return error("chunk-taken", example.span, message, "give one of them another id=, or rename its deck")


def joined(package: Package, chunks: Iterable[Example]) -> Package:
    """The package with the code of `chunks`, whose names differ and whose text is Python."""
    decks: dict[str, _Deck] = {}
    for example in chunks:
        for count, code in enumerate(example.code, 1):
            deck = decks.setdefault(_module(code), _Deck(code.span.path, {}, []))
            if _label(code) not in deck.nodes:
                deck.add(example.code[:count], package.name)
    scans = [Scan(name, deck.path, "", tuple(deck.nodes.values()), tuple(deck.stars)) for name, deck in decks.items()]
    return package.joined(scans) if scans else package


@dataclass(frozen=True, slots=True)
class _Deck:
    """The chunks of one deck so far: their nodes by label, and all that they import with a star."""

    path: str
    nodes: dict[str, Node]
    stars: list[Binding]

    def add(self, chain: Sequence[Code], package: str) -> None:
        """The last chunk of `chain`, which continues the others, as a node with what both it and they use."""
        own = chain[-1]
        nodes = (scanned := scan("", self.path, _text(chain))).nodes
        imports = [*scanned.imports, *(b for node in nodes for b in node.imports)]
        used = {chain for node in nodes for chain in node.uses}
        scopes = {node.scope for node in nodes} - {""}
        if "package" in scopes:  # it looks modules up by text: any of them may be meant
            imports.append(Binding(package, package, "", own.span.line, (package,)))
        aliases = {binding.alias for binding in imports}
        stars = [binding for binding in imports if binding.alias == "*"]
        self.stars.extend(stars)
        used = {c for c in used if c.partition(".")[0] in aliases or stars} | (aliases if scopes else set())
        before = [_continued(number, code) for number, code in enumerate(chain[:-1])]
        self.nodes[_label(own)] = Node(
            _label(own),
            "chunk",
            own.span.line,
            own.span.line + own.text.count("\n"),
            sha256(own.text.encode("utf-8", "replace")).hexdigest(),
            uses=tuple(sorted(used | {binding.alias for binding in before})),
            imports=(*imports, *before),
            finds=any(node.finds for node in nodes),
            texts=tuple(sorted({text for node in nodes for text in node.texts})),
        )


def _continued(number: int, code: Code) -> Binding:
    """A chunk that another one continues, as an import of it under a name that no code can use."""
    module = _module(code)
    return Binding(f"{ELSEWHERE}{number}", module, _label(code), code.span.line, (module,))


def _module(code: Code) -> str:
    return ELSEWHERE + code.name.rpartition(".")[0]


def _label(code: Code) -> str:
    return code.name.rpartition(".")[2]


def _text(chain: Iterable[Code]) -> str:
    """The texts below one another, each on the lines it has in its deck where they are still free.

    `if __name__ == "__main__":` holds in a chunk; under another name the scan does not leave it out.
    """
    lines: list[str] = []
    for code in chain:
        lines += [""] * (code.span.line - 1 - len(lines)) + code.text.split("\n")
    return "\n".join(lines).replace("__name__", "_a_name_")
