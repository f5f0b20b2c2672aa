import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import type { CellValue } from "../../../../apps-script/core/workbook/port.ts";
import { readWorkbookBytes } from "../../../../node-tools/office-files/workbook.ts";

const files = ["test/fixtures", "node-tools/example", "templates"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    // What ExcelJS cannot read is tested by itself.
    .filter((name) => name.endsWith(".xlsx") && !name.startsWith("cases/files"))
    .map((name) => join(folder, name)),
);

/** What both readers say of a cell in the same words: texts, numbers, truth values, and that it is a date or a time. */
function spoken(value: CellValue | undefined): string | number | boolean | null {
  if (typeof value !== "object") return value ?? null;
  if (value?.kind === "link") return value.text;
  if (value?.kind === "time") return "date";
  return value?.kind ?? null;
}

function spokenByExcelJs(cell: ExcelJS.Cell): string | number | boolean | null {
  const { value, type } = cell;
  if (type === ExcelJS.ValueType.Merge || value === null || value === undefined || value === "") return null;
  if (type === ExcelJS.ValueType.Formula) return "formula";
  if (value instanceof Date) return "date";
  if (typeof value !== "object") return value;
  return cell.text;
}

test("there are files to compare", () => {
  expect(files.length).toBeGreaterThan(5);
});

test.for(files)("%s is read as ExcelJS reads it", async (path) => {
  const bytes = readFileSync(path);
  const { sheets } = readWorkbookBytes(path, bytes, "edit").snapshot;
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  expect(sheets.map(({ name }) => name)).toEqual(book.worksheets.map(({ name }) => name));
  for (const sheet of book.worksheets) {
    const rows = sheets.find(({ name }) => name === sheet.name)?.rows ?? [];
    const theirs: unknown[] = [];
    const ours: unknown[] = [];
    sheet.eachRow((row, number) => {
      row.eachCell((cell, column) => {
        theirs.push([cell.address, spokenByExcelJs(cell)]);
        ours.push([cell.address, spoken(rows[number - 1]?.[column - 1])]);
      });
    });
    expect(ours).toEqual(theirs);
  }
});
