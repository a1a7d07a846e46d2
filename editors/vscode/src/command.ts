// How Kejian is started: as the settings say, with the Python of the folder, or as it is on PATH.
import { join } from "node:path";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is VS Code's own word for the folder
const FOLDER = "${workspaceFolder}";

export type Exists = (path: string) => boolean;

/** The words that start Kejian in a folder. configured: of the settings, empty for none. */
export function startCommand(configured: readonly string[], folder: string, exists: Exists): string[] {
  if (configured.length) return configured.map((word) => word.replaceAll(FOLDER, folder));
  const pythons = [join(folder, ".venv", "bin", "python"), join(folder, ".venv", "Scripts", "python.exe")];
  const python = pythons.find(exists);
  return python ? [python, "-m", "kejian"] : ["kejian"];
}

const SHOWS = /^kejian: (http:\/\/\S+\/) shows /m;

/** The address that `kejian serve` has printed, if it has. */
export function addressIn(printed: string): string | undefined {
  return SHOWS.exec(printed)?.[1];
}
