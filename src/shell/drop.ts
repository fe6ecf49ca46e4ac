import { h } from "./element.ts";

/** Takes files dropped anywhere on the page, and shows where they will go while they hover. */
export function acceptDrops(
  root: HTMLElement,
  { onFiles, hint }: { onFiles: (files: File[]) => void; hint: () => string },
): () => void {
  const veil = h("div", { class: "drop-veil", role: "status", hidden: true }, h("p", {}));
  root.append(veil);
  let depth = 0;
  const hasFiles = (event: DragEvent) =>
    Array.from(event.dataTransfer?.types ?? []).includes("Files");
  const show = (visible: boolean) => {
    if (visible) veil.firstElementChild!.textContent = hint();
    veil.hidden = !visible;
  };
  const listeners: [string, (event: DragEvent) => void][] = [
    [
      "dragenter",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        ++depth;
        show(true);
      },
    ],
    ["dragover", (event) => hasFiles(event) && event.preventDefault()],
    [
      "dragleave",
      (event) => {
        if (!hasFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) show(false);
      },
    ],
    [
      "drop",
      (event) => {
        depth = 0;
        show(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) onFiles(files);
      },
    ],
  ];
  for (const [type, listener] of listeners)
    window.addEventListener(type, listener as EventListener);
  return () => {
    for (const [type, listener] of listeners)
      window.removeEventListener(type, listener as EventListener);
    veil.remove();
  };
}
