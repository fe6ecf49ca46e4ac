import { notebook } from "./notebooks.ts";

/** What a timed notebook measures: its first call, those after, in ms, and a column of the answer, if one was asked for. */
export interface Timed {
  readonly first: number;
  readonly later: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What the last turn of a knob brought: how long its work took. */
export interface Turned {
  readonly to: string;
  readonly time: number;
}

const knob = [
  'const knob = Object.assign(document.createElement("input"), {id: "knob", value: "rest"})',
  "const turned = view(knob)",
];

/** Reads a file, makes a call, and makes it `later` times more when its knob is turned to "go". */
export function timedNotebook(
  file: string,
  call: string,
  column: string | null,
  later: number,
): string {
  const values = column === null ? "[]" : `Array.from(last.answer.getChild("${column}"))`;
  return notebook("Benchmark: one call", [
    `const data = readExperiment(FileAttachment("${file}"))`,
    ...knob,
    `const once = async () => {
  const start = performance.now();
  const answer = await ${call};
  return {answer, time: performance.now() - start};
}`,
    "const first = once()",
    `const timed = (async () => {
  let last = first;
  const later = [];
  for (let i = 0; turned === "go" && i < ${later}; ++i) later.push((last = await once()).time);
  return {first: first.time, later, values: ${values}};
})()`,
  ]);
}

/** Fits by the method that its knob says; "stop" asks for something small, which has to wait until the pool has heard. */
export function knobNotebook(file: string): string {
  return notebook("Benchmark: a knob", [
    `const data = readExperiment(FileAttachment("${file}"))`,
    `const few = data.filterGenes({gene_id: ["g1", "g2", "g3", "g4"]})`,
    ...knob,
    `const work = (async () => {
  const start = globalThis.turnedAt ?? performance.now();
  if (turned === "stop") await few.summarize({by: "group", value: "cpm"});
  else if (turned !== "rest") await (await differentialExpression(data, {method: turned, design: "~ batch + group"})).results();
  return {to: turned, time: performance.now() - start};
})()`,
  ]);
}
