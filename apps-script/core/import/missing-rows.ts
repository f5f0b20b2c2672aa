/** Rows that a file held when it was last imported, and holds no more: they are kept, and somebody has to look. */

import { formatSource, sourceFiles } from "../award/import-record.ts";
import { cancelled, withdrawn } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";
import type { Remark } from "./read-rows.ts";
import { type ModelRow, type SheetModel, textOf } from "./sheet-model.ts";

/** What the tables of one file hold for one sheet. */
export interface Telling {
  readonly file: string;
  readonly model: SheetModel;
  readonly told: Set<ModelRow>;
  readonly missing: Remark[];
  /** Rows that were rejected, whose reason is reported already. */
  readonly rejected: readonly unknown[];
}

/** Adds the rows of one table to those that the others of its file hold for the same sheet. */
export function noteTold(
  tellings: Telling[],
  model: SheetModel,
  { file, missing, rejected }: Pick<Telling, "file" | "missing" | "rejected">,
  told: ReadonlySet<ModelRow>,
): void {
  const known = tellings.find((telling) => telling.file === file && telling.model === model);
  if (known) for (const row of told) known.told.add(row);
  else tellings.push({ file, model, told: new Set(told), missing, rejected });
}

/** `第 5 行` of the file as it was, from the record. */
function rowIn(row: ModelRow, file: string): number {
  const source = row.record?.sources.find((text) => text.startsWith(formatSource(file, 0).slice(0, -"0 行".length)));
  return Number(/第 (\d+) 行$/.exec(source ?? "")?.[1] ?? 0);
}

function isOver(row: ModelRow): boolean {
  const status = textOf(row, "status");
  return status === cancelled || status === withdrawn;
}

function nameRow(row: ModelRow): string {
  const parts = [textOf(row, "id") || textOf(row, "code"), textOf(row, "title") || textOf(row, "name")];
  return parts.filter((part) => part !== "").join(" ");
}

/** Who applies with what, whatever its number. */
const caseOf = (row: ModelRow) =>
  [textOf(row, "nominator"), textOf(row, "title"), textOf(row, "author1.name")].join("\u0001");

/** Reports new submissions that look like one of the workbook under another number. */
function tellRenumbered({ model, told, missing }: Telling): void {
  if (model.sheet.key !== "submissions") return;
  const fresh = [...told].filter((row) => !row.origin && textOf(row, "title") !== "");
  if (fresh.length === 0) return;
  const before = groupBy(
    model.rows.filter((row) => row.origin && !told.has(row) && !isOver(row)),
    caseOf,
  );
  for (const row of fresh) {
    for (const twin of before.get(caseOf(row)) ?? []) {
      missing.push({
        row: 0,
        column: "",
        reason: `${nameRow(row)}：像是 ${textOf(twin, "id")} 改了编号（推荐单位、案例名称、第一作者都相同），已另作一行收下，“${model.sheet.label}”表中原来的一行仍保留。确是改编号的，请在表中删去 ${textOf(twin, "id")} 那一行`,
      });
    }
  }
}

/**
 * Reports the rows that the file held before and does not now. A file that holds none of them is another one that bears the
 * same name.
 */
export function tellMissing(telling: Telling): void {
  tellRenumbered(telling);
  const { file, model, told, missing, rejected } = telling;
  const known = model.rows.filter((row) => row.origin && row.record && sourceFiles(row.record).includes(file));
  if (!known.some((row) => told.has(row))) return;
  const doubt = rejected.length > 0 ? "（本次未收下的行里可能有它）" : "";
  for (const row of known) {
    if (told.has(row) || isOver(row)) continue;
    missing.push({
      row: rowIn(row, file),
      column: "",
      reason: `${nameRow(row)}：上次导入时在这份文件里，这次没有了${doubt}，“${model.sheet.label}”表中仍保留。确已撤回的，请在表中改“状态”或删去这一行；漏掉的，请补全文件后重新导入`,
    });
  }
}
