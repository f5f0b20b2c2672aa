import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WorkbookSnapshot } from "../../../../apps-script/core/workbook/port.ts";
import { readWorkbookBytes } from "../../../../node-tools/xlsx/exceljs/workbook.ts";
import { readWorkbookInPlace } from "../../../../node-tools/xlsx/package/read-workbook.ts";

const files = ["test/fixtures", "node-tools/example", "templates"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".xlsx"))
    .map((name) => join(folder, name)),
);

/** Maps in the order of their keys. */
function inOrder({ sheets }: WorkbookSnapshot) {
  return sheets.map(({ name, hidden, rows, notes, shown }) => ({
    name,
    hidden,
    rows,
    notes: [...notes].sort(),
    shown: [...(shown ?? [])].sort(),
  }));
}

test.for(files)("%s is read as ExcelJS reads it", async (path) => {
  const bytes = readFileSync(path);
  const { snapshot } = await readWorkbookBytes(path, bytes, "input");
  expect(inOrder(readWorkbookInPlace(path, bytes, "edit").snapshot)).toEqual(inOrder(snapshot));
});
