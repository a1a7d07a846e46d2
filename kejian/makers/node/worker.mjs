// Typesets formulas and draws diagrams: one JSON request on stdin, one JSON line per answer on stdout, in order.
//
//   request  {"macros": {name: body | [body, argc] | [body, argc, default]},
//             "jobs": [{"id", "kind": "tex" | "dot" | "wavedrom", "source", "display", "engine"}]}
//   answer   {"id", "svg", "mathml", "glyphs": [[id, markup]]}  or  {"id", "error", "line"}
//
// The first argument is the folder that holds the packages' `node_modules`.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const packages = pathToFileURL(`${process.argv[2]}/node_modules/`);
const answered = process.stdout;
// MathJax may talk on the console; stdout belongs to the answers.
console.log = console.info = console.warn = console.error;

const engines = {
  tex: async (macros) => (await import("./formulas.mjs")).engine(packages, macros),
  dot: async () => (await import("./graphs.mjs")).dot(packages),
  wavedrom: async () => (await import("./graphs.mjs")).wavedrom(packages),
};

async function main() {
  let text = "";
  for await (const line of createInterface({ input: process.stdin })) text += line;
  const { macros, jobs } = JSON.parse(text);
  const started = {};
  for (const job of jobs) {
    started[job.kind] ??= await engines[job.kind](macros);
    await answer({ id: job.id, ...(await attempt(started[job.kind], job)) });
  }
}

/** An engine's failure has a line where the engine knows one. */
async function attempt(engine, job) {
  try {
    return await engine(job);
  } catch (thrown) {
    const failure = /** @type {Error & { line?: number }} */ (thrown);
    return { error: String(failure?.message ?? failure), line: failure?.line ?? 0 };
  }
}

// Wait for the reader, so that what was answered before a crash has been delivered.
function answer(value) {
  return new Promise((done) => answered.write(`${JSON.stringify(value)}\n`, done));
}

await main();
