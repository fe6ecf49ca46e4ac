import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import {
  column,
  columnKind,
  columnNames,
  hasColumn,
  isTable,
  levelsOf,
  type Table,
} from "../../tables/index.ts";
import { controlFrame } from "./control-frame.ts";
import { make } from "./make.ts";

/** Values to keep by column, as experiment.filterSamples takes it; a column that is not named keeps all. */
export type SampleFilterValue = Readonly<
  Record<string, readonly (string | number | boolean | null)[]>
>;

export interface SampleFilterOptions {
  /** Which sample columns can be chosen by; by default those of 2 to 12 values. */
  readonly columns?: readonly string[];
  readonly value?: Readonly<Record<string, unknown>>;
  readonly label?: string;
  readonly disabled?: boolean;
}

/** A control with a choice of samples, to be given to experiment.filterSamples. */
export interface SampleFilter extends HTMLElement {
  value: SampleFilterValue;
}

interface Facet {
  readonly name: string;
  /** What each box stands for, null for missing. */
  readonly values: readonly (string | number | boolean | null)[];
  readonly codes: Int32Array;
  readonly boxes: HTMLInputElement[];
}

/**
 * Chooses samples by their columns: a box for each value, with the number of its samples. `value` is {column: [values]} of the columns in which not all are ticked, as
 * experiment.filterSamples takes it; it dispatches "input" and says how many samples are left. Takes an experiment, or a table with sample_id.
 */
export function sampleFilter(
  source: Table | { readonly samples: Table },
  options?: SampleFilterOptions,
): SampleFilter {
  const given = checkOptions("sampleFilter", options, ["columns", "value", "label", "disabled"]);
  const table = samplesOf(source);
  const frame = controlFrame("samples", given.label ?? "Samples");
  const { root } = frame;
  const status = make("p", "input-samples-status");
  status.setAttribute("role", "status");
  const clear = make("button", "", "All samples");
  clear.type = "button";
  const foot = make("div", "input-samples-foot");
  foot.append(status, clear);
  const facets = facetNames(table, given.columns).map((name) => facetOf(table, name));
  const n = table.numRows;

  const left = () => {
    let kept = 0;
    for (let i = 0; i < n; ++i)
      if (facets.every(({ codes, boxes }) => boxes[codes[i]]?.checked ?? true)) ++kept;
    return kept;
  };
  const show = () => {
    const kept = left();
    const word = n === 1 ? "sample" : "samples";
    status.textContent = kept === n ? `all ${n} ${word}` : `${kept} of ${n} ${word}`;
    clear.hidden = kept === n && facets.every(({ boxes }) => boxes.every((box) => box.checked));
  };
  const tell = () => {
    show();
    frame.tell();
  };
  for (const facet of facets) {
    const set = make("fieldset", "input-samples-column");
    set.append(make("legend", "", facet.name));
    const counts = new Int32Array(facet.values.length);
    for (const code of facet.codes) ++counts[code];
    facet.values.forEach((value, i) => {
      const label = make("label", "");
      const box = make("input", "");
      box.type = "checkbox";
      box.checked = true;
      box.disabled = given.disabled === true;
      frame.keep(box, "input", "change");
      box.addEventListener("input", tell);
      facet.boxes.push(box);
      label.append(
        box,
        value === null ? "(missing)" : String(value),
        make("small", "", String(counts[i])),
      );
      set.append(label);
    });
    root.append(set);
  }
  if (!facets.length)
    root.append(make("p", "input-samples-none", "No sample column has 2 to 12 values."));
  root.append(foot);
  clear.disabled = given.disabled === true;
  clear.addEventListener("click", () => {
    for (const { boxes } of facets) for (const box of boxes) box.checked = true;
    tell();
    facets[0]?.boxes[0]?.focus();
  });

  const set = (next: unknown) => {
    const wanted = (next ?? {}) as Record<string, unknown>;
    if (typeof wanted !== "object")
      throw argumentError(`sampleFilter: invalid value: ${String(next)}`, {
        help: "It is {column: [values]}.",
      });
    for (const name of Object.keys(wanted))
      if (!facets.some((facet) => facet.name === name))
        throw argumentError(`sampleFilter: no such column to choose by: ${name}`, {
          help: `Columns are ${facets.map((facet) => facet.name).join(", ") || "none"}.`,
        });
    for (const { name, values, boxes } of facets) {
      const list = wanted[name];
      const keep =
        list === undefined ? null : new Set<unknown>(Array.isArray(list) ? list : [list]);
      values.forEach((value, i) => (boxes[i].checked = keep === null || keep.has(value)));
    }
    show();
  };
  set(given.value);
  const value = (): SampleFilterValue =>
    Object.fromEntries(
      facets
        .filter(({ boxes }) => !boxes.every((box) => box.checked))
        .map(({ name, values, boxes }) => [name, values.filter((_, i) => boxes[i].checked)]),
    );
  return frame.as<SampleFilterValue, SampleFilter>({
    get: value,
    set,
    words: () =>
      [
        ...Object.entries(value()).map(
          ([name, values]) =>
            `${name}: ${values.map((v) => v ?? "(missing)").join(", ") || "none"}`,
        ),
        status.textContent,
      ].join("; "),
  });
}

function samplesOf(source: unknown): Table {
  const table: unknown = isTable(source)
    ? source
    : (source as { samples?: unknown } | null)?.samples;
  if (isTable(table) && hasColumn(table, "sample_id")) return table;
  throw argumentError("sampleFilter: not an experiment nor a table of samples", {
    help: "Give it an experiment, or a table with a column sample_id.",
  });
}

function facetNames(table: Table, named: readonly string[] | undefined): readonly string[] {
  if (named) {
    for (const name of named) column(table, name);
    return named;
  }
  return columnNames(table).filter((name) => {
    if (name === "sample_id" || columnKind(column(table, name)) === "other") return false;
    const { codes } = levelsOf(table, name);
    const k = new Set(codes).size;
    return k > 1 && k <= 12 && k < table.numRows;
  });
}

function facetOf(table: Table, name: string): Facet {
  const kind = columnKind(column(table, name));
  const { codes, levels } = levelsOf(table, name);
  const used = new Set(codes);
  const kept = levels.flatMap((_, i) => (used.has(i) ? [i] : []));
  const place = new Map(kept.map((level, i) => [level, i]));
  const typed = (text: string) =>
    kind === "number" || kind === "integer"
      ? Number(text)
      : kind === "boolean"
        ? text === "true"
        : text;
  const values: (string | number | boolean | null)[] = kept.map((level) => typed(levels[level]));
  if (used.has(-1)) values.push(null);
  return {
    name,
    values,
    codes: codes.map((code) => (code < 0 ? values.length - 1 : place.get(code)!)),
    boxes: [],
  };
}
