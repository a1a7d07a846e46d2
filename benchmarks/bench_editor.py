"""How long an editor waits for `kejian lsp`: completion, hover and findings while a deck of the lecture is typed.

    python benchmarks/bench_editor.py [COURSE] [--rounds 30] [--deck slides/cnn.md]

A client of the protocol starts the server, opens the deck and types, a letter at a time, what is then completed; the
clock runs from the request to its answer, or from the edit to the findings about it. Between the requests the deck is
changed, so that no answer is that of the same text. The yardstick is an answer to nothing: hover over plain words.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from pathlib import Path

import measure
from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[1]
TYPED = {
    "path of an import": '@import "../cnn_examples/',
    "symbol": '@import "../cnn_examples/lenet.py" {symbol="',
    "attribute": '@import "../cnn_examples/lenet.py" {symbol="summary" ',
    "call in prose": "There are `{python} lenet.",
    "label": "$$a \\label{eq:x}$$\n\n\\eqref{",
    "TeX macro": "$\\",
    "icon": ":fa-a",
    "emoji": ":sm",
    "text macro": "HE",
}


class Typist:
    """A client that types into one deck."""

    def __init__(self, course: Path, deck: str) -> None:
        self.client = LanguageClient("bench", "1")
        self.address = (course / deck).as_uri()
        self.text = (course / deck).read_text("utf-8")
        self.version = 1
        self.course = course
        self.found = asyncio.Event()
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda _: None)

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def found(params: types.PublishDiagnosticsParams) -> None:
            if params.uri == self.address:
                self.found.set()

    async def start(self) -> None:
        """Start the server and open the deck."""
        await self.client.start_io(sys.executable, str(ROOT / "build.py"), "lsp")
        root = self.course.as_uri()
        await self.client.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=root))
        self.client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(self.address, "markdown", 1, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def type(self, line: str) -> types.Position:
        """Write a line at the end of the deck; return the place behind it."""
        self.version += 1
        whole = types.TextDocumentContentChangeWholeDocument(f"{self.text}\n{line}")
        document = types.VersionedTextDocumentIdentifier(uri=self.address, version=self.version)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
        return types.Position(self.text.count("\n") + 1 + line.count("\n"), len(line.rpartition("\n")[2]))

    async def timed(self, line: str, name: str) -> float:
        """Type a line and return the milliseconds of a request behind it."""
        at = await self.type(line)
        document = types.TextDocumentIdentifier(self.address)
        kind = {"completion": types.CompletionParams, "hover": types.HoverParams}[name]
        start = time.perf_counter()
        answer = await getattr(self.client, f"text_document_{name}_async")(kind(document, at))
        taken = (time.perf_counter() - start) * 1000
        if name == "completion" and not answer.items:
            sys.exit(f"nothing is completed behind {line}")
        return taken

    async def findings(self, line: str) -> float:
        """Type a line and return the milliseconds until the first findings about it."""
        self.found.clear()
        start = time.perf_counter()
        await self.type(line)
        await self.found.wait()
        return (time.perf_counter() - start) * 1000


async def rows(course: Path, deck: str, rounds: int) -> list[list[object]]:
    """The median and the 95th percentile of each kind of request, and its ratio to that of no answer."""
    typist = Typist(course, deck)
    begun = time.perf_counter()
    await typist.start()
    await typist.timed('@import "', "completion")
    first = (time.perf_counter() - begun) * 1000
    await typist.findings("words")
    await asyncio.sleep(3)
    idle = [await typist.timed(f"words {n}", "hover") for n in range(rounds)]
    nothing = statistics.median(idle)
    found: list[list[object]] = [["hover over plain words", nothing, _last(idle), 1.0]]
    for name, line in TYPED.items():
        taken = [await typist.timed(f"{n}\n{line}", "completion") for n in range(rounds)]
        found.append(
            [f"completion: {name}", statistics.median(taken), _last(taken), statistics.median(taken) / nothing]
        )
    quoted = '@import "../cnn_examples/lenet.py" {symbol="summary" cmd=true}'
    taken = [await typist.timed(quoted + " " * n, "hover") for n in range(rounds)]
    found.append(
        ["hover: output of an import", statistics.median(taken), _last(taken), statistics.median(taken) / nothing]
    )
    taken = [await typist.findings(f"`{{python}} lenet.x{n}()`") for n in range(max(3, rounds // 5))]
    found.append(
        ["findings, with the pause", statistics.median(taken), _last(taken), statistics.median(taken) / nothing]
    )
    found.append(["first completion after the start", first, first, first / nothing])
    await typist.client.shutdown_async(None)
    typist.client.exit(None)
    await typist.client.stop()
    return found


def _last(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("course", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--deck", default="slides/cnn.md")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    made = asyncio.run(rows(options.course.resolve(), options.deck, options.rounds))
    measure.table("What an editor waits for", ["request", "median ms", "p95 ms", "× nothing"], made)


if __name__ == "__main__":
    main()
