import type { FileRole, ImportFiles, ImportFound, ImportOptions } from "../protocol/import.ts";
import type { Cell } from "../notebook/types.ts";

type NewCell = Omit<Cell, "id">;

/** Everything that the written cells say. */
export interface ImportPlan {
  readonly files: ImportFiles;
  readonly options: ImportOptions;
  readonly found: ImportFound;
}

/** The notebook's title: that of the experiment, as plain words. */
export function importTitle(found: ImportFound): string {
  return plainTitle(found.title);
}

/**
 * The cells that read the files as the panel did, with a few to begin with: report, principal components of three
 * samples or more, one gene. `taken` tells the names that the notebook has already.
 */
export function importCells(
  { files, options, found }: ImportPlan,
  { level = 1, taken = () => false }: { level?: number; taken?: (name: string) => boolean } = {},
): NewCell[] {
  const name = freeName("experiment", taken);
  const components = freeName("components", taken);
  const color = found.factors[0]?.name;
  const colored = color === undefined ? "" : `, {color: ${JSON.stringify(color)}}`;
  const cells = [
    text(`${"#".repeat(level)} ${plainTitle(found.title)}`),
    code(`const ${name} = ${readCall(files, options)};`, true),
    text("What was noticed while reading:"),
    code(`${name}.report`),
  ];
  if (found.shape.samples >= 3 && found.shape.genes >= 3)
    cells.push(
      code(`const ${components} = pca(${name});`, true),
      code(`pcaPlot(${components}${colored})`),
    );
  if (found.gene !== null)
    cells.push(code(`genePlot(${name}, {genes: [${JSON.stringify(found.gene)}]})`));
  return cells;
}

/** The call of `readExperiment`, with only the options that differ from the default. */
export function readCall(files: ImportFiles, options: ImportOptions): string {
  const roles = (Object.keys(files) as FileRole[]).filter((role) => files[role].length > 0);
  const only = roles.length === 1 && roles[0] === "counts" && files.counts.length === 1;
  const attachment = ({ name }: { name: string }) => `FileAttachment(${JSON.stringify(name)})`;
  const list = (role: FileRole) => {
    const all = files[role].map(attachment);
    if (all.length === 1) return all[0];
    return `[\n${all.map((one) => `    ${one},\n`).join("")}  ]`;
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const chosen =
    given.length === 0
      ? ""
      : `, {${given.map(([key, value]) => `${key}: ${literal(value)}`).join(", ")}}`;
  if (only) return `readExperiment(${attachment(files.counts[0])}${chosen})`;
  const parts = roles.map((role) => `  ${role}: ${list(role)},\n`).join("");
  return `readExperiment({\n${parts}}${chosen})`;
}

function literal(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${property(key)}: ${literal(item)}`)
      .join(", ")}}`;
  return JSON.stringify(value);
}

function property(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function freeName(name: string, taken: (name: string) => boolean): string {
  let free = name;
  for (let n = 2; taken(free); ++n) free = `${name}${n}`;
  return free;
}

/** A title without what Markdown, HTML or a template would take for more than words. */
function plainTitle(title: string): string {
  const plain = title.replace(/[\\`${}<>*[\]#\s]+/g, " ").trim();
  return plain || "Experiment";
}

function code(value: string, pinned = false): NewCell {
  return { mode: "js", value, pinned, hidden: false };
}

function text(value: string): NewCell {
  return { mode: "md", value, pinned: false, hidden: false };
}
