import type { Banners } from "./banners.ts";
import type { RunState } from "./notebook-run.ts";
import type { SessionState } from "./session.ts";

export interface FrameBannersOptions {
  readonly state: SessionState;
  readonly run: RunState;
  readonly busy: boolean;
  readonly durable: boolean;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onTakeOver: () => void;
  readonly onRefresh: () => void;
  readonly onSave: () => void;
  readonly onRevert: () => void;
}

/** What must be said above the notebook: each banner shows as long as its condition holds. */
export function frameBanners(banners: Banners, options: FrameBannersOptions): void {
  const { state, run, busy } = options;
  banners.set(
    "elsewhere",
    run === "waiting" && !state.record.trusted
      ? {
          text: "This notebook comes from elsewhere and has not been run. Read it first: running it runs its code, which can use the files you attach but can’t send anything out.",
          actions: [{ label: "Run notebook", run: options.onRun }],
        }
      : null,
  );
  banners.set(
    "stopped",
    run === "stopped"
      ? {
          text: "Stopped. The text and the loaded data are still here; nothing runs until you say so.",
          actions: [{ label: "Run", run: options.onRun }],
        }
      : null,
  );
  banners.set(
    "busy",
    busy
      ? {
          text: "A cell is keeping the notebook busy.",
          tone: "warn",
          actions: [{ label: "Stop", run: options.onStop }],
        }
      : null,
  );
  banners.set("lease", leaseBanner(options));
  banners.set(
    "storage",
    state.saved === "failed"
      ? {
          text: `Your last edits are not kept: ${state.problem?.message ?? "the browser refused"}. ${state.problem?.details?.help ?? ""}`,
          tone: "bad",
          actions: [{ label: "Save to disk", run: options.onSave }],
        }
      : null,
  );
  banners.set(
    "memory",
    !options.durable && state.saved !== "original"
      ? {
          text: "This browser window keeps nothing: your changes end with this page.",
          tone: "warn",
          actions: [{ label: "Save to disk", run: options.onSave }],
        }
      : null,
  );
  banners.set(
    "newer",
    state.newer !== null && !state.readOnly
      ? {
          text: "These are your changes; the notebook they were made in has been updated since.",
          actions: [{ label: "Show the updated one", run: options.onRevert }],
        }
      : null,
  );
}

function leaseBanner({ state, onTakeOver, onRefresh }: FrameBannersOptions) {
  if (!state.readOnly) return null;
  const take = { label: "Take over", run: onTakeOver };
  if (state.elsewhere === "released")
    return {
      text: "The other tab has let go of this notebook.",
      actions: [{ label: "Edit here", run: onTakeOver }],
    };
  if (state.lease === "lost")
    return {
      text: "Another tab has taken this notebook over. Here it is read only now; what you had not saved yet is in History.",
      tone: "warn" as const,
      actions: [take],
    };
  return {
    text:
      state.elsewhere === "changed"
        ? "This notebook was changed in another tab. Here it is read only."
        : "This notebook is open in another tab. Here it is read only.",
    tone: "warn" as const,
    actions:
      state.elsewhere === "changed"
        ? [take, { label: "Show the changes", run: onRefresh }]
        : [take],
  };
}
