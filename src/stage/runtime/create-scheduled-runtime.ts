import { Runtime } from "@observablehq/runtime";
import { nextFrame } from "./next-frame.ts";

const hiddenPace = 250;

/**
 * Observable's runtime, with a schedule that goes on in a hidden page. It computes at animation frames, which a hidden page
 * does not get; here it then computes at once, and generators go on four times a second (browsers may make that one).
 */
export function createScheduledRuntime(global: (name: string) => unknown): Runtime {
  const runtime = new Runtime(undefined, global);
  const precompute = runtime._precompute.bind(runtime);
  runtime._computeSoon = async () => {
    await nextFrame();
    if (!runtime._disposed) await runtime._computeNow();
  };
  runtime._precompute = (callback) => {
    if (document.hidden) setTimeout(precompute, hiddenPace, callback);
    else precompute(callback);
  };
  return runtime;
}
