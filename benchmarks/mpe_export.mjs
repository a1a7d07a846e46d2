// The page that Markdown Preview Enhanced exports of a deck, to compare ours with. In a scratch folder:
//
//   npm install --ignore-scripts @shd101wyy/mume@0.7.9 mathjax@3
//   node COURSE/benchmarks/mpe_export.mjs COURSE/slides/cnn.md
//
// writes mpe/slides/cnn.html there. mume is MPE's engine before it was renamed crossnote. The export is the offline
// one, with MathJax 3 (the component that MPE asks for) from the folder's node_modules and the course's macros.
// MPE knows no `symbol=`: what a deck imports that way becomes what an author would paste, the code and the recorded
// outputs. Values in prose stay as they are written, HEADER and FOOTER lines are plain text.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = process.cwd();
const mume = createRequire(path.join(here, "/"))("@shd101wyy/mume");
const deck = path.resolve(process.argv[2]);
const slides = path.dirname(deck);
const out = path.join(here, "mpe");
const copy = path.join(out, "slides", path.basename(deck));
const config = path.join(out, "config");

function listing(file, symbol) {
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const start = lines.findIndex((line) => new RegExp(`^(def|class) ${symbol}\\b`).test(line));
  const length = lines.slice(start + 1).findIndex((line) => /^\S/.test(line));
  const end = length < 0 ? lines.length : start + 1 + length;
  return `\`\`\`python {.line-numbers}\n${lines.slice(start, end).join("\n").trimEnd()}\n\`\`\`\n`;
}

function pasted(_, file, symbol, attributes) {
  const outputs = path.join(slides, "outputs");
  const name = `${path.basename(file, ".py")}.${symbol}.`;
  const shown = /\bhide\b/.test(attributes) ? [] : [listing(path.join(slides, file), symbol)];
  for (const output of fs.readdirSync(outputs).filter((entry) => entry.startsWith(name))) {
    if (output.endsWith(".svg")) shown.push(`![](outputs/${output})\n`);
    if (!output.endsWith(".txt")) continue;
    shown.push(`\`\`\`text\n${fs.readFileSync(path.join(outputs, output), "utf8").trimEnd()}\n\`\`\`\n`);
  }
  return shown.join("\n");
}

fs.rmSync(out, { recursive: true, force: true });
fs.cpSync(slides, path.dirname(copy), { recursive: true });
const diagrams = path.join(slides, "..", "diagrams");
if (fs.existsSync(diagrams)) fs.cpSync(diagrams, path.join(out, "diagrams"), { recursive: true });
const text = fs.readFileSync(deck, "utf8");
fs.writeFileSync(copy, text.replace(/^@import "(.+?\.py)" \{symbol="(\w+)"(.*)\}$/gm, pasted));

fs.mkdirSync(config, { recursive: true });
const macros = path.join(slides, "..", "macros.json");
const tex = { macros: fs.existsSync(macros) ? JSON.parse(fs.readFileSync(macros, "utf8")) : {} };
const settings = JSON.stringify({ tex, options: {}, loader: {} });
fs.writeFileSync(path.join(config, "mathjax_config_v3.js"), `module.exports = ${settings}`);

await mume.init(config);
const engine = new mume.MarkdownEngine({
  filePath: copy,
  projectDirectoryPath: out,
  config: {
    configPath: config,
    mathRenderingOption: "MathJax",
    mathjaxV3ScriptSrc: pathToFileURL(path.join(here, "node_modules/mathjax/es5/tex-mml-chtml.js")).href,
  },
});
console.log(await engine.htmlExport({ offline: true, runAllCodeChunks: false }));
process.exit();
