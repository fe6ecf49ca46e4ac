import { toPlain } from "../base/errors.ts";
import { connect, serve, type Remote } from "../protocol/ports.ts";
import type { ShellApi } from "../protocol/stage.ts";
import { createEnginePort } from "./data/engine-port.ts";
import { reviveDatabase } from "./data/duckdb-client.ts";
import { reviveExperiment } from "./data/experiment.ts";
import { reviveFit } from "./data/fit.ts";
import { createStageSession } from "./session/create-stage-session.ts";
import "../base/theme.css";
import "./view/view.css";
import "./runtime/output.css";

/** Entry of the stage: called by the bootstrap with the three ports that the frame may speak through. */
export function start(ports: {
  readonly serve: MessagePort;
  readonly engine: MessagePort;
  readonly shell: MessagePort;
}): void {
  const shell: Remote<ShellApi> = connect<ShellApi>(ports.shell);
  const revive = { experiment: reviveExperiment, database: reviveDatabase, fit: reviveFit };
  const engine = createEnginePort(ports.engine, (handle, port) => revive[handle.$](handle, port));
  reportErrors(shell);
  serve(createStageSession({ root: document.body, engine, shell }), ports.serve);
  void shell.ready();
  warmFormats();
}

/** Has the browser load how numbers are written while nothing else is done: the first use takes as long as a chart. */
function warmFormats(): void {
  const warm = () => new Intl.NumberFormat("en-US").format(0.5);
  if (typeof requestIdleCallback === "function") requestIdleCallback(warm, { timeout: 1000 });
  else setTimeout(warm, 100);
}

/** Errors of handlers that no cell catches are told to the reader, a few at most; what a browser only warns of is not. */
function reportErrors(shell: Remote<ShellApi>): void {
  let told = 0;
  addEventListener("error", ({ error }) => {
    if (error !== null && error !== undefined && ++told <= 5) void shell.failed(toPlain(error));
  });
}
