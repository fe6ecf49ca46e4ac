import { categories } from "../charts/colour.ts";
import { observe } from "../runtime/generators.ts";

/** The pictures' categorical colours, in order, now and whenever the page turns light or dark: `Plot.plot({color: {range: palette}})`. */
export function palette(): AsyncGenerator {
  return observe((change) => {
    const root = document.documentElement;
    const tell = (): void => void change([...categories(root.dataset.theme === "dark")]);
    tell();
    const observer = new MutationObserver(tell);
    observer.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  });
}
