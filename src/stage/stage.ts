import { toPlain } from "../base/errors.ts";
import { connect, serve, type Remote } from "../protocol/ports.ts";
import type { ShellApi } from "../protocol/stage.ts";
import { createEnginePort } from "./data/engine-port.ts";
import { reviveDatabase } from "./data/duckdb-client.ts";
import { reviveExperiment } from "./data/experiment.ts";
import { createStageSession } from "./session/create-stage-session.ts";
import "../base/theme.css";
import "./view/view.css";

/** Entry of the stage: called by the bootstrap with the three ports that the frame may speak through. */
export function start(ports: {
  readonly serve: MessagePort;
  readonly engine: MessagePort;
  readonly shell: MessagePort;
}): void {
  const shell: Remote<ShellApi> = connect<ShellApi>(ports.shell);
  const engine = createEnginePort(ports.engine, (handle, port) =>
    handle.$ === "experiment" ? reviveExperiment(handle, port) : reviveDatabase(handle, port),
  );
  addEventListener("error", (event) => void shell.failed(toPlain(event.error ?? event.message)));
  serve(createStageSession({ root: document.body, engine, shell }), ports.serve);
  void shell.ready();
}
