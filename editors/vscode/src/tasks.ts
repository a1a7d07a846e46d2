// Tasks of a course: build, check and serve, whose findings go into the list of problems.
import * as vscode from "vscode";
import { wordsFor } from "./client.js";

const COMMANDS = ["build", "check", "serve"] as const;

interface Definition extends vscode.TaskDefinition {
  readonly command: string;
}

function task(definition: Definition, folder: vscode.WorkspaceFolder): vscode.Task {
  const [program, ...words] = wordsFor(folder.uri.fsPath);
  const run = new vscode.ProcessExecution(program, [...words, definition.command], { cwd: folder.uri.fsPath });
  const made = new vscode.Task(definition, folder, definition.command, "kejian", run, "$kejian");
  made.isBackground = definition.command === "serve";
  if (definition.command === "build") made.group = vscode.TaskGroup.Build;
  if (definition.command === "check") made.group = vscode.TaskGroup.Test;
  made.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, clear: true };
  return made;
}

/** Offers the tasks of each folder. */
export const tasks: vscode.TaskProvider = {
  provideTasks() {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return folders.flatMap((folder) => COMMANDS.map((command) => task({ type: "kejian", command }, folder)));
  },
  resolveTask(asked) {
    const folder = typeof asked.scope === "object" ? asked.scope : vscode.workspace.workspaceFolders?.[0];
    return folder ? task(asked.definition as Definition, folder) : undefined;
  },
};
