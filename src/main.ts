import { mountShell } from "./shell/mount-shell.ts";
import { startRealms } from "./shell/realms.ts";
import "./shell/shell.css";

/** Entry of the page: starts the engine and mounts the shell; scripts drive the page through `engrailed`. */
const shell = await mountShell(document.body, { realms: startRealms() });
Object.assign(globalThis, { engrailed: shell.automation });
