/** Where a notebook came from: shipped with the page, a file of the reader's, or another notebook. */
export type Origin =
  | { readonly kind: "shipped"; readonly path: string }
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "notebook"; readonly id: string; readonly title: string };

/** A notebook of the reader's own. Times are ms since 1970. */
export interface NotebookRecord {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly created: number;
  readonly updated: number;
  readonly origin: Origin | null;
  /** What Revert goes back to: the text that it was made from. */
  readonly originText: string;
  /** The folder that relative file names are looked up in. */
  readonly base: string;
  /** False for a notebook from elsewhere until the reader has run it. */
  readonly trusted: boolean;
}

export interface VersionRecord {
  readonly notebookId: string;
  readonly number: number;
  readonly at: number;
  readonly text: string;
}

export interface FileRecord {
  readonly notebookId: string;
  readonly name: string;
  readonly blob: Blob;
  readonly size: number;
  readonly added: number;
}

export interface LeaseRecord {
  readonly owner: string;
  /** Until when the owner holds it unless it renews, ms since 1970. */
  readonly until: number;
}

/** All that is kept of one notebook, so that deleting it can be undone. */
export interface Bundle {
  readonly notebook: NotebookRecord;
  readonly versions: readonly VersionRecord[];
  readonly files: readonly FileRecord[];
}
