import { readError, type EngrailedError } from "../base/errors.ts";
import { cellFormats, isInterpreter, modeOfType } from "./cell-types.ts";
import { deserialize } from "./kit.ts";
import { lineOf } from "./line-of.ts";
import { scan, type Scan } from "./scan.ts";
import type { Cell, CellMode, Notebook } from "./types.ts";

/** The largest notebook file that is read. */
export const maxNotebookBytes = 20_000_000;

export interface ParseOptions {
  /** Named in errors. */
  readonly file?: string;
  /** Where the platform has no DOMParser of its own. */
  readonly parser?: Pick<DOMParser, "parseFromString">;
  /**
   * Told of each thing in the file that a notebook can't hold and a saved copy would lack: text, comments and elements
   * beside the cells. Without it such a file is refused.
   */
  readonly onNote?: (message: string, line: number) => void;
}

const cellAttributes = new Set(["id", "type", "pinned", "hidden", "database", "output", "format"]);

/**
 * The notebook of a file in Notebook Kit's HTML, given as text or as bytes of UTF-8.
 *
 * Reads what Notebook Kit reads, and refuses with a ReadError, with the line, what Notebook Kit would misread: a cell of
 * an unknown type (it runs it as JavaScript), bad or repeated ids (it renumbers), a file that is cut off, a cell that
 * swallows those after it (`<!--` then `<script`), no or several `<notebook>` elements, NUL bytes, anything that is not
 * text, more than 20 MB. A cell without an id gets the next free one. Attributes that the format does not define are
 * kept in `other` and written again.
 */
export function parseNotebook(source: string | Uint8Array, options: ParseOptions = {}): Notebook {
  const { file } = options;
  const text = decode(source, file);
  const fail = (message: string, at: number | null, help?: string): EngrailedError =>
    readError(message, {
      ...(file === undefined ? {} : { file }),
      ...(at === null ? {} : { line: lineOf(text, at) }),
      ...(help === undefined ? {} : { help }),
    });

  const places = scan(text);
  if (places.notebooks.length === 0)
    throw fail(
      "not a notebook: no <notebook> element",
      null,
      "Open an .html file that was saved by Engrailed or by Observable Notebooks.",
    );
  if (places.notebooks.length > 1)
    throw fail("more than one <notebook> element in a file", places.notebooks[1]);
  checkWhole(text, places, fail);

  const document = (options.parser ?? new DOMParser()).parseFromString(text, "text/html");
  const root = document.querySelector("notebook");
  const elements = [...document.querySelectorAll("notebook script")];
  const [start, end] = [places.notebooks[0], places.ends[0]];
  const scripts = places.scripts.filter((s) => s.start > start && s.start < end);
  if (!root || elements.length !== scripts.length)
    throw fail(
      `the cells can't be told apart: ${scripts.length} in the text, ${elements.length} in the document`,
      start,
      "Keep only cells inside <notebook>: other elements can hide or change them.",
    );

  const kit = deserialize(text, { parser: { parseFromString: () => document } as DOMParser });
  const modes = elements.map((element, i) => cellMode(element, i, scripts[i].start, fail));
  const ids = cellIds(elements, (i) => scripts[i].start, fail);
  const cells = elements.map((element, i): Cell => {
    const { value, pinned, hidden, database, format, output } = kit.cells[i];
    const mode = modes[i];
    const written = element.getAttribute("format") ?? "";
    const known = isInterpreter(mode) && cellFormats.includes(written) ? written : format;
    const used = new Set(cellAttributes);
    if (mode !== "sql") used.delete("database");
    if (written !== "" && written !== known) used.delete("format");
    const other = otherAttributes(element, used, (name) =>
      fail(`cell ${ids[i]}: an attribute that can't be kept: ${name}`, scripts[i].start),
    );
    return {
      id: ids[i],
      mode,
      value,
      pinned,
      hidden,
      ...(output ? { output } : {}),
      ...(database ? { database } : {}),
      ...(known ? { format: known } : {}),
      ...(other ? { other } : {}),
    };
  });
  reportLeftovers(document, root, text, options, fail);
  const other = otherAttributes(root, new Set(["theme", "readonly"]), (name) =>
    fail(`an attribute of <notebook> that can't be kept: ${name}`, start),
  );
  const { title, theme, readOnly } = kit;
  return { title, theme, readOnly, cells, ...(other ? { other } : {}) };
}

type Fail = (message: string, at: number | null, help?: string) => EngrailedError;

/** The text of the file, without a byte order mark. */
function decode(source: string | Uint8Array, file: string | undefined): string {
  const at = file === undefined ? {} : { file };
  const size = source.length;
  if (size > maxNotebookBytes)
    throw readError(`notebook too large: ${(size / 1e6).toFixed(1)} MB`, {
      ...at,
      help: "A notebook holds text only, 20 MB at most. Attach data as files of their own.",
    });
  let text: string;
  if (typeof source === "string") text = source;
  else
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(source);
    } catch (cause) {
      throw readError("not a text file: invalid UTF-8", { ...at, cause });
    }
  if (text.startsWith("\uFEFF")) text = text.slice(1);
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw readError("not a text file: it holds NUL bytes", { ...at, line: lineOf(text, nul) });
  return text;
}

