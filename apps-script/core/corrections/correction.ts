/** 一键更正: what one cell holds and should hold, as hosts show and write it. */

import { readAwardTables } from "../award/read-award.ts";
import { typedTables } from "../check/judge.ts";
import { groupBy } from "../text/group-by.ts";
import { cellText } from "../workbook/cell-text.ts";
import {
  type CellEdit,
  type CellValue,
  type NoteEdit,
  noteKey,
  type SheetPatch,
  type WorkbookSnapshot,
} from "../workbook/port.ts";

export const correctAction = "一键更正";

export interface Place {
  /** The name the sheet bears in this workbook. */
  readonly sheet: string;
  /** 1-based. */
  readonly row: number;
  /** The label of the column. */
  readonly column: string;
}

/** One cell: what stands there, what it should hold, why. */
export interface Correction extends Place {
  readonly from: string;
  readonly to: string;
  /** `to` as it is written: a date is a date. */
  readonly value: CellValue;
  /** Of the gravest finding that goes with it; DATA-CLEANED where none does. */
  readonly code: string;
  /** In Chinese, without a full stop. */
  readonly reason: string;
}

/** A cell that would be mended if it were not for the reason. */
export interface LeftCell extends Place {
  readonly from: string;
  /** In Chinese, without a full stop. */
  readonly reason: string;
}

/** Begins the line that a note gets. */
const noteMark = "【评案簿更正】";

/**
 * Writes corrections, each with a note of what was there; what the note said before stays above. A cell that holds
 * something else by now is passed over.
 *
 * @returns the patches, and the corrections that they write
 * @throws WorkbookStructureError when a sheet or column is missing
 */
export function patchCorrections<C extends Place & Pick<Correction, "from" | "value">>(
  snapshot: WorkbookSnapshot,
  corrections: readonly C[],
): { readonly sheets: SheetPatch[]; readonly written: C[] } {
  const bySheet = groupBy(corrections, ({ sheet }) => sheet);
  const written: C[] = [];
  const sheets = typedTables(readAwardTables(snapshot)).flatMap((table): SheetPatch[] => {
    const notesNow = snapshot.sheets.find(({ name }) => name === table.name)?.notes;
    const records = new Map(table.rows.map((record) => [record.row, record]));
    const columns = new Map(table.spec.columns.map((column) => [column.label, column.key]));
    const edits: CellEdit[] = [];
    const notes: NoteEdit[] = [];
    for (const correction of bySheet.get(table.name) ?? []) {
      const { row, column: label, from, value } = correction;
      const key = columns.get(label) ?? "";
      const column = table.positions.get(key);
      const raw = records.get(row)?.raw(key) ?? null;
      const isFormula = typeof raw === "object" && raw?.kind === "formula";
      if (column === undefined || isFormula || cellText(raw) !== from) continue;
      written.push(correction);
      edits.push({ row, column, value });
      const said = notesNow?.get(noteKey(row, column)) ?? "";
      const own = `${noteMark}原为“${from}”`;
      // An attempt that was interrupted may have left it.
      if (!said.split("\n").includes(own)) notes.push({ row, column, text: said === "" ? own : `${said}\n${own}` });
    }
    return edits.length === 0 ? [] : [{ name: table.name, edits, notes }];
  });
  return { sheets, written };
}

const nameOf = ({ sheet, row, column }: Place) => `${sheet} 第 ${row} 行 ${column}`;

/** `案例 第 5 行 联系电话：“１３９…”改为“139…”（电话统一写法）` */
export function describeCorrection(correction: Correction): string {
  const { from, to, reason } = correction;
  return `${nameOf(correction)}：“${from}”${to === "" ? "清空" : `改为“${to}”`}（${reason}）`;
}

export const describeLeft = (cell: LeftCell): string => `${nameOf(cell)}：“${cell.from}”没有改，${cell.reason}`;

/** For 日志: how many cells of which columns, the most first. */
export function summariseCorrections(corrections: readonly Correction[]): string {
  const columns = [...groupBy(corrections, ({ sheet, column }) => `${sheet}“${column}”`)];
  const counted = columns.sort(([, a], [, b]) => b.length - a.length).map(([name, { length }]) => `${name} ${length}`);
  return [`更正 ${corrections.length} 处`, ...(counted.length > 0 ? [counted.join("、")] : [])].join("：");
}
