/** What the reader can ask of the notebook: the palette, the help, the menus and the keys are made from this list. */
export interface Command {
  readonly name: string;
  readonly title: string;
  readonly group: "Run" | "Move" | "Cell" | "Type" | "Source" | "Notebook";
  /** Keys of command mode, as `keyName` writes them; "d d" is a sequence. */
  readonly keys: readonly string[];
  /** Works while a cell's source is being edited, by this key. */
  readonly editKeys?: readonly string[];
  /** Changes the document, so a read-only notebook does not have it. */
  readonly edits?: boolean;
  /** Of no use in a list: moving about, the palette itself. */
  readonly quiet?: boolean;
}

export const commands = [
  {
    name: "run-advance",
    title: "Run cell and go to the next",
    group: "Run",
    keys: ["Shift-Enter"],
    editKeys: ["Shift-Enter"],
  },
  { name: "run", title: "Run cell", group: "Run", keys: ["Mod-Enter"], editKeys: ["Mod-Enter"] },
  {
    name: "run-insert",
    title: "Run cell and insert one below",
    group: "Run",
    keys: ["Alt-Enter"],
    editKeys: ["Alt-Enter"],
    edits: true,
  },
  {
    name: "run-all",
    title: "Run all cells",
    group: "Run",
    keys: ["Mod-Shift-Enter"],
    editKeys: ["Mod-Shift-Enter"],
  },
  { name: "run-edited", title: "Run edited cells", group: "Run", keys: [] },
  { name: "edit", title: "Edit source", group: "Source", keys: ["Enter"] },
  {
    name: "leave",
    title: "Leave editing; again: fold",
    group: "Source",
    keys: ["Escape"],
    editKeys: ["Escape"],
    quiet: true,
  },
  { name: "fold", title: "Fold or unfold source", group: "Source", keys: ["o"] },
  { name: "pin", title: "Pin source open", group: "Source", keys: ["p"], edits: true },
  { name: "unfold-all", title: "Unfold all sources", group: "Source", keys: [] },
  { name: "fold-all", title: "Fold all sources", group: "Source", keys: [] },
  { name: "next", title: "Next cell", group: "Move", keys: ["j", "ArrowDown"], quiet: true },
  { name: "previous", title: "Previous cell", group: "Move", keys: ["k", "ArrowUp"], quiet: true },
  { name: "first", title: "First cell", group: "Move", keys: ["g g"], quiet: true },
  { name: "last", title: "Last cell", group: "Move", keys: ["G"], quiet: true },
  { name: "next-failed", title: "Next failed cell", group: "Move", keys: ["e"] },
  { name: "insert-above", title: "Insert cell above", group: "Cell", keys: ["a"], edits: true },
  { name: "insert-below", title: "Insert cell below", group: "Cell", keys: ["b"], edits: true },
  {
    name: "move-up",
    title: "Move cell up",
    group: "Cell",
    keys: ["Alt-ArrowUp"],
    edits: true,
  },
  {
    name: "move-down",
    title: "Move cell down",
    group: "Cell",
    keys: ["Alt-ArrowDown"],
    edits: true,
  },
  {
    name: "split",
    title: "Split cell at cursor",
    group: "Cell",
    keys: ["Ctrl-Shift--", "Mod-Shift--"],
    editKeys: ["Ctrl-Shift--", "Mod-Shift--"],
    edits: true,
  },
  { name: "merge", title: "Merge with next cell", group: "Cell", keys: ["M"], edits: true },
  { name: "cut", title: "Cut cell", group: "Cell", keys: ["x"], edits: true },
  { name: "copy", title: "Copy cell", group: "Cell", keys: ["c"] },
  { name: "paste", title: "Paste cell below", group: "Cell", keys: ["v"], edits: true },
  { name: "hide", title: "Show or hide the value", group: "Cell", keys: [], edits: true },
  { name: "delete", title: "Delete cell", group: "Cell", keys: ["d d"], edits: true },
  { name: "type-js", title: "Change to JavaScript", group: "Type", keys: ["y"], edits: true },
  { name: "type-ts", title: "Change to TypeScript", group: "Type", keys: [], edits: true },
  { name: "type-md", title: "Change to Markdown", group: "Type", keys: ["m"], edits: true },
  { name: "type-html", title: "Change to HTML", group: "Type", keys: [], edits: true },
  { name: "type-sql", title: "Change to SQL", group: "Type", keys: [], edits: true },
  { name: "type-tex", title: "Change to TeX", group: "Type", keys: [], edits: true },
  { name: "undo", title: "Undo", group: "Notebook", keys: ["z", "Mod-z"], edits: true },
  { name: "redo", title: "Redo", group: "Notebook", keys: ["Z", "Mod-Shift-z"], edits: true },
  {
    name: "save",
    title: "Save",
    group: "Notebook",
    keys: ["Mod-s"],
    editKeys: ["Mod-s"],
  },
  {
    name: "palette",
    title: "All commands",
    group: "Notebook",
    keys: ["Mod-k"],
    editKeys: ["Mod-k"],
    quiet: true,
  },
  { name: "help", title: "Keyboard help", group: "Notebook", keys: ["?"] },
  { name: "menu", title: "Menu of the cell", group: "Notebook", keys: ["."], quiet: true },
] as const satisfies readonly Command[];

export type CommandName = (typeof commands)[number]["name"];

/** The list again, as plain records. */
export const allCommands: readonly (Command & { readonly name: CommandName })[] = commands;
