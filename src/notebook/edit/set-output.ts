import { argumentError } from "../../base/errors.ts";
import type { Notebook } from "../types.ts";
import { changeCell } from "./find-cell.ts";

/** The notebook with a cell's value exposed under a name, or no longer where `name` is empty. A name must be an identifier. */
export function setOutput(notebook: Notebook, id: number, name: string): Notebook {
  const output = name.trim();
  if (output !== "" && !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(output))
    throw argumentError(`invalid output name: ${output}`, {
      help: "A name is letters, digits and _, and does not begin with a digit.",
    });
  return changeCell(notebook, id, (cell) => {
    if ((cell.output ?? "") === output) return cell;
    const { output: _output, ...rest } = cell;
    return output === "" ? rest : { ...rest, output };
  });
}
