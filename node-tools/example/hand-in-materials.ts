import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { applicationSheetLabels, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { yes } from "../../apps-script/core/schema/choices.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { readWorkbook } from "../office-files/workbook.ts";

const cases = 3;
/** Saved by a program whose documents are not all by the standard; the same stands in the PDF beside it. */
const passedOver = "教学设计.docx";

/**
 * Files of the first recommended cases, as units hand them in: a folder for each, those of the example's clean case. In one of
 * the first the author's name stands where everybody reads it.
 * @returns how many cases
 */
export function handInMaterials(workbook: string, example: string, folder: string): number {
  const { snapshot } = readWorkbook(workbook, "input");
  const { rows } = readTable(snapshot, submissionsSheet, applicationSheetLabels);
  const recommended = rows.filter((row) => row.text("recommended") === yes).slice(0, cases);
  for (const [i, row] of recommended.entries()) {
    const own = join(folder, row.text("id"));
    mkdirSync(own, { recursive: true });
    cpSync(example, own, { recursive: true, filter: (path) => basename(path) !== passedOver });
    if (i === 0) writeFileSync(join(own, "教学反思.txt"), `${row.text("author1.name")}老师的教学反思\n`);
  }
  return recommended.length;
}
