export { createCellEditor } from "./create-cell-editor.ts";
export { highlightSource } from "./highlight-source.ts";
export type {
  BuiltinName,
  CellEditor,
  CellEditorOptions,
  CellName,
  ColumnName,
  Completions,
  EditorCommand,
  TableName,
} from "./types.ts";
