// The language client: which files it is about, and the server that answers.
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { startCommand } from "./command.js";

const FILES = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/kejian.toml" },
];

/** The words that start Kejian in a folder, as its settings have them. */
export function wordsFor(folder: string): [string, ...string[]] {
  const configured = vscode.workspace.getConfiguration("kejian").get<string[]>("command", []);
  const [program = "kejian", ...rest] = startCommand(configured, folder, existsSync);
  return [program, ...rest];
}

/** A client whose server runs in a folder. */
export function languageClient(folder: string, output: vscode.LogOutputChannel): LanguageClient {
  const [command, ...words] = wordsFor(folder);
  const server: ServerOptions = { command, args: [...words, "lsp"], options: { cwd: folder } };
  const client: LanguageClientOptions = { documentSelector: FILES, outputChannel: output };
  return new LanguageClient("kejian", "Kejian", server, client);
}
