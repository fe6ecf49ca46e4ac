import { encode } from "../protocol/wire.ts";
import { moved, serve, type Endpoint } from "../protocol/ports.ts";
import { float64, makeTable } from "../tables/index.ts";

export function start(): void {
  serve(
    {
      connect(port: MessagePort) {
        serve(
          {
            call() {
              const transfer: Transferable[] = [];
              const t = makeTable({ x: float64([1, 2, 3]), y: float64([3, 1, 2]) });
              return moved(encode(t, () => undefined, transfer) as object, transfer);
            },
          },
          port,
        );
      },
    },
    self as unknown as Endpoint,
  );
}
