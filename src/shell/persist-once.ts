let asked = false;

/** Asks the browser, once, not to clear what is kept when it runs short of room. */
export function persistOnce(storage: StorageManager | undefined = navigator.storage): void {
  if (asked || !storage?.persist) return;
  asked = true;
  storage.persist().catch(() => undefined);
}
