// MathJax's SVG, made small and free of page-wide names: no data attributes, no groups without an effect, glyph ids
// that are the same in every process, lengths in em (1 em = 1000 units, so that the page's style sheet sets the size).

const UID = "\ue000"; // kejian.core.model.UID
const EM_PER_EX = 0.442;
const SCHEME = /^(?:https?:|mailto:|#|(?![a-z][a-z0-9+.-]*:)(?!\/\/))/i;

// What MathJax leaves to its style sheet.
const STYLES = {
  "mjx-solid": {},
  "mjx-dashed": { "stroke-dasharray": "140" },
  "mjx-dotted": { "stroke-dasharray": "0,140", "stroke-linecap": "round" },
};

// What `\style` may set: nothing that moves a formula about or fetches anything.
const PROPERTIES = /^(?:color|background-color|fill|stroke|opacity|font-(?:style|weight|size|variant)|text-decoration)$/;
const VALUE = /^[\w\s#.,%+-]+(?:\([\d\s.,%/-]*\))?$/;

// The space, in em, that a break of each size of MathJax leaves on a line that is not broken there.
const BREAKS = [0, 0.111, 0.167, 0.222, 0.278, 0.333];

export function slim(adaptor, container) {
  const glyphs = new Map();
  for (const node of adaptor.tags(container, "defs")) collect(adaptor, node, glyphs);
  let space = 0;
  let svg = "";
  for (const child of adaptor.childNodes(container)) {
    if (adaptor.kind(child) === "svg") svg += part(adaptor, child, space);
    else {
      space = BREAKS[Number(adaptor.getAttribute(child, "size"))] ?? 0;
      svg += "<wbr>";
    }
  }
  return { svg, glyphs: [...glyphs] };
}

function part(adaptor, node, space) {
  walk(adaptor, node);
  for (const name of ["role", "focusable", "xmlns", "xmlns:xlink", "data-mjx-viewBox"]) adaptor.removeAttribute(node, name);
  adaptor.setAttribute(node, "aria-hidden", "true");
  for (const name of ["width", "height"]) adaptor.setAttribute(node, name, ems(adaptor.getAttribute(node, name)));
  const style = ems(adaptor.getAttribute(node, "style") ?? "").replace(/: /g, ":").replace(/;\s*$/, "").replace(/; /g, ";");
  adaptor.setAttribute(node, "style", space ? `${style};margin-left:${space}em` : style);
  return adaptor.outerHTML(node).replace(/><\/(?:use|line|rect|ellipse|path|polygon)>/g, "/>");
}

function ems(value) {
  return value.replace(/(-?[\d.]+)ex/g, (_, ex) => `${+(ex * EM_PER_EX).toFixed(3)}em`);
}

function collect(adaptor, defs, glyphs) {
  for (const path of adaptor.childNodes(defs)) {
    const id = named(adaptor.getAttribute(path, "id"));
    glyphs.set(id, `<path id="${id}" d="${adaptor.getAttribute(path, "d")}"/>`);
  }
}

const named = (id) => id.replace(/^MJX-\d+-/, "");

function walk(adaptor, node) {
  for (const child of [...adaptor.childNodes(node)]) {
    const kind = adaptor.kind(child);
    if (kind === "defs") adaptor.remove(child);
    else if (!kind.startsWith("#")) {
      attributes(adaptor, child, kind);
      walk(adaptor, child);
      if (kind === "g" || kind === "a") unwrap(adaptor, child);
    }
  }
}

function attributes(adaptor, node, kind) {
  const ruled = adaptor.getAttribute(node, "data-line") || adaptor.getAttribute(node, "data-frame");
  for (const { name, value } of adaptor.allAttributes(node)) {
    if (name === "style") restyle(adaptor, node, value);
    else if (name.startsWith("data-") || /url\s*\(|\\/i.test(value)) adaptor.removeAttribute(node, name);
    else if (name === "class") reclass(adaptor, node, value);
    else if (name === "id") adaptor.setAttribute(node, "id", `${UID}-${value}`);
    else if (name === "xlink:href" || name === "href") relink(adaptor, node, kind, name, value);
  }
  if (ruled) restore(adaptor, node, { "stroke-width": "70", fill: "none" });
}

function reclass(adaptor, node, classes) {
  const kept = classes.split(/\s+/).filter((name) => !(name in STYLES) && !name.startsWith("MJX-"));
  for (const name of classes.split(/\s+/)) restore(adaptor, node, STYLES[name] ?? {});
  if (kept.length) adaptor.setAttribute(node, "class", kept.join(" "));
  else adaptor.removeAttribute(node, "class");
}

function restyle(adaptor, node, style) {
  const kept = style.split(";").map((part) => part.split(":").map((side) => side.trim()));
  const safe = kept.filter(([name, value]) => PROPERTIES.test(name) && VALUE.test(value ?? ""));
  if (safe.length) adaptor.setAttribute(node, "style", safe.map((side) => side.join(":")).join(";"));
  else adaptor.removeAttribute(node, "style");
}

function restore(adaptor, node, values) {
  for (const [name, value] of Object.entries(values)) adaptor.setAttribute(node, name, value);
}

function relink(adaptor, node, kind, name, value) {
  adaptor.removeAttribute(node, name);
  if (kind === "use") adaptor.setAttribute(node, "href", `#${named(value.slice(1))}`);
  else if (value.startsWith("#")) adaptor.setAttribute(node, "href", `#${UID}-${value.slice(1)}`);
  // A browser ignores control characters and blanks in a scheme; so does this.
  else if (SCHEME.test(value.replace(/[\u0000-\u0020]/g, ""))) adaptor.setAttribute(node, "href", value);
}

// A group without attributes is its children; a group that only moves its one child hands the move down; an empty
// group is nothing; a link that lost its target is a group without attributes.
function unwrap(adaptor, group) {
  const given = adaptor.allAttributes(group);
  const children = adaptor.childNodes(group);
  if (given.length === 0) {
    for (const child of [...children]) adaptor.insert(child, group);
    adaptor.remove(group);
  } else if (given.length > 1 || given[0].name !== "transform") return;
  else if (children.length === 0) adaptor.remove(group);
  else if (children.length === 1 && movable(adaptor, children[0])) {
    const own = adaptor.getAttribute(children[0], "transform");
    adaptor.setAttribute(children[0], "transform", own ? `${given[0].value} ${own}` : given[0].value);
    adaptor.replace(children[0], group);
  }
}

function movable(adaptor, node) {
  return ["g", "use", "path", "text", "rect", "line"].includes(adaptor.kind(node));
}
