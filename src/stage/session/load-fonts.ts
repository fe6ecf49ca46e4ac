import type { Remote } from "../../protocol/ports.ts";
import type { ShellApi } from "../../protocol/stage.ts";

/** Takes the fonts from the shell once the notebook stands; without them the page keeps the system's. */
export async function loadFonts(shell: Remote<ShellApi>): Promise<void> {
  const fonts = await shell.fonts().catch(() => []);
  for (const { family, style, weight, bytes } of fonts) {
    const face = new FontFace(family, bytes, { style, weight, display: "swap" });
    await face.load().then(
      () => document.fonts.add(face),
      () => undefined,
    );
  }
}
