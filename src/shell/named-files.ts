import type { NamedFile } from "../protocol/import.ts";

/** Files under names of their own: of two that are called alike the second gets a number. */
export function namedFiles(files: readonly File[]): NamedFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const dot = file.name.indexOf(".", 1);
    const [stem, rest] =
      dot < 0 ? [file.name, ""] : [file.name.slice(0, dot), file.name.slice(dot)];
    let name = file.name;
    for (let n = 2; taken.has(name); ++n) name = `${stem}-${n}${rest}`;
    taken.add(name);
    return { name, blob: file };
  });
}
