// The extension: starts the language server, and adds the preview, the tasks and the commands.
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { languageClient } from "./client.js";
import { Preview } from "./preview.js";
import { tasks } from "./tasks.js";

const QUIET = 150;
let client: LanguageClient | undefined;

/** Ask the server; "" while it does not answer. */
async function ask(command: string, ...words: unknown[]): Promise<string> {
  if (client?.state !== State.Running) return "";
  const answer: unknown = await client.sendRequest("workspace/executeCommand", { command, arguments: words });
  return typeof answer === "string" ? answer : "";
}

function deck(editor = vscode.window.activeTextEditor): { uri: string; line: number } | undefined {
  if (editor?.document.languageId !== "markdown" || editor.document.uri.scheme !== "file") return undefined;
  return { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}

/** Do something about the deck in the editor; say what stands in the way. */
function about(act: (at: { uri: string; line: number }) => Promise<void>): () => Promise<void> {
  return async () => {
    const at = deck();
    if (!at) return void vscode.window.showInformationMessage("Kejian: put the cursor into a deck first.");
    try {
      await act(at);
    } catch (error) {
      vscode.window.showErrorMessage(`Kejian: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

async function start(output: vscode.LogOutputChannel): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!folder) return;
  client = languageClient(folder, output);
  try {
    await client.start();
  } catch {
    const install = 'pip install "kejian[editor]"';
    vscode.window.showWarningMessage(`Kejian's language server does not start: ${install}, or set kejian.command.`);
  }
}

/** Turn the preview to the slide at the cursor, once the cursor rests. */
function follow(): vscode.Disposable {
  let waiting: NodeJS.Timeout | undefined;
  let last = "";
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    const at = deck(textEditor);
    if (!at || !vscode.workspace.getConfiguration("kejian").get("followCursor", true)) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const course = await ask("kejian.course", at.uri);
      const slide = course && Preview.follows(course) ? await ask("kejian.slide", at.uri, at.line) : "";
      if (slide && slide !== last) await ask("kejian.showSlide", at.uri, at.line);
      last = slide;
    }, QUIET);
  });
}

async function inCourse(): Promise<void> {
  const at = deck();
  const found = at ? Boolean(await ask("kejian.course", at.uri)) : false;
  await vscode.commands.executeCommand("setContext", "kejian.course", found);
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Kejian", { log: true });
  const preview = about(async ({ uri, line }) => {
    const course = await ask("kejian.course", uri);
    if (!course) throw new Error("this file belongs to no course: there is no kejian.toml and no folder slides/ above it.");
    await Preview.show(course, await ask("kejian.slide", uri, line), output);
  });
  const show = about(async ({ uri, line }) => {
    if (!(await ask("kejian.showSlide", uri, line))) throw new Error("no preview runs: start one with “Preview to the side”.");
  });
  const check = about(async ({ uri }) => {
    const progress = { location: vscode.ProgressLocation.Window, title: "Kejian: running every example" };
    const said = await vscode.window.withProgress(progress, () => ask("kejian.check", uri));
    if (said) vscode.window.showInformationMessage(`Kejian: ${said}`);
  });
  const restart = async (): Promise<void> => {
    await client?.dispose();
    await start(output);
    await inCourse();
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("kejian.preview", preview),
    vscode.commands.registerCommand("kejian.showSlideHere", show),
    vscode.commands.registerCommand("kejian.checkCourse", check),
    vscode.commands.registerCommand("kejian.restart", restart),
    vscode.tasks.registerTaskProvider("kejian", tasks),
    vscode.window.onDidChangeActiveTextEditor(inCourse),
    follow(),
  );
  await start(output);
  await inCourse();
}

export async function deactivate(): Promise<void> {
  Preview.endAll();
  await client?.dispose();
}
