import { pause } from "../../base/progress.ts";

const frameTimeout = 100;

/**
 * Resolves at the next animation frame; in a hidden page, where there are none, as soon as messages have been let in, and
 * in a frame that the browser does not draw after 100 ms.
 */
export function nextFrame(): Promise<void> {
  if (document.hidden || typeof requestAnimationFrame !== "function") return pause();
  return new Promise((resolve) => {
    const done = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", done);
      resolve();
    };
    const frame = requestAnimationFrame(done);
    const timer = setTimeout(done, frameTimeout);
    document.addEventListener("visibilitychange", done);
  });
}
