import { type Cell, runnableModes } from "../../notebook/types.ts";
import { allCommands, type CommandName } from "./commands.ts";
import { isRunnable, modeNames } from "./mode-names.ts";
import type { MenuItem } from "./open-menu.ts";

/** What the menu of a cell offers. */
export function cellMenu(
  cell: Cell,
  state: { readonly open: boolean; readonly first: boolean; readonly last: boolean },
  canPaste: boolean,
  run: (command: CommandName) => void,
): MenuItem[][] {
  const item = (name: CommandName, label?: string, disabled = false): MenuItem => {
    const command = allCommands.find((c) => c.name === name);
    return {
      label: label ?? command?.title ?? name,
      key: command?.keys[0],
      disabled,
      run: () => run(name),
    };
  };
  return [
    [
      item("run", "Run cell", !isRunnable(cell)),
      item("edit"),
      item("fold", state.open ? "Fold source" : "Unfold source"),
      item("pin", cell.pinned ? "Unpin source" : "Pin source open"),
      item("hide", cell.hidden ? "Show the value" : "Hide the value"),
    ],
    [
      item("insert-above"),
      item("insert-below"),
      item("move-up", "Move up", state.first),
      item("move-down", "Move down", state.last),
      item("split"),
      item("merge", undefined, state.last),
    ],
    [item("cut"), item("copy"), item("paste", undefined, !canPaste), item("delete")],
    runnableModes.map((mode) => ({
      ...item(`type-${mode}`, modeNames[mode]),
      checked: cell.mode === mode,
    })),
  ];
}
