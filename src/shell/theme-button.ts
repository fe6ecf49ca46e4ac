import { h } from "./element.ts";
import { icon } from "./icon.ts";
import type { MenuItem } from "./menu.ts";
import { attachMenu } from "./menu.ts";
import type { Theme, ThemeChoice } from "./theme.ts";

const names: Readonly<Record<ThemeChoice, string>> = {
  light: "Light",
  dark: "Dark",
  system: "System",
};

/** The three choices as items of a menu. */
export function themeItems(theme: Theme): MenuItem[] {
  return (Object.keys(names) as ThemeChoice[]).map((choice, i) => ({
    label: names[choice],
    checked: theme.choice === choice,
    apart: i === 0,
    run: () => theme.choose(choice),
  }));
}

/** A button with the three choices of light and dark. */
export function themeButton(theme: Theme): HTMLElement {
  const button = h(
    "button",
    { class: "button-quiet button-icon", type: "button", "aria-label": "Light or dark" },
    icon("light"),
    icon("dark"),
  );
  const holder = h("span", { class: "theme-button" }, button);
  attachMenu(button, () => themeItems(theme).map((item) => ({ ...item, apart: false })));
  return holder;
}
