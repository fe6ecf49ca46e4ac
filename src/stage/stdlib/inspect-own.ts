import { isTable } from "../../tables/index.ts";
import { DatabaseClient } from "../data/duckdb-client.ts";
import { Experiment } from "../data/experiment.ts";
import { NotebookFile } from "../data/file-attachment.ts";
import { tableView } from "./table-view.ts";

/** Shows what the inspector would only dump: tables, experiments, files and databases. Else null. */
export function inspectOwn(value: unknown): Element | null {
  if (isTable(value)) return tableView(value);
  if (value instanceof Experiment) return experimentCard(value);
  if (value instanceof NotebookFile)
    return line(`File ${value.name}, ${value.size.toLocaleString("en")} bytes`);
  if (value instanceof DatabaseClient)
    return line(
      `SQL over ${value.tables.map((table) => table.name).join(", ") || "no tables"}. Starts with the first query.`,
    );
  return null;
}

function line(text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "value-line";
  element.textContent = text;
  return element;
}

/** What an experiment is, in a few lines, with what was noticed when it was read. */
function experimentCard(experiment: Experiment): HTMLElement {
  const card = document.createElement("section");
  card.className = "experiment-card";
  card.setAttribute("aria-label", `Experiment ${experiment.title}`);
  const { genes, samples } = experiment.shape;
  const records = genes * samples;
  const title = document.createElement("p");
  title.className = "experiment-title";
  title.textContent = experiment.title || "Experiment";
  const shape = line(
    `${number(genes)} ${genes === 1 ? "gene" : "genes"} × ${number(samples)} ${
      samples === 1 ? "sample" : "samples"
    } = ${number(records)} records, ${kindWords[experiment.kind]}${
      experiment.organism ? `, ${experiment.organism}` : ""
    }`,
  );
  card.append(title, shape);
  if (experiment.metadata.simulated) {
    const marked = line("Simulated data: not measured.");
    marked.classList.add("experiment-simulated");
    card.append(marked);
  }
  const report = experiment.report;
  if (report.numRows) {
    const list = document.createElement("ul");
    list.className = "experiment-report";
    for (let i = 0; i < report.numRows; ++i) {
      // Said above already.
      if (report.getChild("code")?.get(i) === "simulated") continue;
      const item = document.createElement("li");
      const level = String(report.getChild("level")?.get(i));
      item.className = `report-${level}`;
      const mark = document.createElement("span");
      mark.className = "report-level";
      mark.textContent = levelWords[level] ?? level;
      item.append(mark, ` ${String(report.getChild("message")?.get(i))}`);
      list.append(item);
    }
    card.append(list);
  }
  return card;
}

const levelWords: Readonly<Record<string, string>> = {
  error: "Error",
  warning: "Warning",
  info: "Note",
};

const kindWords = {
  counts: "raw counts",
  abundance: "abundance (not counts)",
  log: "log values (not counts)",
} as const;

function number(value: number): string {
  return value.toLocaleString("en");
}
