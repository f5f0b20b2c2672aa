import { trimRows } from "../../core/workbook/apply-patch.ts";
import { type CellValue, noteKey } from "../../core/workbook/port.ts";
import { rangeOf, sliceRows } from "./areas.ts";
import { fromSheetValue, type SheetIds } from "./cell-values.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Every cell of a sheet that holds anything. Hidden and filtered rows are read as all others. */
export function readRows(sheet: Sheet, sheets: SheetIds, withFormulas: boolean): (readonly CellValue[])[] {
  const [lastRow, lastColumn] = [sheet.getLastRow(), sheet.getLastColumn()];
  if (lastRow === 0 || lastColumn === 0) return [];
  const rows: CellValue[][] = [];
  for (const area of sliceRows({ top: 1, left: 1, bottom: lastRow, right: lastColumn })) {
    const range = rangeOf(sheet, area);
    const formulas = withFormulas ? range.getFormulas() : undefined;
    range.getValues().forEach((line, i) => {
      const row = area.top + i;
      rows.push(line.map((value, j) => fromSheetValue(value, formulas?.[i]?.[j], row, 1 + j, sheets)));
    });
  }
  return trimRows(rows);
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
