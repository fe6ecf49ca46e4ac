import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notebookText, openApp, type App } from "../support/app.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let app: App;

beforeAll(async () => {
  app = await openApp();
  app.put(
    "lanes.arrow.gz",
    readFileSync(resolve(import.meta.dirname, "../../data/marioni/marioni.arrow.gz")),
  );
  await app.open(
    app.put(
      "controls.html",
      notebookText("Controls", [
        "const lanes = readExperiment(FileAttachment('lanes.arrow.gz'));",
        "const gene = view(geneInput(lanes, {aliases: {albuminoid: 'ALB'}}));",
        "const panel = view(geneInput(lanes, {multiple: true, label: 'Panel'}));",
        "const contrast = view(contrastInput({design: '~ tissue', coefficients: ['(Intercept)', 'tissueLiver']}, {samples: lanes.samples}));",
        "const where = view(sampleFilter(lanes, {columns: ['tissue']}));",
        "const file = view(fileInput({label: 'Counts'}));",
        "`told: ${JSON.stringify({gene, panel, contrast, where, file: file?.name})}`",
      ]),
    ),
  );
  await app.settled();
});
afterAll(() => app.close());

const told = async (): Promise<Record<string, unknown>> => {
  const text = await app.stage().locator("body").innerText();
  return JSON.parse(/told: (\{.*\})/.exec(text)![1].replaceAll('\\"', '"')) as Record<
    string,
    unknown
  >;
};

describe("controls", () => {
  it("are worked by keys alone, under the names that a screen reader says", async () => {
    const { page } = app;
    const stage = app.stage();
    const gene = stage.getByRole("combobox", { name: "Gene", exact: true });
    await gene.focus();
    await page.keyboard.type("albumin");
    await stage.getByRole("option", { name: /ALB also albuminoid/ }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await told()).gene).toMatch(/^ENSG/);

    const panel = stage.getByRole("combobox", { name: "Panel" });
    await panel.focus();
    await page.keyboard.type("CRP");
    await page.keyboard.press("Enter");
    await page.keyboard.type("REN");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(async () => (await told()).panel).toHaveLength(1);
    await panel.focus();
    await page.keyboard.press("Backspace");
    await expect.poll(async () => (await told()).panel).toEqual([]);

    expect(await stage.getByRole("group", { name: "Contrast" }).count()).toBe(1);
    await stage.getByRole("button", { name: "Swap the two levels" }).focus();
    await page.keyboard.press("Enter");
    await stage.getByText("Kidney over Liver: positive means higher in Kidney").waitFor();
    await expect.poll(async () => JSON.stringify((await told()).contrast)).toContain("Liver");

    await stage.getByRole("checkbox", { name: /^Kidney/ }).focus();
    await page.keyboard.press("Space");
    await expect.poll(async () => (await told()).where).toEqual({ tissue: ["Liver"] });
    expect(await stage.getByRole("group", { name: "Samples" }).innerText()).toContain(
      "5 of 10 samples",
    );
    await stage.getByRole("button", { name: "All samples" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await told()).where).toEqual({});

    await stage.locator("input[type=file]").setInputFiles({
      name: "mine.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b\n1,2\n"),
    });
    await expect.poll(async () => (await told()).file).toBe("mine.csv");
    await stage.getByRole("button", { name: "Remove the file" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await told()).file).toBeUndefined();
  });

  it("have nothing serious for axe", async () => {
    const stage = app.stage();
    await stage.evaluate(axe);
    const found = await stage.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(root: Document): Promise<{
            violations: { id: string; impact: string; nodes: { html: string }[] }[];
          }>;
        };
      };
      return (await axe.run(document)).violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
    });
    expect(found).toEqual([]);
  });
});
