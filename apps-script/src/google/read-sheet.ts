import { seenText } from "../../core/tables/shown-cell.ts";
import { trimRows } from "../../core/workbook/apply-patch.ts";
import { type CellValue, noteKey } from "../../core/workbook/port.ts";
import { boundingArea, rangeOf, sliceRows } from "./areas.ts";
import { fromSheetValue, type SheetIds } from "./cell-values.ts";
import { clockOf } from "./spreadsheet-clock.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Every cell of a sheet that holds anything. Hidden and filtered rows are read as all others. */
export function readRows(sheet: Sheet, sheets: SheetIds, withFormulas: boolean): (readonly CellValue[])[] {
  const [lastRow, lastColumn] = [sheet.getLastRow(), sheet.getLastColumn()];
  if (lastRow === 0 || lastColumn === 0) return [];
  const rows: CellValue[][] = [];
  const serialOf = clockOf(() => sheet);
  for (const area of sliceRows({ top: 1, left: 1, bottom: lastRow, right: lastColumn })) {
    const range = rangeOf(sheet, area);
    const formulas = withFormulas ? range.getFormulas() : undefined;
    range.getValues().forEach((line, i) => {
      const row = area.top + i;
      rows.push(line.map((value, j) => fromSheetValue(value, formulas?.[i]?.[j], row, 1 + j, sheets, serialOf)));
    });
  }
  return trimRows(rows);
}

const isNumber = (value: CellValue | undefined) =>
  typeof value === "number" ||
  (typeof value === "object" && value?.kind === "formula" && typeof value.result === "number");

/** The texts that number cells show instead of their digits, by `noteKey`; one call for each 10,000 rows with numbers. */
export function readShown(sheet: Sheet, rows: readonly (readonly CellValue[])[]): Map<string, string | null> {
  const shown = new Map<string, string | null>();
  const cells = rows.flatMap((line, i) =>
    line.flatMap((value, j) => (isNumber(value) ? { row: i + 1, column: j + 1 } : [])),
  );
  if (cells.length === 0) return shown;
  for (const area of sliceRows(boundingArea(cells))) {
    rangeOf(sheet, area)
      .getDisplayValues()
      .forEach((line, i) => {
        line.forEach((display, j) => {
          const [row, column] = [area.top + i, area.left + j];
          const value = rows[row - 1]?.[column - 1] ?? null;
          const number = typeof value === "object" && value?.kind === "formula" ? value.result : value;
          const text = typeof number === "number" ? seenText(number, display) : undefined;
          if (text !== undefined) shown.set(noteKey(row, column), text);
        });
      });
  }
  return shown;
}

/** Notes stand on empty cells too, also below the last row that holds anything. */
export function readNotes(sheet: Sheet): Map<string, string> {
  const notes = new Map<string, string>();
  const whole = { top: 1, left: 1, bottom: sheet.getMaxRows(), right: sheet.getMaxColumns() };
  for (const area of sliceRows(whole)) {
    rangeOf(sheet, area)
      .getNotes()
      .forEach((line, i) => {
        line.forEach((text, j) => {
          if (text !== "") notes.set(noteKey(area.top + i, 1 + j), text);
        });
      });
  }
  return notes;
}
