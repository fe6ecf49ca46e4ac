import { argumentError } from "../../base/errors.ts";
import { checkOptions } from "../../base/check.ts";
import { controlFrame } from "./control-frame.ts";

export interface FileInputOptions<T> {
  readonly label?: string;
  /** What the file dialog offers: ".csv,.tsv". */
  readonly accept?: string;
  /** Several files: the value is a list. */
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  /** Makes the value of a file; the file itself by default. */
  readonly wrap?: (file: File) => T;
}

/** A control with the chosen file, null for none; or with `multiple` a list of files. */
export interface FileInput<T> extends HTMLElement {
  value: T | null | readonly T[];
}

let count = 0;

/**
 * A control that takes a file of the reader's from the file dialog or dropped on it. `value` is what `wrap` makes of it, null (or an empty list with
 * `multiple`) while there is none; it dispatches "input". The file is not read here. Setting `value` to null clears it; no other value can be set.
 */
export function fileInput<T = File>(options?: FileInputOptions<T>): FileInput<T> {
  const given = checkOptions("fileInput", options, [
    "label",
    "accept",
    "multiple",
    "disabled",
    "wrap",
  ]);
  const wrap = given.wrap ?? ((file: File) => file as unknown as T);
  const multiple = given.multiple === true;
  const id = `file-input-${++count}`;

  const frame = controlFrame("file", given.label ?? (multiple ? "Files" : "File"), id);
  const area = document.createElement("div");
  area.className = "input-file-area";
  const box = document.createElement("input");
  box.type = "file";
  box.id = id;
  box.multiple = multiple;
  box.disabled = given.disabled === true;
  if (given.accept) box.accept = given.accept;
  box.setAttribute("aria-describedby", `${id}-status`);
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Remove";
  clear.setAttribute("aria-label", multiple ? "Remove the files" : "Remove the file");
  clear.hidden = true;
  const status = document.createElement("p");
  status.id = `${id}-status`;
  status.className = "input-file-status";
  status.setAttribute("role", "status");
  area.append(box, clear);
  frame.root.append(area, status);

  const hint = "Choose one or drop it here. It stays on this computer.";
  status.textContent = hint;

  let chosen: readonly T[] = [];
  const take = (files: readonly File[]) => {
    const taken = multiple ? files : files.slice(0, 1);
    try {
      chosen = taken.map(wrap);
      status.textContent = taken
        .map((file) => `${file.name}, ${formatBytes(file.size)}`)
        .join("; ");
    } catch (error) {
      chosen = [];
      status.textContent = error instanceof Error ? error.message : String(error);
    }
    clear.hidden = chosen.length === 0;
    frame.tell();
  };
  frame.keep(box, "input", "change");
  box.addEventListener("change", () => {
    if (box.files?.length) take([...box.files]);
  });
  area.addEventListener("dragover", (event) => {
    if (box.disabled || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    area.classList.add("input-file-over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("input-file-over"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("input-file-over");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (box.disabled || !files.length) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
  const reset = () => {
    box.value = "";
    chosen = [];
    clear.hidden = true;
    status.textContent = hint;
  };
  clear.addEventListener("click", () => {
    reset();
    frame.tell();
    box.focus();
  });
  return frame.as<unknown, FileInput<T>>({
    get: () => (multiple ? chosen : (chosen[0] ?? null)),
    set(next) {
      if (next !== null && next !== undefined)
        throw argumentError(`fileInput: a file can't be set: ${String(next)}`, {
          help: "Only the reader can choose a file; null clears it.",
        });
      reset();
    },
    words: () => (chosen.length ? (status.textContent ?? "") : "none"),
  });
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let i = 0;
  while (value >= 999.5 && i < units.length - 1) {
    value /= 1000;
    ++i;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[i]}`;
}
