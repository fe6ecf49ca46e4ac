import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchPart } from "../../src/base/fetch-part.ts";

const url = new URL("https://example.org/parts/engine-1.js");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A fetch that gives these answers in turn, and what it was asked. */
function answering(...answers: readonly (() => Promise<Response>)[]) {
  const asked: (RequestInit | undefined)[] = [];
  const get = (_: unknown, init?: RequestInit) => answers[asked.push(init) - 1]();
  return { asked, get: get as typeof fetch };
}

const whole = () => Promise.resolve(new Response("export {};"));
const never = () => new Promise<Response>(() => undefined);

it("gives the file's bytes", async () => {
  const { asked, get } = answering(whole);
  expect(await (await fetchPart(url, get)).text()).toBe("export {};");
  expect(asked).toHaveLength(1);
});

it("asks a second time, past the cache, when the first fails or does not answer in time", async () => {
  for (const bad of [
    () => Promise.reject(new TypeError("network")),
    () => Promise.resolve(new Response("", { status: 503 })),
    never,
  ]) {
    const { asked, get } = answering(bad, whole);
    const fetching = fetchPart(url, get);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await (await fetching).text()).toBe("export {};");
    expect(asked.map((init) => init?.cache)).toEqual([undefined, "reload"]);
    if (bad === never) expect(asked[0]?.signal?.aborted).toBe(true);
  }
});

it("asks again for a body that stops", async () => {
  const stuck = { ok: true, blob: () => new Promise<Blob>(() => undefined) } as Response;
  const { asked, get } = answering(() => Promise.resolve(stuck), whole);
  const fetching = fetchPart(url, get);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await (await fetching).text()).toBe("export {};");
  expect(asked).toHaveLength(2);
});

it("names the file and what to do when it does not come", async () => {
  const { get } = answering(never, never);
  const fetching = fetchPart(url, get).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(await fetching).toMatchObject({
    name: "WorkError",
    message: "a part of this page could not be loaded: engine-1.js: no answer within 30 s",
    details: { help: "Reload the page when the connection is back; nothing is lost." },
  });
});
