import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { numbers, strings, tableFromBytes } from "../../src/tables/index.ts";

/** Which experiments that ship are analysed in R too, and the sample columns that the designs use. */
const experiments = [
  { name: "marioni", file: "marioni/marioni.arrow.gz", columns: ["tissue"] },
  { name: "g85r", file: "als/g85r.arrow.gz", columns: ["sex", "genotype"] },
  { name: "g86r", file: "als/g86r.arrow.gz", columns: ["sex", "genotype"] },
];

/** R's results of experiments that ship, each a CSV text: p and log2 fold change by gene and method (make.R). */
export function agreement(data: string): { name: string; csv: string }[] {
  const folder = mkdtempSync(join(tmpdir(), "engrailed-agreement-"));
  try {
    for (const { name, file, columns } of experiments) {
      const table = tableFromBytes(gunzipSync(readFileSync(join(data, file))));
      const samples = table.schema.fields.filter(
        (field) => field.metadata.get("engrailed.role") === "sample",
      );
      const ids = strings(table, "gene_id");
      const values = samples.map((field) => numbers(table, field.name));
      const rows = ids.map((id, g) =>
        [id, ...values.map((column) => String(column[g]))].join("\t"),
      );
      const head = ["gene_id", ...samples.map((field) => field.name)].join("\t");
      writeFileSync(join(folder, `${name}.counts.tsv`), `${[head, ...rows].join("\n")}\n`);
      const sheet = samples.map((field) =>
        [field.name, ...columns.map((column) => field.metadata.get(column))].join("\t"),
      );
      writeFileSync(
        join(folder, `${name}.samples.tsv`),
        `${[["sample_id", ...columns].join("\t"), ...sheet].join("\n")}\n`,
      );
    }
    execFileSync("Rscript", ["--vanilla", join(data, "agreement/make.R"), folder], {
      stdio: "inherit",
    });
    return experiments.map(({ name }) => ({
      name,
      csv: readFileSync(join(folder, `${name}.csv`), "utf8"),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
