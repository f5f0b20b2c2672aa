import { areaAddress } from "../../core/workbook/addresses.ts";
import { type NoteEdit, noteKey } from "../../core/workbook/port.ts";
import { boundingArea, exactAreas, rangeOf, rowsPerCall, sliceRows } from "./areas.ts";
import { checkCellText } from "./write-cells.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Up to this many rectangles of notes are written one by one; beyond, cells between them are written along. */
const exactBlocks = 2;

/**
 * Puts notes on cells and takes them off; all other notes stay.
 *
 * @param known the sheet's notes, when they were read just now; else those between the edits are read again
 * @throws CellTextError before anything is written
 */
export function writeNotes(
  sheet: Sheet,
  name: string,
  edits: readonly NoteEdit[],
  known: ReadonlyMap<string, string> | undefined,
): void {
  const byPlace = new Map(edits.map((edit) => [noteKey(edit.row, edit.column), edit]));
  const cells = [...byPlace.values()];
  for (const { row, column, text } of cells) checkCellText(name, row, column, text ?? "");
  const areas = exactAreas(cells);
  if (areas.length > exactBlocks && cells.every(({ text }) => text === null || text === "")) {
    for (let i = 0; i < areas.length; i += rowsPerCall) {
      sheet.getRangeList(areas.slice(i, i + rowsPerCall).map(areaAddress)).clearNote();
    }
    return;
  }
  const exact = areas.length <= exactBlocks;
  for (const area of exact ? areas : sliceRows(boundingArea(cells))) {
    const range = rangeOf(sheet, area);
    const present = exact || known ? undefined : range.getNotes();
    const notes: string[][] = [];
    for (let row = area.top; row <= area.bottom; row += 1) {
      const line: string[] = [];
      for (let column = area.left; column <= area.right; column += 1) {
        const edit = byPlace.get(noteKey(row, column));
        const own = present ? present[row - area.top]?.[column - area.left] : known?.get(noteKey(row, column));
        line.push(edit ? (edit.text ?? "") : (own ?? ""));
      }
      notes.push(line);
    }
    range.setNotes(notes);
  }
}
