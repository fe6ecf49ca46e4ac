import { openDialog } from "./dialog.ts";
import { h } from "./element.ts";

/** The keys of the notebook, in two groups: those of a chosen cell, and those that work anywhere. */
export async function openKeyboardHelp(): Promise<void> {
  const command = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      "Anywhere",
      [
        ["Shift Enter", "Run the cell and go to the next"],
        [`${command} S`, "Save to disk"],
        [`${command} K`, "Command palette"],
        [`${command} Z`, "Undo"],
      ],
    ],
    [
      "With a cell chosen",
      [
        ["Enter", "Edit the cell"],
        ["Esc", "Leave the editor"],
        ["J or ↓", "Next cell"],
        ["K or ↑", "Previous cell"],
        ["A", "Add a cell above"],
        ["B", "Add a cell below"],
        ["D D", "Delete the cell"],
        ["Z", "Undo the deletion"],
      ],
    ],
  ];
  await openDialog({
    title: "Keyboard",
    body: h(
      "div",
      { class: "keys" },
      ...groups.map(([title, keys]) =>
        h(
          "section",
          {},
          h("h3", {}, title),
          h(
            "dl",
            {},
            ...keys.flatMap(([key, words]) => [
              h(
                "dt",
                {},
                ...key.split(" ").map((part) => (part === "or" ? " or " : h("kbd", {}, part))),
              ),
              h("dd", {}, words),
            ]),
          ),
        ),
      ),
    ),
  });
}
