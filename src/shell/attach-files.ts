import { chooseFiles } from "./choose-files.ts";
import { openDialog } from "./dialog.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import type { NotebookRun } from "./notebook-run.ts";
import type { Notices } from "./notices.ts";
import type { Session } from "./session.ts";

/** Attaching: files chosen in a dialog or dropped, under their own names or the one that a cell asks for. */
export interface AttachFiles {
  choose(name?: string): Promise<void>;
  take(files: readonly File[], name?: string): Promise<void>;
}

export function attachFiles(options: {
  readonly files: NotebookFiles;
  readonly session: Session;
  readonly notices: Notices;
  readonly run: () => NotebookRun;
  readonly insert: (text: string) => void;
  readonly onChange: () => void;
}): AttachFiles {
  const { files, session, notices } = options;

  async function take(list: readonly File[], name?: string): Promise<void> {
    if (list.length === 0) return;
    if (session.state.readOnly) {
      notices.show({
        text: "Not attached: this notebook is open in another tab.",
        help: "Take over to edit it here.",
        tone: "bad",
      });
      return;
    }
    const before = new Set((await files.list()).map((file) => file.name));
    const names: string[] = [];
    for (const file of list) names.push(await files.attach(file, name));
    options.onChange();
    const known = names.some((each) => before.has(each));
    const run = options.run();
    const again = {
      label: run.state === "live" ? "Run again" : "Run",
      run: () => void run.run().catch(notices.error),
    };
    const put = {
      label: "Insert its name",
      run: () => options.insert(`FileAttachment(${JSON.stringify(names[0])})`),
    };
    notices.show({
      text:
        names.length === 1
          ? `Attached ${names[0]}. It stays in this browser.`
          : `Attached ${names.length} files. They stay in this browser.`,
      actions: known ? [again] : names.length === 1 ? [put] : [],
    });
  }

  return {
    take,
    async choose(name) {
      const active = (navigator as { userActivation?: { isActive: boolean } }).userActivation;
      if (active && !active.isActive) {
        const answer = await openDialog({
          title: name ? `Attach ${name}` : "Attach a file",
          body: "The file is kept in this browser with the notebook. It is not uploaded.",
          actions: [{ label: "Choose a file…", value: true, tone: "primary" }],
        });
        if (!answer) return;
      }
      await take(await chooseFiles({ multiple: name === undefined }), name);
    },
  };
}
