import type { Page } from "playwright-core";

/** The first page, at rest, with no block of its own counted. */
export async function home(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#home`);
  await page.reload();
  await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    (globalThis as unknown as { blocks: unknown[] }).blocks.length = 0;
  });
}

/** From the drop of files that lie in memory until the panel says what they make, in ms. */
export async function dropped(
  page: Page,
  origin: string,
  names: readonly string[],
  says: RegExp,
): Promise<number> {
  await home(page, origin);
  await load(page, names);
  return page.evaluate(dropAndWait, says.source);
}

/** From Stop to the panel at rest, in ms. */
export async function stopped(
  page: Page,
  origin: string,
  names: readonly string[],
): Promise<number> {
  await home(page, origin);
  await load(page, names);
  page.evaluate(dropAndWait, "^nothing of the kind").catch(() => undefined);
  return pressStop(page);
}

/** Presses Stop 100 ms after something began to be read, or at once where it has been for longer; in ms until the panel rests. */
export function pressStop(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const work = () => document.querySelector<HTMLElement>(".import-work");
        const until = performance.now() + 5000;
        const seen = () => {
          const button = work()?.hidden === false ? work()?.querySelector("button") : null;
          if (button) setTimeout(press, 100);
          else if (performance.now() < until) requestAnimationFrame(seen);
          else fail(new Error("nothing is being read"));
        };
        const press = () => {
          const button = work()?.querySelector("button");
          if (!button || work()?.hidden !== false) return fail(new Error("it was read already"));
          const start = performance.now();
          const watch = () => {
            if (work()?.hidden !== false) done(performance.now() - start);
            else requestAnimationFrame(watch);
          };
          button.click();
          watch();
        };
        seen();
      }),
  );
}

async function load(page: Page, names: readonly string[]): Promise<void> {
  await page.evaluate(async (list) => {
    const files: File[] = [];
    for (const name of list)
      files.push(new File([await (await fetch(`bench/${name}`)).arrayBuffer()], name));
    Object.assign(globalThis, { dropping: files });
  }, names);
}

/**
 * In the page: drags the files over it for 300 ms, drops them and waits until the panel's words match; a problem is an
 * error. The time is from the drop.
 */
async function dropAndWait(pattern: string): Promise<number> {
  const transfer = new DataTransfer();
  for (const file of (globalThis as unknown as { dropping: File[] }).dropping)
    transfer.items.add(file);
  const says = new RegExp(pattern);
  const send = (type: string) =>
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  send("dragenter");
  send("dragover");
  await new Promise((done) => setTimeout(done, 300));
  return new Promise((done, fail) => {
    const start = performance.now();
    const look = () => {
      const words = document.querySelector(".import-words");
      const text = words?.textContent ?? "";
      if (says.test(text)) done(performance.now() - start);
      else if (words?.classList.contains("import-problem"))
        fail(new Error(document.querySelector("dialog")?.innerText.slice(0, 300)));
      else return;
      watcher.disconnect();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    });
    send("drop");
  });
}

/** Chooses a file of the disk, as the button does. */
export async function choose(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Open/ }).first().click();
  const menu = page.getByRole("menuitem", { name: /file/i });
  if ((await menu.count()) > 0) await menu.first().click();
  await (await chooser).setFiles(path);
  await page.locator("dialog .import-words").waitFor();
}

export async function shows(page: Page, says: RegExp): Promise<void> {
  await page.waitForFunction(
    (pattern) =>
      new RegExp(pattern).test(document.querySelector(".import-words")?.textContent ?? ""),
    says.source,
    { timeout: 380_000, polling: 200 },
  );
}

/** The longest time that the page did not answer since it was opened, in ms. */
export const longest = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { blocks } = globalThis as unknown as { blocks: (readonly [number, number])[] };
    return Math.max(0, ...blocks.map(([, duration]) => duration));
  });
