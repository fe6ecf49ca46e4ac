import { openDialog } from "./dialog.ts";
import { h } from "./element.ts";

/** The address of another site in a dropped or pasted text that is nothing but that; null otherwise. */
export function foreignAddress(text: string, own: string): URL | null {
  const line = text
    .split(/\r?\n/)
    .map((one) => one.trim())
    .find((one) => one !== "" && !one.startsWith("#"));
  if (!line || line.length > 4000 || !/^https?:\/\/\S+$/i.test(line)) return null;
  try {
    const url = new URL(line);
    return url.origin === new URL(own).origin ? null : url;
  } catch {
    return null;
  }
}

/** Says that this page fetches nothing from other sites, and where the file is. */
export async function showForeignAddress(url: URL): Promise<void> {
  await openDialog({
    title: "An address of another site",
    body: h(
      "div",
      { class: "foreign" },
      h(
        "p",
        {},
        h(
          "a",
          { href: url.href, target: "_blank", rel: "noopener noreferrer" },
          url.href,
          h("span", { class: "visually-hidden" }, " (opens in a new tab)"),
        ),
      ),
      h("p", {}, "Download it and drop it here."),
      h(
        "p",
        { class: "muted" },
        "This page fetches nothing from other sites, so that no notebook can send your data anywhere.",
      ),
    ),
  });
}
