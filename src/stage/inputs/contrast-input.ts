import { checkOptions } from "../../base/check.ts";
import { argumentError } from "../../base/errors.ts";
import { isTable, type Table } from "../../tables/index.ts";
import { controlFrame } from "./control-frame.ts";
import {
  designChoices,
  type DesignChoice,
  type FactorChoice,
  type FitLike,
} from "./design-choices.ts";
import { make } from "./make.ts";

/** A contrast as fit.results takes it. */
export type ContrastValue =
  | readonly [factor: string, numerator: string, denominator: string]
  | string
  | Readonly<Record<string, number>>;

export interface ContrastInputOptions {
  /** The samples table of the experiment: it tells the name of each reference level, where the fit does not. */
  readonly samples?: Table;
  readonly value?: ContrastValue;
  readonly label?: string;
  readonly disabled?: boolean;
}

/** A control with a contrast, to be given to fit.results({contrast}). */
export interface ContrastInput extends HTMLElement {
  value: ContrastValue;
}

let count = 0;

/**
 * Chooses a contrast of a fit: a factor and two of its levels, combinations of two factors that interact, a covariate's slope or an interaction; says in words what a positive change means. `value` is what
 * fit.results takes as `contrast`; it dispatches "input". The default is the last factor's last level over its reference.
 */
export function contrastInput(fit: FitLike, options?: ContrastInputOptions): ContrastInput {
  const given = checkOptions("contrastInput", options, ["samples", "value", "label", "disabled"]);
  const choices = designChoices(
    checkFit(fit),
    given.samples === undefined ? null : checkSamples(given.samples),
  );
  if (!choices.length)
    throw argumentError(`contrastInput: the design has nothing to contrast: ${fit.design}`, {
      help: "Fit a design with a factor or a covariate.",
    });
  const id = `contrast-input-${++count}`;
  const frame = controlFrame("contrast", given.label ?? "Contrast");
  const row = make("div", "input-contrast-row");
  const status = make("p", "input-contrast-words");
  status.id = `${id}-words`;
  status.setAttribute("role", "status");
  const what = select(`${id}-what`, "Of", choices.map(choiceName));
  const numerator = select(`${id}-a`, "Numerator", []);
  const over = make("span", "", "over");
  const denominator = select(`${id}-b`, "Denominator", []);
  const swap = make("button", "", "Swap");
  swap.type = "button";
  swap.setAttribute("aria-label", "Swap the two levels");
  if (choices.length === 1) what.hidden = true;
  row.append(what, numerator, over, denominator, swap);
  frame.root.append(row, status);
  for (const control of [what, numerator, denominator, swap])
    control.disabled = given.disabled === true;

  const choice = () => choices[what.selectedIndex];
  const levelName = (level: string | null) => level ?? "reference";
  const fill = () => {
    const chosen = choice();
    const factor = chosen.kind === "factor" ? chosen : null;
    for (const node of [numerator, over, denominator, swap]) node.hidden = factor === null;
    if (!factor) return;
    for (const [node, at] of [
      [numerator, factor.levels.length - 1],
      [denominator, 0],
    ] as const) {
      node.replaceChildren(...factor.levels.map((level) => option(levelName(level))));
      node.selectedIndex = at;
    }
  };
  const pair = (): [number, number] => [numerator.selectedIndex, denominator.selectedIndex];
  const say = () => (status.textContent = wordsOf(choice(), pair()));
  const tell = () => {
    say();
    frame.tell();
  };
  for (const node of [what, numerator, denominator]) {
    frame.keep(node, "input", "change");
    node.addEventListener("change", () => {
      if (node === what) fill();
      else if (numerator.selectedIndex === denominator.selectedIndex) {
        // The other gives way: a level against itself is no contrast.
        const other = node === numerator ? denominator : numerator;
        other.selectedIndex = node.selectedIndex === 0 ? 1 : 0;
      }
      tell();
    });
  }
  swap.addEventListener("click", () => {
    const [a, b] = pair();
    numerator.selectedIndex = b;
    denominator.selectedIndex = a;
    tell();
  });

  const set = (value: unknown) => {
    const at = placeOf(choices, value);
    if (!at)
      throw argumentError(`contrastInput: no such contrast: ${JSON.stringify(value)}`, {
        help: `It is [factor, numerator, denominator] or a coefficient: ${fit.coefficients.slice(0, 20).join(", ")}.`,
      });
    what.selectedIndex = at.choice;
    fill();
    if (at.pair) [numerator.selectedIndex, denominator.selectedIndex] = at.pair;
    say();
  };
  const last = choices.findLastIndex((c) => c.kind === "factor" && !c.combined);
  what.selectedIndex = Math.max(0, last);
  fill();
  if (given.value !== undefined) set(given.value);
  say();
  return frame.as<ContrastValue, ContrastInput>({
    get: () => valueOf(choice(), pair()),
    set,
    words: () => wordsOf(choice(), pair()),
  });
}

