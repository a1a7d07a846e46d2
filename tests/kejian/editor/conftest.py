"""An editor, as the server sees it: a client of the protocol that starts `kejian lsp` and types into files."""

import asyncio
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[3]
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kejian.cli.main import main; raise SystemExit(main())"
PATIENCE = 60


class Editor:
    """An editor with one window on a folder."""

    def __init__(self, runner, folder):
        self.runner, self.folder, self.versions = runner, folder, {}
        self.client = LanguageClient("editor", "1")
        self.shown = {}
        self.logged = []
        self.news = asyncio.Event()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(self._published())
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        self.run(self._start())

    def _published(self):
        def published(params):
            self.shown[params.uri] = params.diagnostics
            self.news.set()

        return published

    async def _start(self):
        await self.client.start_io(sys.executable, "-c", START, str(ROOT), "lsp")
        folders = [types.WorkspaceFolder(self.folder.as_uri(), "course")]
        asked = types.InitializeParams(
            types.ClientCapabilities(), root_uri=self.folder.as_uri(), workspace_folders=folders
        )
        self.started = await self.client.initialize_async(asked)
        self.client.initialized(types.InitializedParams())

    def run(self, work):
        return self.runner.run(asyncio.wait_for(work, PATIENCE))

    def end(self):
        self.run(self.client.shutdown_async(None))
        self.client.exit(None)
        self.run(self.client.stop())

    def uri(self, path):
        return (self.folder / path).as_uri()

    def open(self, path, text=None):
        """Open a file, with the text of the disk or another one."""
        text = (self.folder / path).read_text("utf-8") if text is None else text
        item = types.TextDocumentItem(self.uri(path), "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return text

    def type(self, path, text):
        """Change the whole text of an open file."""
        self.versions[path] = self.versions.get(path, 1) + 1
        whole = types.TextDocumentContentChangeWholeDocument(text)
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(path), version=self.versions[path])
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def at(self, path, text, marked):
        """The place behind the text `marked` in a file."""
        before = text[: text.index(marked) + len(marked)]
        line = before.count("\n")
        last = before.rpartition("\n")[2]
        return types.TextDocumentIdentifier(self.uri(path)), types.Position(line, len(last.encode("utf-16-le")) // 2)

    def ask(self, name, params):
        return self.run(getattr(self.client, f"{name}_async")(params))

    def completed(self, path, text, marked):
        """What can be typed behind `marked`."""
        found = self.ask("text_document_completion", types.CompletionParams(*self.at(path, text, marked)))
        return {item.label: item for item in (found.items if found else [])}

    def until(self, seen):
        """Wait for findings that satisfy `seen`, which takes the list of codes of each file."""

        async def wait():
            while not seen({uri: [one.code for one in some] for uri, some in self.shown.items()}):
                self.news.clear()
                await self.news.wait()

        self.run(wait())


@pytest.fixture
def editor():
    """What starts an editor on a folder; it ends with the test."""
    started = []
    with asyncio.Runner() as runner:

        def start(folder):
            started.append(Editor(runner, folder))
            return started[-1]

        yield start
        for one in started:
            one.end()
