const pNames =
  /^(?:p|pval|p[._ ]?value|padj|p[._ ]?adj|adj[._ ]?p[._ ]?val(?:ue)?|fdr|q[._ ]?value)$/i;

/** True for a column that holds p-values, by its name: pvalue, padj, fdr and the like. */
export function isPColumn(name: string): boolean {
  return pNames.test(name);
}

/** A p-value to three figures; what is below 1e-300, zero too, is "< 1e-300": a p-value is never 0. */
export function formatP(value: number): string {
  if (value >= 0 && value < 1e-300) return "< 1e-300";
  if (value > 0 && value < 0.001) return shortExponent(value.toExponential(2));
  return minus(String(Number(value.toPrecision(3))));
}

/**
 * One format for a column of numbers, from a sample of it: whole numbers in full with thousands apart from 10,000 on; others with as many decimals as give its typical
 * value four figures, at most six; a value that these would hide or stretch is written with an exponent.
 */
export function numberFormat(sample: ArrayLike<number>): (value: number) => string {
  const sizes: number[] = [];
  let whole = true;
  let decimals = 0;
  for (let i = 0; i < sample.length; ++i) {
    const size = Math.abs(sample[i]);
    if (!Number.isFinite(size)) continue;
    if (!Number.isInteger(size)) whole = false;
    if (size > 0) sizes.push(size);
    decimals = Math.max(decimals, decimalsOf(size));
  }
  sizes.sort((a, b) => a - b);
  const typical = sizes.length ? sizes[sizes.length >> 1] : 1;
  const magnitude = Math.floor(Math.log10(typical));
  const digits = whole ? 0 : Math.min(decimals, Math.max(0, Math.min(6, 3 - magnitude)));
  const least = 0.5 * 10 ** -digits;
  return (value) => {
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    const size = Math.abs(value);
    if (size !== 0 && (size < least || size >= 1e15)) return shortExponent(value.toExponential(2));
    return minus(grouped(value.toFixed(Number.isInteger(value) && whole ? 0 : digits)));
  };
}

function decimalsOf(size: number): number {
  if (Number.isInteger(size)) return 0;
  const text = String(size);
  const at = text.indexOf(".");
  return text.includes("e") || at < 0 ? 6 : text.length - at - 1;
}

/** Thousands set apart from five figures on, so that years and plates stay as they are. */
function grouped(text: string): string {
  const [head, tail] = text.split(".");
  if (head.replace("-", "").length < 5) return text;
  const spaced = head.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return tail === undefined ? spaced : `${spaced}.${tail}`;
}

/** All three figures stay, so that a column lines up. */
function shortExponent(text: string): string {
  return minus(text.replace("e+", "e"));
}

/** A minus sign in place of the hyphen, but for the exponent's. */
function minus(text: string): string {
  return text.startsWith("-") ? `−${text.slice(1)}` : text;
}
