import { openKeyboardHelp } from "./keyboard-help.ts";
import type { MenuItem } from "./menu.ts";
import { download } from "./download.ts";
import { fileName } from "./save-to-disk.ts";
import type { Session } from "./session.ts";
import { themeItems } from "./theme-button.ts";
import type { Theme } from "./theme.ts";

/** The items of the notebook's menu, as they apply now. */
export function frameMenu(options: {
  readonly session: Session;
  readonly theme: Theme;
  readonly history: () => void;
  readonly revert: () => void;
  readonly fork: () => void;
  readonly save: () => void;
  readonly saveReport: () => void;
  /** Resolves when the session has all that was typed. */
  readonly flush: () => Promise<void>;
  readonly attach: () => void;
  readonly read: () => void;
  readonly palette: () => void;
}): readonly MenuItem[] {
  const { session, theme } = options;
  const { record, readOnly, edited, newer } = session.state;
  const command = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl ";
  return [
    { label: "Fork", icon: "fork", run: options.fork },
    { label: "Save to disk", icon: "save", keys: `${command}S`, run: options.save },
    { label: "Save as report", icon: "down", run: options.saveReport },
    {
      label: "Download",
      icon: "down",
      run: async () => {
        await options.flush();
        download(new Blob([session.text], { type: "text/html" }), fileName(record.title));
      },
    },
    { label: "Read data…", icon: "experiment", run: options.read },
    { label: "Attach file…", icon: "file", disabled: readOnly, run: options.attach },
    { label: "History", apart: true, run: options.history },
    {
      label: "Revert to original",
      disabled: readOnly || (!edited && newer === null),
      run: options.revert,
    },
    { label: "Commands", keys: `${command}K`, apart: true, run: options.palette },
    { label: "Keyboard", run: () => void openKeyboardHelp() },
    ...themeItems(theme).map((item) => ({ ...item, label: `${item.label} theme` })),
  ];
}
