const minus = "\u2212";
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as a reader wants it in a picture: three significant digits, thousands parted by a comma from five digits on, a true minus sign,
 * powers of ten past a million or under a thousandth. Missing is "–"; negative zero is 0.
 */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === Infinity) return "∞";
  if (value === -Infinity) return `${minus}∞`;
  if (value === 0) return "0";
  const sign = value < 0 ? minus : "";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    const plain = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${sign}${plain} × 10${superscript(Number(exponent))}`;
  }
  if (Number.isInteger(size)) return sign + group(String(size));
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole, rest] = size.toFixed(Math.min(places, 6)).split(".");
  const kept = rest?.replace(/0+$/, "");
  return sign + group(whole) + (kept ? `.${kept}` : "");
}

/** A tick's number: short, with k and M past ten thousand, so that an axis stays narrow. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? minus : "";
  if (size >= 1e9) return `${sign}${trim(size / 1e9)}G`;
  if (size >= 1e6) return `${sign}${trim(size / 1e6)}M`;
  if (size >= 1e4) return `${sign}${trim(size / 1e3)}k`;
  if (size === 0) return "0";
  if (size < 1e-3) return formatNumber(value, 2);
  return sign + (Number.isInteger(size) ? group(String(size)) : trim(size));
}

/** A share in 0..1 as per cent with one decimal: "34.2 %", with the no-break space of the SI. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)}\u00a0%` : "–";
}

function trim(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function group(digits: string): string {
  return digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : digits;
}

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((d) => superscripts[Number(d)]).join("");
  return (exponent < 0 ? "⁻" : "") + digits;
}

/** A p-value as a reader wants it: never 0, "< 1e-300" where it is below that. */
export function formatP(value: number | null | undefined): string {
  if (typeof value === "number" && value >= 0 && value < 1e-300) return "< 1e-300";
  return formatNumber(value);
}
