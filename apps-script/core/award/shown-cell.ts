import type { ColumnKind, SheetSpec } from "../schema/sheet-spec.ts";
import { type CellEdit, type CellValue, noteKey, type SheetSnapshot } from "../workbook/port.ts";

/** Columns whose numbers name something: there a number is the text that people see, zeros and letters of its format included. */
const named: readonly ColumnKind[] = ["identifier", "name", "choice", "list"];

type Shown = Pick<SheetSnapshot, "shown">;

const numberIn = (value: CellValue) =>
  typeof value === "number" ||
  (typeof value === "object" && value?.kind === "formula" && typeof value.result === "number");

/** A cell as a column of this kind takes it. */
export function asShown(sheet: Shown, row: number, column: number, kind: ColumnKind, value: CellValue): CellValue {
  if (!numberIn(value) || !named.includes(kind)) return value;
  const text = sheet.shown?.get(noteKey(row, column));
  if (typeof text !== "string") return value;
  return typeof value === "object" && value?.kind === "formula" ? { ...value, result: text } : text;
}

/**
 * Edits that make texts of the numbers that name something, as they are shown: our layout gives such columns a format of
 * its own. Formulas stay.
 */
export function writeOutShown(
  sheet: Pick<SheetSnapshot, "rows" | "shown">,
  { spec, positions, headerRow }: { spec: SheetSpec; positions: ReadonlyMap<string, number>; headerRow: number },
): CellEdit[] {
  const edits: CellEdit[] = [];
  const columns = spec.columns.filter(({ kind }) => named.includes(kind));
  sheet.rows.forEach((cells, r) => {
    if (r < headerRow) return;
    for (const { key, kind } of columns) {
      const column = positions.get(key) ?? 0;
      const stored = cells[column - 1] ?? null;
      if (typeof stored !== "number") continue;
      const value = asShown(sheet, r + 1, column, kind, stored);
      if (value !== stored) edits.push({ row: r + 1, column, value });
    }
  });
  return edits;
}

/** Whether nobody can tell what such a cell shows. */
export function isShownOtherwise(
  sheet: Shown,
  row: number,
  column: number,
  kind: ColumnKind,
  value: CellValue,
): boolean {
  return numberIn(value) && named.includes(kind) && sheet.shown?.get(noteKey(row, column)) === null;
}
