const id = "engrailed-inputs";

/** Puts the controls' style sheet into the document, once. */
export function ensureInputStyle(doc: Document): void {
  if (doc.getElementById(id)) return;
  const style = doc.createElement("style");
  style.id = id;
  style.textContent = sheet;
  doc.head.append(style);
}

const sheet = `
.input-gene, .input-file, .input-contrast, .input-samples { font-family: var(--font-ui, system-ui, sans-serif); font-size: var(--size-ui, 0.875rem); color: var(--ink, #1d1f24); margin: 0; max-width: 34rem; }
.input-label { display: block; margin-bottom: 0.25rem; font-size: var(--size-small, 0.8125rem); color: var(--muted, #5d616b); }
.input-gene-field { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; padding: 0.2rem 0.3rem; background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); }
.input-gene-field:focus-within { outline: 2px solid var(--focus, #b0580a); outline-offset: 1px; }
.input-gene-text { flex: 1 1 8rem; min-width: 6rem; border: 0; background: none; color: inherit; font: inherit; padding: 0.2rem 0.3rem; outline: none; }
.input-gene-text::placeholder { color: var(--muted, #5d616b); opacity: 1; }
.input-gene-chips { display: flex; flex-wrap: wrap; gap: 0.25rem; list-style: none; margin: 0; padding: 0; max-height: 9rem; overflow-y: auto; }
.input-gene-chips[hidden] { display: none; }
.input-gene-chip { display: inline-flex; align-items: center; gap: 0.1rem; padding: 0.1rem 0.1rem 0.1rem 0.5rem; background: var(--accent-soft, #e3edf4); border-radius: 4px; font-weight: 500; overflow-wrap: anywhere; }
.input-gene button { appearance: none; border: 0; background: none; color: var(--muted, #5d616b); font: inherit; line-height: 1; min-width: 1.5rem; min-height: 1.5rem; border-radius: 4px; cursor: pointer; }
.input-gene button:hover { color: var(--ink, #1d1f24); }
.input-gene button:focus-visible, .input-file button:focus-visible, .input-file input:focus-visible { outline: 2px solid var(--focus, #b0580a); outline-offset: 1px; }
.input-gene-list { position: absolute; z-index: 5; left: -1px; right: -1px; top: calc(100% + 4px); max-height: 18rem; overflow-y: auto; list-style: none; margin: 0; padding: 0.25rem; background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); box-shadow: var(--shadow, none); }
.input-gene-list[hidden] { display: none; }
.input-gene-list [role="option"] { display: flex; justify-content: space-between; gap: 1rem; padding: 0.3rem 0.5rem; border-radius: 4px; cursor: pointer; overflow-wrap: anywhere; }
.input-gene-list [role="option"]:hover { background: var(--surface, #f3f1ec); }
.input-gene-list [aria-selected="true"] { background: var(--accent-soft, #e3edf4); box-shadow: inset 2px 0 var(--accent, #1f5f8b); }
.input-gene-list small { color: var(--muted, #5d616b); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.input-gene-status, .input-file-status { margin: 0.25rem 0 0; min-height: 1.2em; font-size: 0.75rem; line-height: 1.2; color: var(--muted, #5d616b); overflow-wrap: anywhere; }
.input-gene-status.input-bad { color: var(--bad, #a4262c); }
.input-file-area { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; padding: 0.5rem; border: 1px dashed var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); }
.input-file-over { border-style: solid; border-color: var(--accent, #1f5f8b); background: var(--accent-soft, #e3edf4); }
.input-file input { font: inherit; color: inherit; max-width: 100%; }
.input-file input::file-selector-button, .input-file button { appearance: none; font: inherit; color: var(--ink, #1d1f24); background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); padding: 0.25rem 0.6rem; margin-right: 0.5rem; cursor: pointer; }
.input-contrast-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem; }
.input-contrast-row > [hidden] { display: none; }
.input-contrast-row > span { color: var(--muted, #5d616b); }
.input-contrast select { font: inherit; color: inherit; background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); padding: 0.25rem 0.4rem; max-width: 100%; }
.input-contrast button, .input-samples button { appearance: none; font: inherit; color: var(--ink, #1d1f24); background: var(--raised, #fff); border: 1px solid var(--rule-strong, #c3beb2); border-radius: var(--radius, 6px); padding: 0.25rem 0.6rem; cursor: pointer; }
.input-contrast :focus-visible, .input-samples :focus-visible { outline: 2px solid var(--focus, #b0580a); outline-offset: 1px; }
.input-contrast-words { margin: 0.35rem 0 0; font-size: var(--size-small, 0.8125rem); line-height: 1.4; overflow-wrap: anywhere; }
.input-samples { max-width: 44rem; }
.input-samples-column { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.9rem; margin: 0; padding: 0.35rem 0; border: 0; border-top: 1px solid var(--rule, #dedad1); }
.input-samples-column legend { float: left; padding: 0; margin-right: 0.6rem; min-width: 6rem; font-weight: 600; overflow-wrap: anywhere; }
.input-samples-column label { display: inline-flex; align-items: baseline; gap: 0.35rem; cursor: pointer; overflow-wrap: anywhere; }
.input-samples-column input { accent-color: var(--accent, #1f5f8b); margin: 0; align-self: center; }
.input-samples-column small { color: var(--muted, #5d616b); font-variant-numeric: tabular-nums; }
.input-samples-foot { display: flex; align-items: center; gap: 0.75rem; min-height: 2.1rem; border-top: 1px solid var(--rule, #dedad1); padding-top: 0.35rem; }
.input-samples-foot button[hidden] { display: none; }
.input-samples-status, .input-samples-none { margin: 0; font-size: var(--size-small, 0.8125rem); color: var(--muted, #5d616b); font-variant-numeric: tabular-nums; }
`;
