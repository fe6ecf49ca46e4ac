/**
 * The one inline script of the stage: takes away what could talk to the network past the policy, waits for
 * the shell's port, and imports the stage's entry from the parts that come over it.
 */
import { createPartLoader, type Part } from "../base/parts.ts";

interface Boot {
  readonly engrailed: "boot";
  readonly entry: string;
  readonly parts: readonly Part[];
  readonly css: string;
}

/** What the shell says to the name of a part. */
type Answer = { readonly file: string } & (
  { readonly parts: readonly Part[] } | { readonly problem: string }
);

for (const name of [
  "RTCPeerConnection",
  "webkitRTCPeerConnection",
  "RTCDataChannel",
  "RTCIceTransport",
  "WebTransport",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
])
  Object.defineProperty(globalThis, name, {
    value: undefined,
    writable: false,
    configurable: false,
  });

addEventListener(
  "message",
  (event: MessageEvent<Boot>) => {
    const boot = event.data;
    const [servePort, enginePort, partPort, shellPort] = event.ports;
    if (event.source !== parent || boot?.engrailed !== "boot" || !shellPort) return;
    const waiting = new Map<string, (answer: Answer) => void>();
    partPort.onmessage = ({ data }: MessageEvent<Answer>) => {
      waiting.get(data.file)?.(data);
      waiting.delete(data.file);
    };
    const loader = createPartLoader(async (file) => {
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(file, resolve);
        partPort.postMessage(file);
      });
      if ("problem" in answer) throw new Error(answer.problem);
      return answer.parts;
    });
    loader.add(boot.parts);
    Object.defineProperty(globalThis, "__part", {
      value: (file: string) => loader.load(file.replace("./", "")),
    });
    const style = document.createElement("style");
    style.textContent = boot.css;
    document.head.append(style);
    void loader.load(boot.entry).then((stage) => {
      (stage.start as (ports: Record<string, MessagePort>) => void)({
        serve: servePort,
        engine: enginePort,
        shell: shellPort,
      });
    });
  },
  { once: true },
);
