import type { ColumnKind, SheetSpec } from "../schema/sheet-spec.ts";
import { timeCellToDuration, writeDuration } from "../text/duration.ts";
import { type CellEdit, type CellValue, noteKey, type SheetSnapshot } from "../workbook/port.ts";

/** Columns whose numbers name something: there a number is the text that people see, zeros and letters of its format included. */
export const namingKinds: readonly ColumnKind[] = ["identifier", "name", "choice", "list"];

/** From here on a number is ruined however it is shown. */
const ruinedFrom = 1e15;

/**
 * What to report of a number cell that shows this text (null: nobody knows): undefined where it shows its digits,
 * thousands separators, decimals of zero and an exponent aside, which are how programs write numbers and name nothing; null
 * where digits are lost in what it shows.
 */
export function seenText(value: number, display: string | null): string | null | undefined {
  if (Math.abs(value) >= ruinedFrom) return undefined;
  if (display === null) return null;
  const grouped = display.trim().replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
  const text = Number.isInteger(value) ? grouped.replace(/(\d)\.0+(?!\d)/, "$1") : grouped;
  if (text === String(value) || /\dE[+-]?\d+$/i.test(text)) return undefined;
  const digits = (shown: string) => shown.replace(/\D/g, "");
  return digits(text).includes(digits(String(value))) ? text : null;
}

type Shown = Pick<SheetSnapshot, "shown">;

/** Whether a cell may be taken for what it shows, where its column names something. */
export function holdsNumber(value: CellValue): boolean {
  const plain = typeof value === "object" && value?.kind === "formula" ? value.result : value;
  return typeof plain === "number" && Math.abs(plain) < ruinedFrom;
}

/** A cell as a column of this kind takes it. */
export function asShown(sheet: Shown, row: number, column: number, kind: ColumnKind, value: CellValue): CellValue {
  if (!holdsNumber(value) || !namingKinds.includes(kind)) return value;
  const text = sheet.shown?.get(noteKey(row, column));
  if (typeof text !== "string") return value;
  return typeof value === "object" && value?.kind === "formula" ? { ...value, result: text } : text;
}

/**
 * Edits that make texts of the numbers that name something, as they are shown, and of durations that a spreadsheet took for
 * times: our layout gives such columns the format of text, under which a time would show as a fraction of a day. Formulas
 * stay.
 */
export function writeOutShown(
  sheet: Pick<SheetSnapshot, "rows" | "shown">,
  { spec, positions, headerRow }: { spec: SheetSpec; positions: ReadonlyMap<string, number>; headerRow: number },
): CellEdit[] {
  const edits: CellEdit[] = [];
  const columns = spec.columns.filter(({ kind }) => kind === "duration" || namingKinds.includes(kind));
  sheet.rows.forEach((cells, r) => {
    if (r < headerRow) return;
    for (const { key, kind } of columns) {
      const column = positions.get(key) ?? 0;
      const stored = cells[column - 1] ?? null;
      if (kind === "duration" && typeof stored === "object" && stored?.kind === "time")
        edits.push({ row: r + 1, column, value: writeDuration(timeCellToDuration(stored.seconds)) });
      if (typeof stored !== "number") continue;
      const value = asShown(sheet, r + 1, column, kind, stored);
      if (value !== stored) edits.push({ row: r + 1, column, value });
    }
  });
  return edits;
}

/** Whether nobody knows what such a cell shows. */
export function isShownOtherwise(
  sheet: Shown,
  row: number,
  column: number,
  kind: ColumnKind,
  value: CellValue,
): boolean {
  return holdsNumber(value) && namingKinds.includes(kind) && sheet.shown?.get(noteKey(row, column)) === null;
}
