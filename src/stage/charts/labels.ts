import { textWidth } from "./text.ts";

export interface PlacedLabel {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end" | "middle";
}

/**
 * Places texts beside their points, right, left, above or below, where they overlap neither a text nor (where that can be had) another point
 * and stay within the box. Greedy in the order given: put what matters first. Says how many found no room.
 */
export function placeLabels(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  texts: readonly string[],
  options: {
    radius: number;
    size: number;
    left: number;
    right: number;
    top: number;
    bottom: number;
  },
): { labels: PlacedLabel[]; hidden: number } {
  const { radius, size } = options;
  const taken: Box[] = [];
  const labels: PlacedLabel[] = [];
  let hidden = 0;
  const dots = Array.from({ length: xs.length }, (_, i) => ({
    left: xs[i] - radius,
    right: xs[i] + radius,
    top: ys[i] - radius,
    bottom: ys[i] + radius,
  }));
  texts.forEach((text, index) => {
    if (!text) return;
    const width = textWidth(text, size);
    const gap = radius + 3;
    const places = [
      {
        x: xs[index] + gap,
        y: ys[index] + size * 0.35,
        anchor: "start" as const,
        left: xs[index] + gap,
      },
      {
        x: xs[index] - gap,
        y: ys[index] + size * 0.35,
        anchor: "end" as const,
        left: xs[index] - gap - width,
      },
      { x: xs[index], y: ys[index] - gap, anchor: "middle" as const, left: xs[index] - width / 2 },
      {
        x: xs[index],
        y: ys[index] + gap + size * 0.8,
        anchor: "middle" as const,
        left: xs[index] - width / 2,
      },
    ];
    for (const place of places) {
      const box = {
        left: place.left,
        right: place.left + width,
        top: place.y - size * 0.85,
        bottom: place.y + size * 0.25,
      };
      if (box.left < options.left - 4 || box.right > options.right + 8) continue;
      if (box.top < options.top - 8 || box.bottom > options.bottom + 4) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      if (dots.some((dot, i) => i !== index && overlap(box, dot))) continue;
      taken.push(box);
      labels.push({ index, x: place.x, y: place.y, anchor: place.anchor });
      return;
    }
    ++hidden;
  });
  return { labels, hidden };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
