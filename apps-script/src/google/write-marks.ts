import { areaAddress } from "../../core/workbook/addresses.ts";
import type { Mark, MarkEdit } from "../../core/workbook/port.ts";
import { exactAreas, rangeOf, sliceRows } from "./areas.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Nothing else in the workbook has these colours, so a cell of such a colour was marked by us. */
const shades: Readonly<Record<Mark, string>> = { error: "#fbdfdc", warning: "#fff1cb", info: "#e6eefa" };

/** Takes every earlier mark off and puts these on. The fill that a cell had under its mark is lost. */
export function writeMarks(sheet: Sheet, marks: readonly MarkEdit[]): void {
  const ours = new Set(Object.values(shades));
  const before: { row: number; column: number }[] = [];
  const [rows, columns] = [sheet.getLastRow(), sheet.getLastColumn()];
  if (rows > 0 && columns > 0) {
    for (const area of sliceRows({ top: 1, left: 1, bottom: rows, right: columns })) {
      rangeOf(sheet, area)
        .getBackgrounds()
        .forEach((line, i) => {
          line.forEach((colour, j) => {
            if (ours.has(colour.toLowerCase())) before.push({ row: area.top + i, column: area.left + j });
          });
        });
    }
  }
  if (before.length > 0) sheet.getRangeList(exactAreas(before).map(areaAddress)).setBackground(null);
  for (const [mark, shade] of Object.entries(shades)) {
    const cells = marks.filter((edit) => edit.mark === mark);
    if (cells.length > 0) sheet.getRangeList(exactAreas(cells).map(areaAddress)).setBackground(shade);
  }
}
