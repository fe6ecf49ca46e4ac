import * as Plot from "@observablehq/plot";
import { connect, serve } from "../protocol/ports.ts";
import type { EngineClient } from "../protocol/engine.ts";
import type { ShellApi, StageApi } from "../protocol/stage.ts";
import { decode } from "../protocol/wire.ts";

export function start(ports: {
  serve: MessagePort;
  engine: MessagePort;
  shell: MessagePort;
}): void {
  const engine = connect<EngineClient>(ports.engine);
  const shell = connect<ShellApi>(ports.shell);
  serve(
    {
      async open() {
        const table = decode(await engine.call("probe", [], 1), () => null);
        const url = URL.createObjectURL(
          new Blob(["export const cell = (Plot, t) => Plot.dot(t, {x: 'x', y: 'y'}).plot()"], {
            type: "text/javascript",
          }),
        );
        const cell = await import(/* @vite-ignore */ url);
        document.body.append(cell.cell(Plot, table));
      },
    } as unknown as StageApi,
    ports.serve,
  );
  void shell.ready();
}
