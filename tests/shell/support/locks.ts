/** Web Locks of one browser, as far as leases use them: ifAvailable and steal. */
export function lockManager(): LockManager {
  const held = new Map<string, { reject: (error: Error) => void }>();
  const request = (
    name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name) && !options.steal) return Promise.resolve(callback(null));
    held.get(name)?.reject(new DOMException("stolen", "AbortError"));
    return new Promise((resolve, reject) => {
      const mine = { reject };
      held.set(name, mine);
      Promise.resolve(callback({ name, mode: "exclusive" } as Lock)).then((value) => {
        if (held.get(name) === mine) held.delete(name);
        resolve(value);
      }, reject);
    });
  };
  return { request, query: () => Promise.resolve({}) } as unknown as LockManager;
}
