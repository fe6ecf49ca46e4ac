import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { type SQLNamespace, schemaCompletionSource } from "@codemirror/lang-sql";
import { duckdbDialect } from "./languages.ts";
import type { ColumnName, Completions, TableName } from "./types.ts";

/**
 * Completes tables, columns after a table's name or alias and a dot, and bare columns of the tables that
 * the query names, or of all while it names none.
 */
export async function completeSql(
  context: CompletionContext,
  complete: () => Completions,
): Promise<CompletionResult | null> {
  const { tables } = complete();
  const source = schemaCompletionSource({ dialect: duckdbDialect, schema: namespace(tables) });
  const found = await source(context);
  const bare = bareColumns(context, tables);
  if (!bare) return found;
  if (!found || found.from !== bare.from) return found ?? bare;
  return { ...found, options: [...bare.options, ...found.options] };
}

function bareColumns(
  context: CompletionContext,
  tables: readonly TableName[],
): CompletionResult | null {
  const word = context.matchBefore(/(?<![.\w"])[A-Za-z_]\w*/);
  const from = word?.from ?? context.pos;
  if (!word && !context.explicit) return null;
  if (!word && context.state.sliceDoc(from - 1, from) === ".") return null;
  const text = context.state.doc.toString().toLowerCase();
  const named = tables.filter(({ name }) => mentions(text, name.toLowerCase()));
  const options = (named.length ? named : tables).flatMap(({ name, columns }) =>
    columns.map((column) => columnOption(column, { detail: name, boost: 3 })),
  );
  return options.length ? { from, options, validFor: /^\w*$/ } : null;
}

function mentions(text: string, table: string): boolean {
  const last = table.slice(table.lastIndexOf(".") + 1);
  return new RegExp(`\\b(?:from|join)\\b[^;]*\\b${escape(last)}\\b`).test(text);
}

function escape(text: string): string {
  return text.replace(/[^\w]/g, "\\$&");
}

function namespace(tables: readonly TableName[]): SQLNamespace {
  const root: Record<string, SQLNamespace> = {};
  for (const { name, columns } of tables) {
    const dot = name.indexOf(".");
    const options = columns.map((column) => columnOption(column, {}));
    if (dot < 0) root[name] ??= table(name, options);
    else {
      const schema = name.slice(0, dot);
      const members = (root[schema] ??= {}) as Record<string, SQLNamespace>;
      members[name.slice(dot + 1)] = table(name.slice(dot + 1), options);
    }
  }
  return root;
}

function table(label: string, children: Completion[]): SQLNamespace {
  return { self: { label, type: "type", detail: "table" }, children };
}

function columnOption(column: string | ColumnName, extra: Partial<Completion>): Completion {
  const { name, type } = typeof column === "string" ? { name: column } : column;
  const detail = [extra.detail, type].filter(Boolean).join(", ");
  const plain = /^[A-Za-z_]\w*$/.test(name);
  return {
    ...extra,
    label: name,
    type: "property",
    ...(detail ? { detail } : {}),
    ...(plain ? {} : { apply: `"${name.replaceAll('"', '""')}"` }),
  };
}
