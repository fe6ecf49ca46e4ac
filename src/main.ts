import { startRealms } from "./shell/realms.ts";

const realms = startRealms();
const noop = () => {};
void realms
  .openStage(document.body, {
    ready: noop,
    changed: noop,
    status: noop,
    outline: noop,
    save: noop,
    dropped: noop,
    attach: noop,
    part: () => Promise.resolve([]),
    font: () => Promise.resolve(new ArrayBuffer(0)),
    failed: (error) => console.error(error),
  })
  .then((stage) => stage.api.open({ text: "", run: true, readOnly: false, dark: false }));