function choiceName(choice: DesignChoice): string {
  return choice.kind === "factor" ? choice.label : choice.name;
}

function valueOf(choice: DesignChoice, [a, b]: readonly [number, number]): ContrastValue {
  if (choice.kind === "coefficient") return choice.name;
  const [above, below] = [choice.levels[a], choice.levels[b]];
  if (above === null) return { [`${choice.label}${below}`]: -1 };
  return below === null ? `${choice.label}${above}` : [choice.column, above, below];
}

function wordsOf(choice: DesignChoice, [a, b]: readonly [number, number]): string {
  if (choice.kind === "coefficient")
    return choice.covariate === null
      ? `${choice.name}: positive means that the effects together are higher than their sum`
      : `${choice.covariate}: positive means higher as ${choice.covariate} grows, per unit`;
  const name = (level: string | null) => level ?? `the reference of ${choice.label}`;
  const [above, below] = [name(choice.levels[a]), name(choice.levels[b])];
  const held = choice.held.length ? `, at ${choice.held.join(", ")}` : "";
  return `${above} over ${below}${held}: positive means higher in ${above}`;
}

function placeOf(
  choices: readonly DesignChoice[],
  value: unknown,
): { choice: number; pair: [number, number] | null } | null {
  if (Array.isArray(value) && value.length === 3) {
    const at = choices.findIndex(
      (c) => c.kind === "factor" && (c.column === value[0] || c.label === value[0]),
    );
    if (at < 0) return null;
    const { levels } = choices[at] as FactorChoice;
    const pair: [number, number] = [
      levels.indexOf(String(value[1])),
      levels.indexOf(String(value[2])),
    ];
    return pair.includes(-1) || pair[0] === pair[1] ? null : { choice: at, pair };
  }
  if (typeof value !== "string") return null;
  for (const [i, choice] of choices.entries()) {
    if (choice.kind === "coefficient" && choice.name === value) return { choice: i, pair: null };
    if (choice.kind !== "factor") continue;
    const at = choice.levels.findIndex(
      (level) => level !== null && `${choice.label}${level}` === value,
    );
    if (at > 0) return { choice: i, pair: [at, 0] };
  }
  return null;
}

function checkFit(fit: unknown): FitLike {
  const f = fit as Partial<FitLike> | null;
  if (
    typeof f === "object" &&
    f !== null &&
    typeof f.design === "string" &&
    Array.isArray(f.coefficients)
  )
    return f as FitLike;
  throw argumentError("contrastInput: not a fit", {
    help: "Give it what differentialExpression returns, named in a cell of its own.",
  });
}

function checkSamples(samples: unknown): Table {
  if (isTable(samples)) return samples;
  throw argumentError("contrastInput: samples is not a table", {
    help: "Give it experiment.samples.",
  });
}

function select(id: string, name: string, options: readonly string[]): HTMLSelectElement {
  const node = make("select", "");
  node.id = id;
  node.setAttribute("aria-label", name);
  node.append(...options.map(option));
  return node;
}

function option(text: string): HTMLOptionElement {
  const node = make("option", "", text);
  node.value = text;
  return node;
}
