import { s } from "./element.ts";

/**
 * The engrailed line of heraldry: a row of scallops whose points stand outward. `filled` closes it above, as the
 * lower edge of a band; `lines` draws fainter echoes below.
 */
export function ornament({
  scallop = 24,
  depth = 7,
  filled = false,
  lines = 1,
}: {
  scallop?: number;
  depth?: number;
  filled?: boolean;
  lines?: number;
} = {}): SVGSVGElement {
  const count = Math.ceil(4096 / scallop);
  const gap = depth * 0.72;
  const height = depth + 2 + gap * (lines - 1) + 1;
  const row = (y: number) => `M0 ${y}${`q${scallop / 2} ${-2 * depth} ${scallop} 0`.repeat(count)}`;
  const top = depth + 1;
  return s(
    "svg",
    {
      class: `ornament${filled ? " ornament-filled" : ""}`,
      width: "100%",
      height: Math.ceil(height),
      "aria-hidden": "true",
      focusable: "false",
    },
    filled && s("path", { class: "ornament-band", d: `${row(top)}V0H0z` }),
    ...Array.from({ length: lines }, (_, i) =>
      s("path", { class: "ornament-line", d: row(top + i * gap), opacity: 1 / (1 + i * 1.4) }),
    ),
  );
}
