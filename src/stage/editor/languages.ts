import { html } from "@codemirror/lang-html";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { PostgreSQL, SQLDialect, sql } from "@codemirror/lang-sql";
import { LanguageDescription, LanguageSupport, StreamLanguage } from "@codemirror/language";
import type { CellMode } from "../../notebook/types.ts";

/** DuckDB's grammar is near PostgreSQL's; these are the words that it adds. */
export const duckdbDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ""} qualify pivot unpivot asof positional anti semi summarize describe exclude replace columns sample macro struct list map`,
});

const texLanguage = StreamLanguage.define({
  name: "tex",
  token(stream) {
    if (stream.match(/^%.*/)) return "comment";
    if (stream.match(/^\\(?:[A-Za-z]+|.)/)) return "keyword";
    if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
    if (stream.match(/^[{}[\]]/)) return "bracket";
    if (stream.match(/^[_^&=+\-*/<>]/)) return "operator";
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "%" } },
});

/** The grammar of a cell type; none for the types that can't run here and have no parser. */
export function cellLanguage(mode: CellMode): LanguageSupport | null {
  switch (mode) {
    case "js":
    case "ojs":
    case "node":
      return javascript();
    case "ts":
      return javascript({ typescript: true });
    case "md":
      return markdown({ base: markdownLanguage, codeLanguages: fencedLanguages });
    case "html":
      return html({ autoCloseTags: true });
    case "sql":
      return sql({ dialect: duckdbDialect, upperCaseKeywords: true });
    case "tex":
      return new LanguageSupport(texLanguage);
    default:
      return null;
  }
}

const fencedLanguages = [
  LanguageDescription.of({
    name: "javascript",
    alias: ["js", "jsx", "ts", "typescript", "json"],
    support: new LanguageSupport(javascriptLanguage),
  }),
  LanguageDescription.of({
    name: "sql",
    support: new LanguageSupport(duckdbDialect.language),
  }),
];
