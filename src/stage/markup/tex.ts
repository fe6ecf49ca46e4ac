import katex, { type KatexOptions } from "katex";

type Tag = (template: TemplateStringsArray, ...values: unknown[]) => Element;

function renderer(options: KatexOptions): Tag {
  return (template, ...values) => {
    const root = document.createElement(options.displayMode ? "div" : "span");
    root.className = options.displayMode ? "tex tex-block" : "tex";
    katex.render(String.raw(template, ...values), root, {
      ...options,
      output: "mathml",
      throwOnError: true,
      strict: "ignore",
    });
    return root;
  };
}

/**
 * The builtin `tex`: a tagged template of TeX, inline; `tex.block` displays. It becomes MathML, which the
 * browser sets with its own fonts and screen readers read.
 */
export const tex = Object.assign(renderer({}), {
  options: (options: KatexOptions) => renderer(options),
  block: renderer({ displayMode: true }),
});
