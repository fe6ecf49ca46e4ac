import { type Cell, type CellMode, runnableModes } from "../../notebook/types.ts";
import { cellMenu } from "./cell-menu.ts";
import type { Command, CommandName } from "./commands.ts";
import { openKeyboardHelp } from "./keyboard-help.ts";
import { modeNames } from "./mode-names.ts";
import { openMenu } from "./open-menu.ts";
import { openPalette } from "./palette.ts";

export interface LayersOptions {
  readonly readOnly: () => boolean;
  readonly act: (command: CommandName) => void;
  /** A dialog has been put away: the focus goes back to the notebook. */
  readonly onClose: () => void;
}

/** What opens above the notebook, one at a time. */
export interface Layers {
  cellMenu(
    anchor: HTMLElement,
    cell: Cell,
    where: { readonly open: boolean; readonly first: boolean; readonly last: boolean },
    canPaste: boolean,
  ): void;
  chooseType(anchor: HTMLElement, onChoose: (mode: CellMode) => void): void;
  palette(): void;
  help(): void;
  close(): void;
}

export function createLayers({ readOnly, act, onClose }: LayersOptions): Layers {
  let close: (() => void) | null = null;
  const available = (command: Command) => !(readOnly() && command.edits);
  const open = (make: () => () => void) => {
    close?.();
    close = make();
  };
  const closed = () => {
    close = null;
    onClose();
  };
  return {
    cellMenu: (anchor, cell, where, canPaste) =>
      open(() => openMenu({ label: "Cell", anchor, groups: cellMenu(cell, where, canPaste, act) })),
    chooseType(anchor, onChoose) {
      const items = runnableModes.map((mode) => ({
        label: modeNames[mode],
        run: () => onChoose(mode),
      }));
      open(() => openMenu({ label: "Type of the new cell", anchor, groups: [items] }));
    },
    palette: () => open(() => openPalette({ available, onChoose: act, onClose: closed })),
    help: () => open(() => openKeyboardHelp(available, closed)),
    close: () => close?.(),
  };
}
