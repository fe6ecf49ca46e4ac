import { h } from "./element.ts";
import type { NoticeAction } from "./notices.ts";

export interface Banner {
  readonly text: string;
  readonly tone?: "plain" | "warn" | "bad";
  readonly actions?: readonly NoticeAction[];
}

/** Lines that stay above the notebook as long as what they say is so. */
export interface Banners {
  readonly element: HTMLElement;
  /** Shows, changes or (with null) takes away the banner of that name. */
  set(name: string, banner: Banner | null): void;
}

export function createBanners(): Banners {
  const element = h("div", { class: "banners", role: "status", "aria-live": "polite" });
  const shown = new Map<string, { node: HTMLElement; key: string }>();
  return {
    element,
    set(name, banner) {
      const old = shown.get(name);
      const key = banner ? JSON.stringify([banner.text, banner.tone, banner.actions?.length]) : "";
      if (old?.key === key) return;
      old?.node.remove();
      shown.delete(name);
      if (!banner) return;
      const node = h(
        "div",
        { class: `banner banner-${banner.tone ?? "plain"}` },
        h("p", {}, banner.text),
        ...(banner.actions ?? []).map((action, i) =>
          h(
            "button",
            {
              class: i === 0 ? "button button-small" : "button-link",
              type: "button",
              onclick: () => action.run(),
            },
            action.label,
          ),
        ),
      );
      element.append(node);
      shown.set(name, { node, key });
    },
  };
}
