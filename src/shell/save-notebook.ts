import type { ShellContext } from "./context.ts";
import { saveToDisk, type DiskHandle } from "./save-to-disk.ts";
import type { Session } from "./session.ts";

/** Saves the open notebook to disk, again to the file of the last time, and says where it went. */
export async function saveNotebook(
  session: Session,
  { store, notices }: ShellContext,
): Promise<void> {
  const { id, title } = session.record;
  const kept = (await store.handle(id).catch(() => null)) as DiskHandle | null | undefined;
  const saved = await saveToDisk({ title, text: session.text, handle: kept ?? null });
  await session.flush().catch(() => undefined);
  if (saved.kind === "cancelled") return;
  if (saved.kind === "file") await store.putHandle(id, saved.handle).catch(() => undefined);
  const files = await session.files().catch(() => []);
  notices.show({
    text: saved.kind === "file" ? `Saved to ${saved.name}.` : `Downloaded as ${saved.name}.`,
    help:
      files.length > 0
        ? "The files that you attached are not part of it: they stay in this browser."
        : undefined,
  });
}
