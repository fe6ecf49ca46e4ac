/** Where a script element stands in the text of a file. Offsets are in UTF-16 units. */
export interface ScannedScript {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** False when the file ends before the element does. */
  readonly closed: boolean;
  /** Where the `<!--` stands that kept an end tag from ending the element, or null. */
  readonly swallowedBy: number | null;
}

/** The places in a notebook file that a parsed document no longer knows. */
export interface Scan {
  readonly scripts: readonly ScannedScript[];
  /** Start tags of notebook elements. */
  readonly notebooks: readonly number[];
  /** End tags of notebook elements. */
  readonly ends: readonly number[];
  /** An element, tag or comment that the file's end cuts off, or null. */
  readonly unclosed: { readonly what: string; readonly at: number } | null;
}

const rawText = new Set(["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes"]);

/**
 * Walks the markup as the HTML standard's tokenizer does, far enough to know where every script element begins and
 * ends: comments, quoted attributes, raw text and the escaped states of script data.
 */
export function scan(text: string): Scan {
  const scripts: ScannedScript[] = [];
  const notebooks: number[] = [];
  const ends: number[] = [];
  let unclosed: Scan["unclosed"] = null;
  let i = text.indexOf("<");
  while (i >= 0) {
    let next: number;
    if (text.startsWith("<!--", i)) {
      next = endOf(/--!?>/g, text, i + 2);
      if (next < 0) unclosed = { what: "a comment", at: i };
    } else {
      const name = tagName(text, i);
      if (name === null) next = i + 1;
      else {
        next = tagEnd(text, i);
        if (next < 0) unclosed = { what: `the tag <${name}`, at: i };
        else if (name === "notebook") notebooks.push(i);
        else if (name === "/notebook") ends.push(i);
        else if (name === "script") {
          const script = scriptData(text, next);
          scripts.push({ start: i, contentStart: next, ...script });
          next = script.closed ? tagEnd(text, script.contentEnd) : -1;
          if (next < 0) unclosed = { what: "a cell", at: i };
        } else if (rawText.has(name)) {
          next = endOf(new RegExp(`</${name}(?=[\\s/>])`, "gi"), text, next);
          if (next < 0) unclosed = { what: `<${name}>`, at: i };
        }
      }
    }
    i = next < 0 ? -1 : text.indexOf("<", next);
  }
  return { scripts, notebooks, ends, unclosed };
}

/** True when `content`, written between a script's tags, is all of what is read back, and the element ends where it should. */
export function isSafeScriptContent(content: string): boolean {
  const { contentEnd, closed } = scriptData(`${content}</script>`, 0);
  return closed && contentEnd === content.length;
}

/** Follows the states "script data", "escaped" and "double escaped" from `start` to the end tag. */
function scriptData(
  text: string,
  start: number,
): Pick<ScannedScript, "contentEnd" | "closed" | "swallowedBy"> {
  const token = /<!--|-->|<(\/?)script(?=[\t\n\f\r />])/gi;
  let state: "data" | "escaped" | "double" = "data";
  let comment = -1;
  let swallowedBy: number | null = null;
  token.lastIndex = start;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === "<!--") {
      if (state !== "data") continue;
      state = "escaped";
      comment = match.index;
      token.lastIndex = match.index + 2; // its dashes may close it: <!-->
    } else if (match[0] === "-->") state = "data";
    else if (match[1] === "") {
      if (state === "escaped") state = "double";
    } else if (state === "double") {
      state = "escaped";
      swallowedBy ??= comment;
    } else if (tagEnd(text, match.index) < 0) break;
    else return { contentEnd: match.index, closed: true, swallowedBy };
  }
  return { contentEnd: text.length, closed: false, swallowedBy };
}

/** The lowercased name of the tag at `at`, with a slash for an end tag, or null where no tag begins. */
function tagName(text: string, at: number): string | null {
  const name = /<(\/?[a-z][^\t\n\f\r />]*)/iy;
  name.lastIndex = at;
  return name.exec(text)?.[1].toLowerCase() ?? null;
}

/** The offset after the `>` of the tag that begins at `at`, or -1 when the text ends first. */
function tagEnd(text: string, at: number): number {
  const attribute =
    /[\t\n\f\r /]*(?:(>)|=?[^\t\n\f\r />=]*(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*"|'[^']*'|(?!["'])[^\t\n\f\r >]*))?)/y;
  attribute.lastIndex = at + 1;
  while (attribute.lastIndex < text.length) {
    const before = attribute.lastIndex;
    const match = attribute.exec(text);
    if (!match) return -1;
    if (match[1]) return attribute.lastIndex;
    if (attribute.lastIndex === before) return -1; // a quote that never closes
  }
  return -1;
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text) ? pattern.lastIndex : -1;
}
