// Graph descriptions to SVG: Graphviz compiled to WebAssembly, and WaveDrom.

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

// WaveDrom, which needs no page: timing diagrams, registers and gates from JSON5.
export async function wavedrom(packages) {
  const load = async (file) => (await import(new URL(file, packages).href)).default;
  const [{ renderAny }, json5, onml] = await Promise.all(
    ["wavedrom/lib/index.js", "json5/dist/index.mjs", "onml/index.js"].map(load),
  );
  const skin = await load("wavedrom/skins/default.js");
  return ({ source }) => {
    try {
      const read = json5.parse(source);
      if (read === null || typeof read !== "object") return { error: "a diagram is an object, in braces", line: 1 };
      return { svg: onml.stringify(renderAny(0, read, skin)) };
    } catch (refused) {
      const { message, lineNumber } = /** @type {Error & { lineNumber?: number }} */ (refused);
      return { error: message.replace(/^JSON5: /, ""), line: lineNumber ?? 0 };
    }
  };
}
