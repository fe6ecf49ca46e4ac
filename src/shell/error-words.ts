import type { ErrorDetails } from "../base/errors.ts";

/** What went wrong as a sentence, with its place in a file before it. */
export function errorWords(message: string, details: ErrorDetails = {}): string {
  const place = [
    details.file,
    details.line === undefined ? null : `line ${details.line}`,
    details.column === undefined ? null : `column ${details.column}`,
  ].filter(Boolean);
  return sentence(place.length > 0 ? `${place.join(", ")}: ${message}` : message);
}

function sentence(text: string): string {
  const first = text.charAt(0);
  const whole = /^[\w-]+\.\w+/.test(text) ? text : first.toUpperCase() + text.slice(1);
  return /[.!?…”]$/.test(whole) ? whole : `${whole}.`;
}
