// Graph descriptions to SVG: Graphviz compiled to WebAssembly.

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
