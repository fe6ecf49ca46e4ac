import { readError } from "../../base/errors.ts";
import type { CallOptions } from "../../base/progress.ts";
import { archiveMembers, type ByteSource } from "../bytes/index.ts";
import { firstFew, plural, reportLine } from "../experiment/report-line.ts";
import type { ReportLine } from "../experiment/types.ts";

/** Archives within archives are opened down to this depth: GEO packs sample folders as tar.gz in a tar. */
const deepest = 3;
const mostFiles = 20_000;

/** Members that hold no counts whatever they are named after: logs, pages, pictures, sums, hidden files. */
const aside =
  /(^|\/)(\.|__MACOSX\/|README|MANIFEST|filelist\.txt$|md5)|\.(summary|log|err|json|html?|pdf|png|jpe?g|svg|md|md5|sh|py|r|rmd|yaml|yml|bed|bw|bigwig|wig|bam|bai|fa|fasta|gtf|gff3?)(\.gz)?$|Log\.(final\.|progress\.)?out$|SJ\.out\.tab$|\.cloupe$|(molecule_info|raw_gene_bc_matrices_h5|raw_feature_bc_matrix)\.h5$/i;

/** The files of a list with archives replaced by what they hold, in order; what was left aside stands in the report. */
export async function expandArchives(
  files: readonly ByteSource[],
  call: CallOptions = {},
): Promise<{ files: ByteSource[]; report: ReportLine[] }> {
  const out: ByteSource[] = [];
  const left: string[] = [];
  let opened = 0;
  const visit = async (file: ByteSource, depth: number): Promise<void> => {
    const members = await archiveMembers(file, call);
    if (members === null) {
      out.push(file);
      return;
    }
    if (depth === deepest)
      throw readError(`archives within archives: ${file.name}`, {
        file: file.name,
        expected: `at most ${deepest} within each other`,
        help: "Unpack the inner ones and open the files inside.",
      });
    opened += members.length;
    if (opened > mostFiles)
      throw readError(`archive of too many files: ${file.name}`, {
        file: file.name,
        expected: `at most ${mostFiles} files`,
      });
    if (members.length === 0)
      throw readError(`archive is empty: ${file.name}`, { file: file.name, expected: "files" });
    const before = out.length;
    for (const member of members) {
      if (member.size === 0 || aside.test(member.name)) left.push(member.name);
      else await visit(member, depth + 1);
    }
    if (out.length === before)
      throw readError(`archive holds no counts: ${file.name}`, {
        file: file.name,
        expected: "tables of counts",
        help: `It holds ${firstFew(members.map(({ name }) => name))}.`,
      });
  };
  for (const file of files) await visit(file, 0);
  const report =
    left.length === 0
      ? []
      : [
          reportLine(
            "info",
            "files-left-aside",
            `${plural(left.length, "file")} of archives that hold no counts were left aside: ${firstFew(left)}.`,
            left.length,
            left[0],
          ),
        ];
  return { files: out, report };
}
