/** What the notebook runner was asked to do. */
export interface RunArguments {
  readonly notebook: string;
  readonly attach: readonly { readonly name: string; readonly file: string }[];
  readonly values: readonly string[];
  readonly out: string;
  /** In seconds. */
  readonly timeout: number;
}

export const usage =
  "usage: npm run notebook -- NOTEBOOK.html [--attach NAME=FILE]… [--values a,b] [--out DIR] [--timeout SECONDS]";

/** The arguments of a command line, or what is wrong with them. */
export function parseArguments(argv: readonly string[]): RunArguments | string {
  let notebook: string | null = null;
  const attach: { name: string; file: string }[] = [];
  const values: string[] = [];
  let out = "notebook-output";
  let timeout = 120;
  for (let i = 0; i < argv.length; ++i) {
    const [flag, inline] = split(argv[i]);
    if (!flag.startsWith("--")) {
      if (notebook !== null) return `one notebook at a time: ${flag}`;
      notebook = argv[i];
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined || value === "") return `${flag} needs a value`;
    if (flag === "--attach") {
      const at = value.indexOf("=");
      if (at < 1 || at === value.length - 1) return `not NAME=FILE: ${value}`;
      attach.push({ name: value.slice(0, at), file: value.slice(at + 1) });
    } else if (flag === "--values") {
      values.push(
        ...value
          .split(",")
          .map((name) => name.trim())
          .filter(Boolean),
      );
    } else if (flag === "--out") {
      out = value;
    } else if (flag === "--timeout") {
      timeout = Number(value);
      if (!(timeout > 0 && timeout <= 86_400)) return `not a number of seconds: ${value}`;
    } else return `unknown option: ${flag}`;
  }
  if (notebook === null) return "which notebook?";
  return { notebook, attach, values, out, timeout };
}

/** "--flag=value" as two; "--attach" keeps its own equals sign for NAME=FILE when given apart. */
function split(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return text.startsWith("--") && at > 0
    ? [text.slice(0, at), text.slice(at + 1)]
    : [text, undefined];
}
