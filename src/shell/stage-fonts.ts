import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import serifItalic from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2?url";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2?url";
import mono from "@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-wght-normal.woff2?url";
import type { FontFile } from "../protocol/stage.ts";

const faces = [
  { family: "Inter Variable", style: "normal", weight: "100 900", url: inter },
  { family: "Source Serif 4 Variable", style: "normal", weight: "200 900", url: serif },
  { family: "Source Serif 4 Variable", style: "italic", weight: "200 900", url: serifItalic },
  { family: "Spline Sans Mono Variable", style: "normal", weight: "300 700", url: mono },
] as const;

/** The page's fonts as bytes, for the stage, which can't fetch them. One that can't be had is left out. */
export async function stageFonts(): Promise<FontFile[]> {
  const fonts = await Promise.all(
    faces.map(async ({ url, ...face }) => {
      const response = await fetch(new URL(url, document.baseURI)).catch(() => null);
      return response?.ok ? { ...face, bytes: await response.arrayBuffer() } : null;
    }),
  );
  return fonts.filter((font) => font !== null);
}
