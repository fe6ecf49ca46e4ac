import { download, svgToPng } from "./save.ts";
import { html } from "./svg.ts";

/** The chart's menu: save as SVG, PNG at 1x to 4x, data as CSV. Arrow keys, Home, End and Escape as in any menu. */
export function chartMenu(
  file: string,
  label: string,
  picture: () => SVGSVGElement,
  csv: () => string,
): HTMLElement {
  const wrap = html("div", "chart-menu");
  const button = html("button", "chart-menu-button", "⋯");
  button.type = "button";
  button.title = "Save…";
  button.setAttribute("aria-label", `Save picture: ${label}`);
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  const list = html("div", "chart-menu-list");
  list.setAttribute("role", "menu");
  list.setAttribute("aria-label", "Save");
  list.hidden = true;
  const status = html("span", "chart-hidden");
  status.setAttribute("role", "status");
  const say = (text: string) => (status.textContent = text);

  const close = (refocus: boolean) => {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) button.focus();
  };
  const outside = (event: Event) => {
    if (!event.composedPath().includes(wrap)) close(false);
  };
  const item = (text: string, act: () => void | Promise<void>) => {
    const node = html("button", "", text);
    node.type = "button";
    node.tabIndex = -1;
    node.setAttribute("role", "menuitem");
    node.addEventListener("click", () => {
      close(true);
      Promise.resolve()
        .then(act)
        .then(
          () => say("saved"),
          (error: unknown) =>
            say(`could not be saved: ${error instanceof Error ? error.message : String(error)}`),
        );
    });
    return node;
  };
  const saveSvg = () => {
    const text = new XMLSerializer().serializeToString(picture());
    download(new Blob([text], { type: "image/svg+xml" }), `${file}.svg`);
  };
  const savePng = async (scale: number) =>
    download(await svgToPng(picture(), scale), `${file}${scale > 1 ? `@${scale}x` : ""}.png`);
  list.append(
    item("Picture as SVG", saveSvg),
    ...[1, 2, 3, 4].map((scale) => item(`Picture as PNG, ${scale}×`, () => savePng(scale))),
    item("Data as CSV", () => download(new Blob([csv()], { type: "text/csv" }), `${file}.csv`)),
  );
  const items = [...list.children] as HTMLElement[];
  const open = (at: number) => {
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    items.at(at)?.focus();
  };
  button.addEventListener("click", () => (list.hidden ? open(0) : close(true)));
  wrap.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement as HTMLElement);
    const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (go !== undefined) {
      if (list.hidden) open(event.key === "ArrowUp" ? -1 : 0);
      else items.at(go % items.length)?.focus();
    } else if (event.key === "Escape" && !list.hidden) close(true);
    else {
      if (event.key === "Tab") close(false);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  wrap.append(button, list, status);
  return wrap;
}
