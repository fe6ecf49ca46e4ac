export type ThemeChoice = "light" | "dark" | "system";

/** The page's light or dark: what the reader chose, and what that comes to now. */
export interface Theme {
  readonly choice: ThemeChoice;
  readonly dark: boolean;
  choose(choice: ThemeChoice): void;
  onChange(listener: (dark: boolean) => void): () => void;
}

const key = "engrailed-theme";

/** Sets `data-theme` on the root element and keeps it true to the reader's choice and the system's. */
export function createTheme(
  root: HTMLElement = document.documentElement,
  storage: Pick<Storage, "getItem" | "setItem"> | null = localStorageOrNull(),
): Theme {
  const system =
    typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
  const listeners = new Set<(dark: boolean) => void>();
  let choice = readChoice(storage);
  const dark = () => (choice === "system" ? (system?.matches ?? false) : choice === "dark");
  const apply = () => {
    root.dataset.theme = dark() ? "dark" : "light";
    for (const listener of listeners) listener(dark());
  };
  system?.addEventListener("change", apply);
  apply();
  return {
    get choice() {
      return choice;
    },
    get dark() {
      return dark();
    },
    choose(next) {
      choice = next;
      try {
        storage?.setItem(key, next);
      } catch {
        // the choice then lasts as long as the page
      }
      apply();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readChoice(storage: Pick<Storage, "getItem"> | null): ThemeChoice {
  try {
    const value = storage?.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

function localStorageOrNull(): Storage | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage;
  } catch {
    return null;
  }
}
