import type { Inks } from "./colour.ts";

/** What keeps a text readable over points. */
export function halo(inks: Inks) {
  return {
    stroke: inks.paper,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
}
