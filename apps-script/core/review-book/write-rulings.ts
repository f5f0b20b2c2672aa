/** 裁定 shows which of its rows could not be applied: red, with the remedy as a note; the drop-downs offer what is valid. */
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { type NoteEdit, noteKey, type SheetPatch, type WorkbookSnapshot } from "../workbook/port.ts";
import type { ReviewTables } from "./read-review.ts";
import { reviewLayout } from "./review-workbook.ts";
import type { UnappliedRuling } from "./rulings.ts";

/** Begins the line that is ours in a note. */
const marker = "【评案簿裁定】";

function composeNote(before: string, reason: string | undefined): string {
  const own = before
    .split(/\r\n?|\n/)
    .filter((line) => !line.trim().startsWith(marker))
    .join("\n")
    .trim();
  const ours = reason === undefined ? [] : [`${marker}未生效：${reason}。`];
  return [own, ...ours].filter((part) => part !== "").join("\n");
}

/** The drop-downs of 裁定: in workbooks of earlier versions one is missing, and 参数 may have other awards by now. */
export function offerRulings(table: ReviewTables["decisions"], notice: Notice): SheetPatch {
  const { validations } = reviewLayout(table.spec, table.lastRow, notice, table);
  return { name: table.name, ...(validations ? { layout: { validations } } : {}) };
}

export function writeRulings(
  snapshot: WorkbookSnapshot,
  { decisions: table }: ReviewTables,
  { notice }: Settings,
  unapplied: readonly UnappliedRuling[],
): SheetPatch {
  // Reading notes costs a call online; where nobody has typed a ruling there is nothing to report.
  if (table.rows.length === 0) return offerRulings(table, notice);
  const notes = snapshot.sheets.find((sheet) => sheet.name === table.name)?.notes ?? new Map<string, string>();
  const cells = unapplied.map(({ row, column, reason }) => ({ row, column: table.positions.get(column) ?? 1, reason }));
  const reasons = new Map(cells.map(({ row, column, reason }) => [noteKey(row, column), reason]));
  const edits = [...new Set([...notes.keys(), ...reasons.keys()])].flatMap((key): NoteEdit[] => {
    const before = notes.get(key) ?? "";
    const after = composeNote(before, reasons.get(key));
    const [row, column] = key.split(":").map(Number) as [number, number];
    return after === before ? [] : [{ row, column, text: after === "" ? null : after }];
  });
  // Where we left no note there is no mark either, and looking for marks is saved.
  const wasMarked = [...notes.values()].some((note) => note.includes(marker));
  return {
    ...offerRulings(table, notice),
    ...(wasMarked || cells.length > 0
      ? { marks: cells.map(({ row, column }) => ({ row, column, mark: "error" as const })), notes: edits }
      : {}),
  };
}