/** Refuses a file that is cut off, and one in which a cell swallows what follows it. */
function checkWhole(text: string, places: Scan, fail: Fail): void {
  for (const script of places.scripts) {
    if (script.swallowedBy === null) continue;
    const content = text.slice(script.contentStart, script.contentEnd);
    if (script.closed && !/<\/script\s*>\s*<(script[\s>]|\/notebook)/i.test(content)) continue;
    throw fail(
      `a cell swallows the cells after it: "<!--" before "<script" in the cell of line ${lineOf(text, script.start)}`,
      script.swallowedBy,
      'Close that comment with "-->" or write "<\\!--" there; nothing is lost.',
    );
  }
  const help = "The end of the file is missing: get it again, or go back to an earlier version.";
  if (places.unclosed)
    throw fail(`file cut off: ${places.unclosed.what} is not closed`, places.unclosed.at, help);
  if (places.ends.length === 0)
    throw fail("file cut off: </notebook> is missing", text.length, help);
  if (places.ends.length > 1) throw fail("more than one </notebook> in a file", places.ends[1]);
}

function cellMode(element: Element, index: number, at: number, fail: Fail): CellMode {
  const type = element.getAttribute("type");
  const mode = type === null ? undefined : modeOfType(type);
  if (mode) return mode;
  const name = element.id ? `cell ${element.id}` : `cell number ${index + 1}`;
  throw type === null
    ? fail(`${name} has no type`, at, 'Give it one, such as type="module" for JavaScript.')
    : fail(
        `${name} has an unknown type: ${type}`,
        at,
        "This version does not know such cells, and running one as something else could do harm. The file is unchanged.",
      );
}

/** The ids as written; cells that have none get the next free ones. */
function cellIds(elements: readonly Element[], at: (i: number) => number, fail: Fail): number[] {
  const seen = new Set<number>();
  const ids = elements.map((element, i) => {
    const written = element.getAttribute("id");
    if (written === null) return 0;
    const id = /^[1-9]\d*$/.test(written) ? Number(written) : NaN;
    if (!Number.isSafeInteger(id))
      throw fail(`invalid cell id: ${written}`, at(i), "An id is a whole number from 1 up.");
    if (seen.has(id))
      throw fail(`two cells have the same id: ${id}`, at(i), "Give one of them another number.");
    seen.add(id);
    return id;
  });
  let next = ids.reduce((max, id) => Math.max(max, id), 0) + 1;
  return ids.map((id) => id || next++);
}

function otherAttributes(
  element: Element,
  used: ReadonlySet<string>,
  refuse: (name: string) => EngrailedError,
): Record<string, string> | undefined {
  const others = [...element.attributes].filter(({ name }) => !used.has(name));
  if (others.length === 0) return undefined;
  for (const { name } of others) if (!/^[a-z_][\w:.-]*$/i.test(name)) throw refuse(name);
  return Object.fromEntries(others.map(({ name, value }) => [name, value]));
}

/** What stands in the file beside title and cells, and would not be written again. */
function reportLeftovers(
  document: Document,
  root: Element,
  text: string,
  { onNote }: ParseOptions,
  fail: Fail,
): void {
  const title = document.querySelector("title");
  const visit = (node: Node, inNotebook: boolean): void => {
    for (const child of node.childNodes) {
      if (child === title || child.nodeType === 10) continue;
      if (child.nodeType === 3 && /^\s*$/.test(child.textContent ?? "")) continue;
      const element = child.nodeType === 1 ? (child as Element) : null;
      const name = element?.localName ?? "";
      if (element === root) {
        visit(element, true);
        continue;
      }
      if (inNotebook && name === "script" && node === root) continue;
      if (!inNotebook && (name === "html" || name === "head" || name === "body")) {
        visit(child, false);
        continue;
      }
      if (name === "meta" && element?.hasAttribute("charset")) continue;
      const what = element ? `<${name}>` : child.nodeType === 8 ? "a comment" : "text";
      const excerpt = (child.textContent ?? "").trim().slice(0, 40);
      const found = element
        ? text.search(new RegExp(`<${name}[\\s/>]`, "i"))
        : text.indexOf(excerpt);
      const message = `${what} beside the cells${excerpt ? `: ${excerpt}` : ""}`;
      if (!onNote)
        throw fail(
          message,
          found < 0 ? null : found,
          "A notebook holds a title and cells only; move it into a cell.",
        );
      onNote(message, lineOf(text, Math.max(0, found)));
    }
  };
  visit(document, false);
}
