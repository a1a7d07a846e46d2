// How Kejian is started, and what it prints.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { addressIn, startCommand } from "../src/command.js";

test("the settings say how Kejian is started", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as the settings have it
  const words = startCommand(["${workspaceFolder}/run", "kejian"], "/course", () => true);
  assert.deepEqual(words, ["/course/run", "kejian"]);
});

test("else the folder's own Python starts it, else what is on PATH", () => {
  const python = join("/course", ".venv", "bin", "python");
  assert.deepEqual(startCommand([], "/course", (path) => path === python), [python, "-m", "kejian"]);
  assert.deepEqual(startCommand([], "/course", () => false), ["kejian"]);
});

test("serve prints where it listens", () => {
  assert.equal(addressIn("kejian: building\nkejian: http://127.0.0.1:8001/ shows course; Ctrl-C ends it\n"), "http://127.0.0.1:8001/");
  assert.equal(addressIn("kejian: building\n"), undefined);
});
