// Graph descriptions to SVG: Graphviz compiled to WebAssembly, and Mermaid diagrams laid out without a browser.

export async function dot(packages) {
  const { instance } = await import(new URL("@viz-js/viz/dist/viz.js", packages).href);
  const graphviz = await instance();
  return ({ source, engine }) => {
    const { status, output, errors } = graphviz.render(source, { format: "svg", engine });
    if (status === "success") return { svg: output };
    const told = errors.find(({ level }) => level === "error") ?? errors[0];
    const message = told?.message ?? "Graphviz drew nothing and gave no reason";
    const where = /\bin line (\d+)\s*/.exec(message);
    return { error: message, line: where ? Number(where[1]) : 0 };
  };
}

export async function mermaid(packages) {
  const { renderMermaidSVG } = await import(new URL("beautiful-mermaid/dist/index.js", packages).href);
  return ({ source }) => {
    const svg = renderMermaidSVG(source, { transparent: true });
    const lost = lostLabel(source, svg);
    return lost === undefined ? { svg } : { error: `the engine leaves out ${lost}`, line: 0 };
  };
}

// The engine skips what it cannot read without a word, nodes named in Chinese for one; a label that is lost tells.
function lostLabel(source, svg) {
  const drawn = svg.replace(/<[^>]*>|\s/g, "");
  if (!/<text/.test(svg)) return "everything";
  const labels = source.matchAll(/[A-Za-z0-9_\u0080-\uffff][[({]{1,2}"?([^[\](){}|"<>\n]{1,200})"?[\])}]{1,2}/g);
  for (const [, label] of labels) {
    const words = label.replace(/\s/g, "").replace(/&/g, "&amp;");
    if (!drawn.includes(words)) return `"${label.trim()}"`;
  }
  return undefined;
}
