import { h } from "./element.ts";

/** Takes files and addresses dropped anywhere on the page, and shows where files will go while they hover. */
export function acceptDrops(
  root: HTMLElement,
  {
    onFiles,
    onText,
    onNear = () => undefined,
    hint,
  }: {
    onFiles: (files: File[]) => void;
    /** An address that was dropped, or any text that was pasted outside of a field; true takes it. */
    onText: (text: string) => boolean;
    /** Files hover over the page: they may be dropped soon. */
    onNear?: () => void;
    hint: () => string;
  },
): () => void {
  const veil = h("div", { class: "drop-veil", role: "status", hidden: true }, h("p", {}));
  root.append(veil);
  let depth = 0;
  const hasFiles = (event: DragEvent) =>
    Array.from(event.dataTransfer?.types ?? []).includes("Files");
  const hasAddress = (event: DragEvent) =>
    Array.from(event.dataTransfer?.types ?? []).includes("text/uri-list") && !inField(event.target);
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
        if (++depth === 1) onNear();
        show(true);
      },
    ],
    ["dragover", (event) => (hasFiles(event) || hasAddress(event)) && event.preventDefault()],
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
        if (!hasFiles(event)) {
          if (!hasAddress(event)) return;
          event.preventDefault();
          onText(event.dataTransfer?.getData("text/uri-list") ?? "");
          return;
        }
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) onFiles(files);
      },
    ],
  ];
  for (const [type, listener] of listeners)
    window.addEventListener(type, listener as EventListener);
  const paste = (event: ClipboardEvent) => {
    if (inField(event.target)) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) onFiles(files);
    else if (!onText(event.clipboardData?.getData("text/plain") ?? "")) return;
    event.preventDefault();
  };
  window.addEventListener("paste", paste);
  return () => {
    window.removeEventListener("paste", paste);
    for (const [type, listener] of listeners)
      window.removeEventListener(type, listener as EventListener);
    veil.remove();
  };
}

/** Inside of what takes text itself. */
function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;
}
