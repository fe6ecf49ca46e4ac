import { columnKind, columnNames, type Table } from "../../tables/index.ts";
import { plainName } from "../experiment/gene-columns.ts";

const donorNames = new Set(
  "donor donorid subject subjectid patient patientid individual individualid animal animalid mouse mouseid participant participantid caseid".split(
    " ",
  ),
);

/** Columns of a sample sheet that name donors, subjects, patients or animals. */
export function donorColumns(samples: Table): string[] {
  return columnNames(samples).filter(
    (name, j) =>
      donorNames.has(plainName(name)) && columnKind(samples.getChildAt(j)!) !== "boolean",
  );
}
