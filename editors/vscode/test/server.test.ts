// `kejian lsp` as the extension starts it, driven by the protocol's own client.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CodeActionRequest,
  CompletionRequest,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RenameRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { startCommand } from "../src/command.js";

const ROOT = process.env.KEJIAN_ROOT ?? join(process.cwd(), "..", "..");
const COURSE = mkdtempSync(join(tmpdir(), "kejian-"));
const DECK = join(COURSE, "slides", "deck.md");
const URI = pathToFileURL(DECK).href;
const HEAD = "<!-- slide -->\n\n# 一\n\n";
let server: ChildProcess;
let connection: ProtocolConnection;
let version = 1;
const shown: Diagnostic[][] = [];
const waiting: (() => void)[] = [];

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function type(text: string): Promise<void> {
  version += 1;
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: URI, version },
    contentChanges: [{ text }],
  });
}

/** Wait until the findings of the deck have these codes. */
async function found(...codes: string[]): Promise<Diagnostic[]> {
  for (;;) {
    const last = shown.at(-1);
    if (last && codes.every((code) => last.some((one) => one.code === code)) && Boolean(codes.length) === Boolean(last.length)) return last;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

before(async () => {
  write(join(COURSE, "demo_examples", "__init__.py"), "");
  write(join(COURSE, "demo_examples", "shown.py"), 'def count():\n    """Count."""\n    return 3\n');
  write(DECK, HEAD);
  const [program = "", ...words] = startCommand([], ROOT, existsSync);
  server = spawn(program, [...words, "lsp"], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  assert(server.stdout && server.stdin);
  connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    if (params.uri !== URI) return;
    shown.push(params.diagnostics);
    for (const resolve of waiting.splice(0)) resolve();
  });
  connection.listen();
  const root = pathToFileURL(COURSE).href;
  const answer = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: root,
    capabilities: {},
    workspaceFolders: [{ uri: root, name: "course" }],
  });
  assert(answer.capabilities.completionProvider && answer.capabilities.renameProvider);
  assert.deepEqual(answer.capabilities.executeCommandProvider?.commands, ["kejian.course", "kejian.slide", "kejian.showSlide", "kejian.check"]);
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: URI, languageId: "markdown", version, text: HEAD },
  });
});

after(async () => {
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification("exit");
  connection.dispose();
  rmSync(COURSE, { recursive: true, force: true });
});

test("a symbol is completed", async () => {
  const line = '@import "../demo_examples/shown.py" {symbol="';
  await type(HEAD + line);
  const answer = (await connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: URI },
    position: { line: 4, character: line.length },
  })) as CompletionList;
  assert.deepEqual(answer.items.map((one) => one.label), ["count"]);
});

test("a finding comes while typing, with an edit that ends it", async () => {
  await type(`${HEAD}\`{python} shown.cuont()\`\n`);
  const [wrong] = await found("no-such-example");
  assert(wrong);
  const actions = await connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: URI },
    range: wrong.range,
    context: { diagnostics: [wrong] },
  });
  assert(actions?.[0] && "edit" in actions[0]);
  assert.equal(actions[0].title, "Write shown.count");
  await type(`${HEAD}\`{python} shown.count()\`\n`);
  await found();
});

test("a function is explained", async () => {
  const answer = await connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position: { line: 4, character: 14 } });
  assert.match(JSON.stringify(answer?.contents), /def count\(\).*Count\..*not run yet/);
});

test("a rename that is not safe says why", async () => {
  const at = { textDocument: { uri: URI }, position: { line: 4, character: 18 } };
  await assert.rejects(connection.sendRequest(RenameRequest.type, { ...at, newName: "two words" }), /is no name of Python/);
  const edit = await connection.sendRequest(RenameRequest.type, { ...at, newName: "counted" });
  assert.equal(edit?.documentChanges?.length, 2);
});

test("a deck has an outline", async () => {
  const answer = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: URI } });
  assert.deepEqual(answer?.map((one) => one.name), ["一"]);
});

test("the commands of the extension are answered", async () => {
  const ask = (command: string, ...words: unknown[]): Promise<unknown> =>
    connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: words });
  assert.equal(await ask("kejian.slide", URI, 4), "slides/deck.html#/0/0");
  assert.equal(await ask("kejian.showSlide", URI, 4), "");
  assert.match(String(await ask("kejian.course", URI)), /kejian-/);
});
