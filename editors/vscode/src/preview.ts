// A panel beside the editor that shows `kejian serve`, and turns to the slide at the cursor.
import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { wordsFor } from "./client.js";
import { addressIn } from "./command.js";
import { page } from "./panel_page.js";

const PATIENCE = 60_000;

/** A running `kejian serve` of one course. */
class Server {
  private constructor(
    readonly address: string,
    private readonly process: ChildProcess,
  ) {}

  /** Start one, and wait until it says where it listens. */
  static async start(course: string, output: vscode.LogOutputChannel): Promise<Server> {
    const [program, ...words] = wordsFor(course);
    const process = spawn(program, [...words, "serve", course, "--port", "0", "--in-editor"], { cwd: course });
    let printed = "";
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("kejian serve does not say where it listens")), PATIENCE);
      const heard = (piece: Buffer): void => {
        const text = piece.toString("utf8");
        output.append(text);
        printed = (printed + text).slice(-10_000);
        const address = addressIn(printed);
        if (!address) return;
        clearTimeout(late);
        resolve(new Server(address, process));
      };
      process.stderr.on("data", heard);
      process.on("error", reject);
      process.on("exit", (code) => {
        clearTimeout(late);
        reject(new Error(`kejian serve has ended (${code ?? "killed"}): ${printed.trim().split("\n").at(-1) ?? ""}`));
      });
    });
  }

  stop(): void {
    this.process.kill();
  }
}

/** The panel, of which there is one for each course. */
export class Preview {
  private static readonly open = new Map<string, Preview>();

  private constructor(
    private readonly panel: vscode.WebviewPanel,
    server: Server,
    course: string,
  ) {
    panel.onDidDispose(() => {
      server.stop();
      Preview.open.delete(course);
    });
  }

  /** Show a course beside the editor. slide: its address in the site, such as `slides/cnn.html#/3/0`. */
  static async show(course: string, slide: string, output: vscode.LogOutputChannel): Promise<void> {
    const known = Preview.open.get(course);
    if (known) return known.panel.reveal(undefined, true);
    const server = await Server.start(course, output);
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("kejian.preview", "Kejian", beside, {
      enableScripts: false,
      retainContextWhenHidden: true,
    });
    Preview.open.set(course, new Preview(panel, server, course));
    const there = await vscode.env.asExternalUri(vscode.Uri.parse(server.address));
    panel.webview.html = page(there.toString(true), slide);
  }

  /** Whether a panel of this course can be seen. */
  static follows(course: string): boolean {
    return Preview.open.get(course)?.panel.visible ?? false;
  }

  static endAll(): void {
    for (const one of [...Preview.open.values()]) one.panel.dispose();
  }
}
