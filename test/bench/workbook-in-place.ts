import { readFileSync, writeFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { newWorkbook, readWorkbookBytes } from "../../node-tools/office-files/workbook.ts";
import { composeSection } from "../generator/prose.ts";
import { makeRandom } from "../generator/random.ts";

/** Every one of so many rows is edited and marked. */
const editedEvery = 10;
const sheet = "表";

/** A sheet of numbers and, in every other cell, texts of 12 characters. */
export function writeSheet(path: string, rows: number, columns: number): void {
  const random = makeRandom(1);
  const text = composeSection(random, 5_000);
  const edits = Array.from({ length: rows * columns }, (_, i) => ({
    row: Math.floor(i / columns) + 1,
    column: (i % columns) + 1,
    value: i % 2 === 0 ? i : text.slice((i * 7) % 4_900, ((i * 7) % 4_900) + 12),
  }));
  const workbook = newWorkbook();
  workbook.apply({ sheets: [{ name: sheet, createBefore: null, edits }] });
  writeFileSync(path, workbook.toBuffer());
}

/** Opens, reads every cell, edits and marks every tenth row, and makes the file again. */
export function editInPlace(path: string): number {
  const workbook = readWorkbookBytes(path, readFileSync(path), "edit");
  const rows = workbook.snapshot.sheets[0]?.rows.length ?? 0;
  const places = Array.from({ length: Math.floor(rows / editedEvery) }, (_, i) => ({
    row: i * editedEvery + 1,
    column: 3,
  }));
  workbook.apply({
    sheets: [
      {
        name: sheet,
        edits: places.map((place) => ({ ...place, value: "改" })),
        marks: places.map((place) => ({ ...place, mark: "error" })),
      },
    ],
  });
  return workbook.toBuffer().length;
}

/** The same by ExcelJS. */
export async function editByExcelJs(path: string): Promise<number> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const worksheet = workbook.worksheets[0];
  for (let row = 1; worksheet && row <= worksheet.rowCount; row += editedEvery) {
    const cell = worksheet.getCell(row, 3);
    cell.value = "改";
    cell.style = { ...cell.style, fill: { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFC7CE" } } };
  }
  return (await workbook.xlsx.writeBuffer()).byteLength;
}
