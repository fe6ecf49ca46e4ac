import type { Channel } from "../../../src/shell/lease.ts";

/** Channels of one name between tabs that live in one test. */
export function channelHub(): () => Channel {
  const open = new Set<{ listeners: Set<(event: MessageEvent) => void> }>();
  return () => {
    const end = { listeners: new Set<(event: MessageEvent) => void>() };
    open.add(end);
    return {
      postMessage(data) {
        for (const other of open)
          if (other !== end)
            for (const listener of other.listeners)
              queueMicrotask(() => listener({ data } as MessageEvent));
      },
      addEventListener: (_type, listener) => end.listeners.add(listener),
      close: () => open.delete(end),
    };
  };
}
