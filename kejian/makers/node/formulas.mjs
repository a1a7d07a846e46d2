// TeX to SVG and MathML with MathJax.

import { slim } from "./slim.mjs";

// `enclose` stands before `cancel`, which builds on it. Not here: `physics` (it redefines \div, \grad …), `autoload` and
// `require` (what a formula may use does not depend on its neighbours), `action` (it needs a live page).
const EXTENSIONS = [
  "ams", "newcommand", "configmacros", "enclose", "cancel", "html", "mhchem", "extpfeil", "mathtools", "textmacros",
  "color", "colortbl", "boldsymbol", "braket", "cases", "centernot", "empheq", "gensymb", "unicode", "upgreek", "amscd",
  "bbox", "units", "verb", "textcomp", "bussproofs",
];

// What `action`, `require` and `begingroup` would give, as far as it makes sense on paper.
const PAPER = {
  mathtip: ["#1", 2],
  texttip: ["#1", 2],
  toggle: ["#1", 2, ["", null, "\\endtoggle"]],
  require: ["", 1],
  gdef: "\\def",
  global: "",
};

// In units of 1/1000 em: an inline formula wider than this is cut where TeX may break it, for the browser to wrap.
const WIDE = 9000;
const EX = 0.442; // of the font's em; with this metric one em of the formula is 1000 units, text included

export async function engine(packages, macros) {
  const { default: MathJax } = await import(new URL("mathjax/node-main.mjs", packages).href);
  await MathJax.init({
    loader: { load: ["input/tex-base", "output/svg", "adaptors/liteDOM", ...EXTENSIONS.map((name) => `[tex]/${name}`)] },
    tex: {
      packages: ["base", ...EXTENSIONS],
      macros: { ...PAPER, ...macros },
      tags: "none",
      formatError: (_, failure) => {
        throw failure;
      },
    },
    output: { displayAlign: "left", linebreaks: { inline: false }, unknownFamily: "inherit" },
    svg: { fontCache: "local" },
  });
  return (job) => typeset(MathJax, job);
}

async function typeset(MathJax, { source, display }) {
  const page = MathJax.startup.document;
  const whole = await convert(MathJax, source, display);
  let drawn = whole.typesetRoot;
  if (!display && width(page.adaptor, drawn) > WIDE) {
    page.outputJax.options.linebreaks.inline = true;
    try {
      drawn = (await convert(MathJax, source, display)).typesetRoot;
    } finally {
      page.outputJax.options.linebreaks.inline = false;
    }
  }
  return { ...slim(page.adaptor, drawn), mathml: mathml(MathJax.startup.toMML(whole.root)) };
}

// Each formula gets an input parser of its own (0.3 ms), so that what one defines is not seen by another: the
// result must not depend on the order of formulas, nor on which of them the cache already holds.
async function convert(MathJax, source, display) {
  const page = MathJax.startup.document;
  const { tex: used } = page.inputJax;
  const parser = new used.constructor(MathJax.config.tex);
  parser.setAdaptor(page.adaptor);
  parser.setMmlFactory(page.mmlFactory);
  page.inputJax.tex = page.inputJax[0] = parser;
  // Numbers stand at the right of a line as wide as the slide, so that the formula's own place in it must be said here.
  page.outputJax.options.displayAlign = source.includes("\\tag") ? "center" : "left";
  const item = new page.options.MathItem(source, parser, display);
  item.setMetrics(16, 16 * EX, 1e6, 1e6, 1);
  // A font file that is needed for the first time arrives later: MathJax throws a retry, and this waits for it.
  try {
    await MathJax._.mathjax.mathjax.handleRetriesFor(() => item.convert(page));
  } finally {
    forget(MathJax, parser);
  }
  return item;
}

// `mathtools` registers a class for tags with each parser, for ever, and the class holds the parser: 100 KB a formula.
// Another class takes its name.
function forget(MathJax, parser) {
  const { TagsFactory, NoTags } = MathJax._.input.tex.Tags;
  TagsFactory.add(parser.parseOptions.options.tags, NoTags);
}

function width(adaptor, node) {
  const svg = adaptor.tags(node, "svg")[0];
  return Number(adaptor.getAttribute(svg, "viewBox")?.split(" ")[2] ?? 0);
}

// For readers' ears: no colours, no links, no ids.
const UNHEARD = / (?:data-[\w-]+|id|href|style|mathcolor|mathbackground)="[^"]*"| class="MJX-[^"]*"| (?:column|row)\w+=""/g;

function mathml(text) {
  return text.replace(UNHEARD, "").replace(/>\s+</g, "><").trim();
}
