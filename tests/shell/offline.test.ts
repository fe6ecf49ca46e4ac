import { afterEach, describe, expect, test, vi } from "vitest";
import { startOffline } from "../../src/shell/offline.ts";

/** A browser's service worker container, driven by hand. */
function container(controlled: boolean) {
  const target = new EventTarget();
  const posted: unknown[] = [];
  const worker = (state: string) =>
    Object.assign(new EventTarget(), {
      state,
      postMessage: (message: unknown) => posted.push(message),
    });
  const registration = Object.assign(new EventTarget(), {
    waiting: null as ReturnType<typeof worker> | null,
    installing: null as ReturnType<typeof worker> | null,
    active: null,
    update: async () => undefined,
  });
  const registered: unknown[][] = [];
  return {
    posted,
    registered,
    registration,
    worker,
    fake: Object.assign(target, {
      controller: controlled ? worker("activated") : null,
      register: async (...parameters: unknown[]) => {
        registered.push(parameters);
        return registration;
      },
    }) as unknown as ServiceWorkerContainer & { controller: unknown },
  };
}

const base = "https://example.org/app/";
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
afterEach(() => vi.useRealTimers());

describe("where it may not be", () => {
  test.each([
    ["file://", { secure: true, protocol: "file:" }],
    ["plain http", { secure: false, protocol: "http:" }],
  ])("nothing is registered over %s", async (_name, place) => {
    const { fake, registered } = container(false);
    const offline = startOffline({ base, container: fake, ...place });
    expect(offline.possible).toBe(false);
    expect(registered).toEqual([]);
    expect(await offline.contents()).toBeNull();
    await expect(offline.keepAll()).rejects.toMatchObject({ name: "StorageError" });
  });

  test("nor in a browser without service workers", () => {
    expect(startOffline({ base, container: undefined, secure: true }).possible).toBe(false);
  });
});

describe("updates", () => {
  test("the first install is not called an update", async () => {
    const { fake, registration, registered, worker } = container(false);
    const offline = startOffline({ base, container: fake, secure: true, protocol: "https:" });
    await tick();
    expect(registered).toEqual([
      [`${base}service-worker.js`, { scope: base, updateViaCache: "none" }],
    ]);
    registration.installing = worker("installed");
    registration.dispatchEvent(new Event("updatefound"));
    registration.installing.dispatchEvent(new Event("statechange"));
    expect(offline.update).toBe(false);
  });

  test("registering waits for what it is told to wait for, however that ends", async () => {
    const { fake, registered } = container(false);
    let fail: (error: Error) => void = () => undefined;
    const after = new Promise((_, reject) => (fail = reject));
    startOffline({ base, container: fake, secure: true, protocol: "https:", after });
    await tick();
    expect(registered).toEqual([]);
    fail(new Error("closed"));
    await tick();
    expect(registered).toHaveLength(1);
  });

  test("a version that waits is told; it takes over when asked, then the page reloads once", async () => {
    const { fake, registration, worker, posted } = container(true);
    const reload = vi.fn();
    const offline = startOffline({
      base,
      container: fake,
      secure: true,
      protocol: "https:",
      reload,
    });
    const told = vi.fn();
    offline.onChange(told);
    await tick();
    registration.installing = worker("installing");
    registration.dispatchEvent(new Event("updatefound"));
    expect(offline.update).toBe(false);
    registration.installing.state = "installed";
    registration.installing.dispatchEvent(new Event("statechange"));
    expect(offline.update).toBe(true);
    expect(told).toHaveBeenCalled();
    registration.waiting = registration.installing;
    offline.applyUpdate();
    expect(posted).toEqual([{ type: "activate" }]);
    expect(reload).not.toHaveBeenCalled();
    fake.dispatchEvent(new Event("controllerchange"));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  test("another tab that updated makes this one offer a reload, not reload by itself", async () => {
    const { fake } = container(true);
    const reload = vi.fn();
    const offline = startOffline({
      base,
      container: fake,
      secure: true,
      protocol: "https:",
      reload,
    });
    fake.dispatchEvent(new Event("controllerchange"));
    expect(offline.update).toBe(true);
    expect(reload).not.toHaveBeenCalled();
    offline.applyUpdate();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  test("a refused registration is said and does no harm", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { fake } = container(false);
    fake.register = async () => {
      throw new TypeError("denied");
    };
    const offline = startOffline({ base, container: fake, secure: true, protocol: "https:" });
    await tick();
    expect(offline.failed).toBe(true);
    expect(await offline.contents()).toBeNull();
    warn.mockRestore();
  });
});

test("files fetched before the worker was in charge are handed to it when it is", async () => {
  vi.useFakeTimers();
  const { fake, posted, worker } = container(false);
  const offline = startOffline({ base, container: fake, secure: true, protocol: "https:" });
  const blob = new Blob(["x"]);
  offline.keep("data/a.gz", blob);
  expect(posted).toEqual([]);
  (fake as { controller: unknown }).controller = worker("activated");
  fake.dispatchEvent(new Event("controllerchange"));
  expect(posted).toEqual([{ type: "keep", path: "data/a.gz", blob }]);
  offline.keep("data/b.gz", blob);
  expect(posted).toHaveLength(2);
});
