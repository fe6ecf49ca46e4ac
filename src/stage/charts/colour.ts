import { interpolateLab, piecewise } from "d3";

/** The inks of a picture: theme.css's roles as plain colours, so that a saved file needs no style sheet. */
export interface Inks {
  readonly paper: string;
  readonly raised: string;
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly rule: string;
  readonly ruleStrong: string;
  readonly accent: string;
  /** Significantly higher and lower; always with a shape of their own too. */
  readonly up: string;
  readonly down: string;
  /** Where there is no value. */
  readonly missing: string;
}

const light: Inks = {
  paper: "#fbfaf7",
  raised: "#ffffff",
  ink: "#1d1f24",
  muted: "#5d616b",
  faint: "#8a8e98",
  rule: "#dedad1",
  ruleStrong: "#c3beb2",
  accent: "#1f5f8b",
  up: "#b2431d",
  down: "#1f5f8b",
  missing: "#c9c5bb",
};

const dark: Inks = {
  paper: "#15171b",
  raised: "#22262c",
  ink: "#e9e7e1",
  muted: "#a6a9b1",
  faint: "#7f838d",
  rule: "#31353d",
  ruleStrong: "#4a4f59",
  accent: "#7db8dd",
  up: "#f08a5d",
  down: "#7db8dd",
  missing: "#4d5059",
};

/** The inks on light or dark paper. */
export function inksOf(isDark: boolean): Inks {
  return isDark ? dark : light;
}

/* Apart by 16 (CIE76) or more as protan, deutan and tritan readers see them: tests/charts/parts.test.ts. */
const lightCategories = [
  "#0463a5",
  "#c64e01",
  "#118c6a",
  "#ca65a6",
  "#cc960b",
  "#4ca6de",
  "#7a2d2d",
  "#6a707e",
];

const darkCategories = [
  "#4999d7",
  "#f2894b",
  "#44c29b",
  "#dd92c2",
  "#efc64b",
  "#a9dcf7",
  "#c8605c",
  "#8f9299",
];

/** The marks that stand beside the colours, so that colour never carries a meaning alone. */
export const symbols = ["circle", "triangle", "square", "diamond", "cross", "star", "wye"] as const;

/** Colour and symbol of level `i`: eight colours after Okabe and Ito's, tuned for the paper; past them the colours come again with other symbols. */
export function categoryStyle(
  i: number,
  isDark: boolean,
): { readonly color: string; readonly symbol: (typeof symbols)[number] } {
  const colors = isDark ? darkCategories : lightCategories;
  const turn = Math.floor(i / colors.length);
  return {
    color: colors[i % colors.length],
    symbol: symbols[(i + turn) % symbols.length],
  };
}

/** The categorical colours themselves. */
export function categories(isDark: boolean): readonly string[] {
  return isDark ? darkCategories : lightCategories;
}

/** The names of continuous colour schemes. */
export const schemes = ["blue-orange", "purple-green", "blues", "ember"] as const;
export type Scheme = (typeof schemes)[number];

const stops: Record<Scheme, { light: string[]; dark: string[] }> = {
  "blue-orange": {
    light: ["#0d3b66", "#2c75ab", "#9cc5de", "#f6f4ef", "#f3b98d", "#cf5f1d", "#7c2d08"],
    dark: ["#a8dcff", "#4f9fd6", "#235680", "#1f2227", "#7d3f1c", "#dd7535", "#ffcfa0"],
  },
  "purple-green": {
    light: ["#47226b", "#855eae", "#c9b5dd", "#f6f4ef", "#a9d3b4", "#3f9164", "#0d4a2c"],
    dark: ["#dcc3f7", "#9d78c9", "#513874", "#1f2227", "#22573b", "#4ba574", "#b9ecc9"],
  },
  blues: {
    light: ["#f1efe8", "#cadbe6", "#8fbbd6", "#4d92bf", "#1f6597", "#0c3557"],
    dark: ["#20242a", "#21415a", "#2c6a94", "#4c98c9", "#92c8ea", "#e0f2ff"],
  },
  ember: {
    light: ["#f5eee0", "#f3cf95", "#e99d4d", "#cd5f2d", "#8e2a2f", "#42122e"],
    dark: ["#23202a", "#542338", "#97333a", "#d3632f", "#eda648", "#fbe8ae"],
  },
};

/** A continuous scheme as a function of 0..1. Diverging ones have their neutral, near the paper, at 0.5. */
export function ramp(scheme: Scheme, isDark: boolean): (t: number) => string {
  return piecewise(interpolateLab, stops[scheme][isDark ? "dark" : "light"]);
}

/** The scheme of a measured sample column: without the end that fades into the paper. */
export function heatRamp(isDark: boolean): (t: number) => string {
  const color = ramp("ember", isDark);
  return (t) => color(0.2 + 0.8 * t);
}

/** The scheme as 256 packed RGB triples, for filling many cells at once. */
export function rampTable(scheme: Scheme, isDark: boolean): Uint8Array {
  const color = ramp(scheme, isDark);
  const table = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; ++i) {
    const parts = color(i / 255).match(/\d+(\.\d+)?/g)!;
    for (let j = 0; j < 3; ++j) table[i * 3 + j] = Math.round(Number(parts[j]));
  }
  return table;
}
