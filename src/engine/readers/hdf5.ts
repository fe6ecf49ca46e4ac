import { argumentError, readError } from "../../base/errors.ts";
import { column } from "../../tables/index.ts";
import { columnNames, strings } from "../../tables/index.ts";
import { firstFew } from "../experiment/report-line.ts";
import { isAnndata, readAnndata } from "./hdf5/anndata.ts";
import { readFrame } from "./hdf5/frame.ts";
import { openHdf5, type Hdf5 } from "./hdf5/open-hdf5.ts";
import { readTenX, tenXGroups } from "./hdf5/ten-x.ts";
import { estimatedParts } from "./quantified/read-estimates.ts";
import type { Reader } from "./types.ts";

/** HDF5 files: h5ad (anndata 0.5 to 0.11), 10x (Cell Ranger 1.2 to now) and kallisto's abundance.h5. */
export const hdf5Reader: Reader = {
  format: "hdf5",
  sheets: true,
  async read(source, options, call = {}) {
    const h5 = await openHdf5(source, call);
    try {
      if (isAnndata(h5)) return await readAnndata(h5, options, call);
      const groups = tenXGroups(h5);
      if (groups.length > 0) return await readTenX(h5, groups, options.sheet, call);
      if (h5.kind("est_counts") === "dataset" && h5.kind("aux/ids") === "dataset") {
        const counts = Array.from(h5.numbers("est_counts"));
        const lengths = Array.from(h5.numbers("aux/eff_lengths"));
        const ids = h5.strings("aux/ids");
        if (counts.length !== ids.length || lengths.length !== ids.length)
          throw readError(`columns of different lengths: ${source.name}`, { file: source.name });
        const rates = counts.map((count, i) => (lengths[i] > 0 ? count / lengths[i] : 0));
        return estimatedParts(
          { ids, counts, lengths, tpm: rates },
          "kallisto",
          false,
          options,
          source.name,
        );
      }
      throw unknownLayout(h5);
    } finally {
      h5.close();
    }
  },
  async readSheet(source, call = {}, { sheet = "obs" } = {}) {
    const h5 = await openHdf5(source, call);
    try {
      if (!isAnndata(h5)) throw unknownLayout(h5, "an h5ad file");
      if (sheet !== "obs" && sheet !== "var")
        throw argumentError(`readTable: invalid sheet: ${String(sheet)}`, {
          help: "It is obs or var.",
        });
      const { table } = readFrame(h5, sheet, sheet === "obs" ? "sample_id" : "gene_id");
      return {
        file: source.name,
        names: columnNames(table),
        nRows: table.numRows,
        text: (name) => strings(table, name),
        typed: (name) => column(table, name),
        line: () => null,
      };
    } finally {
      h5.close();
    }
  },
};

function unknownLayout(h5: Hdf5, expected = "h5ad, 10x or kallisto") {
  const keys = h5.keys("");
  const loom = keys.includes("row_attrs") && keys.includes("col_attrs");
  const seurat = keys.includes("assays") || keys.includes("cell.names");
  return readError(
    `${loom ? "a loom file" : seurat ? "an h5Seurat file" : "an HDF5 file of no layout that is known"} can't be read here: ${h5.file}`,
    {
      file: h5.file,
      expected,
      help: loom
        ? 'In Python: anndata.read_loom("…").write_h5ad("….h5ad"), and open that.'
        : seurat
          ? 'In R: SeuratDisk::Convert("….h5Seurat", dest = "h5ad"), and open that.'
          : `It holds ${firstFew(keys, 10) || "nothing"}.`,
    },
  );
}
