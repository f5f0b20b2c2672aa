import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { newWorkbook, readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { makeSnapshot, tongxin, xingqing } from "../core/award-builder.ts";
import { faultyRows, layLiveCheck, liveMessages, namedByRules, namedIn } from "../core/rules/live-workbook.ts";
import { runInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-live-edits-"));
const path = join(home, "before.xlsx");
const last = faultyRows.length + 1;
/** A small workbook, which opens at once. */
const spare = { below: 20, least: 40 };

/** Rows and columns of Basic count from 0: row r of the sheet is r - 1. */
const insertCopy = (at: number, of: number) => `
  sheet.Rows.insertByIndex(${at - 1}, 1)
  sheet.copyRange(sheet.getCellByPosition(0, ${at - 1}).CellAddress, sheet.Rows.getByIndex(${of - 1}).RangeAddress)`;

const edits: readonly { readonly name: string; readonly statements: string }[] = [
  { name: "nothing", statements: "" },
  {
    name: "error values",
    statements: ["title", "author1.name", "wordsTotal", "videoDuration", "videoResolution"]
      .map((key, i) => [submissionsSheet.columns.findIndex((c) => c.key === key), 3 + 2 * i])
      .map(([column, row]) => `sheet.getCellByPosition(${column}, ${row}).Formula = "=NA()"`)
      .join("\n"),
  },
  { name: "a row inserted under the header", statements: insertCopy(2, 5) },
  {
    name: "three rows inserted under the header",
    statements: [insertCopy(2, 5), insertCopy(2, 6), insertCopy(2, 9)].join("\n"),
  },
  { name: "a row inserted in the middle", statements: insertCopy(6, 3) },
  { name: "a row inserted at the end", statements: insertCopy(last + 1, 4) },
  { name: "an empty row inserted under the header", statements: "sheet.Rows.insertByIndex(1, 1)" },
  { name: "the first row deleted", statements: "sheet.Rows.removeByIndex(1, 1)" },
  { name: "rows deleted in the middle", statements: "sheet.Rows.removeByIndex(4, 3)" },
  { name: "the last row deleted", statements: `sheet.Rows.removeByIndex(${last - 1}, 1)` },
  { name: "most of the ready rows deleted", statements: `sheet.Rows.removeByIndex(${last}, 25)` },
  {
    name: "sorted by title, falling",
    statements: `
      Dim field As New com.sun.star.table.TableSortField
      field.Field = ${submissionsSheet.columns.findIndex(({ key }) => key === "title")}
      field.IsAscending = False
      rows = sheet.getCellRangeByPosition(0, 1, ${submissionsSheet.columns.length - 1}, ${last - 1})
      rows.sort(Array(hidden("SortFields", Array(field)), hidden("ContainsHeader", False)))`,
  },
  {
    name: "a row cut and pasted below",
    statements: `
      sheet.moveRange(sheet.getCellByPosition(1, ${last + 1}).CellAddress, _
        sheet.getCellRangeByPosition(1, 3, ${submissionsSheet.columns.length - 1}, 3).RangeAddress)`,
  },
  {
    name: "a row cut and pasted over another",
    statements: `
      sheet.moveRange(sheet.getCellByPosition(1, 5).CellAddress, _
        sheet.getCellRangeByPosition(1, 2, ${submissionsSheet.columns.length - 1}, 2).RangeAddress)`,
  },
  {
    name: "a column of people's own inserted at the left",
    statements: "sheet.Columns.insertByIndex(0, 1)",
  },
  { name: "a title inserted above the header", statements: "sheet.Rows.insertByIndex(0, 1)" },
];

const fileOf = (name: string) =>
  join(home, `${name.replace(/\W+/g, "-")}-${edits.findIndex((e) => e.name === name)}.xlsx`);

beforeAll(async () => {
  const workbook = newWorkbook();
  const laid = layLiveCheck(makeSnapshot({ units: [xingqing, tongxin], submissions: faultyRows }), true, spare);
  workbook.apply({
    sheets: laid.sheets.map(({ name, rows }) => ({
      name,
      createBefore: null,
      edits: rows.flatMap((line, r) => line.map((value, c) => ({ row: r + 1, column: c + 1, value }))),
    })),
  });
  writeFileSync(path, await workbook.toBuffer());
  const procedures = edits.map(
    ({ statements }, i) => `
      Sub Edit${i}(sheet)
        ${statements}
      End Sub`,
  );
  const calls = edits.map(
    ({ name }, i) => `
      doc = opened("${path}")
      sheet = doc.Sheets.getByName("${submissionsSheet.label}")
      sheet.unprotect("")
      Edit${i}(sheet)
      doc.calculate()
      saved(doc, "${fileOf(name)}")`,
  );
  runInLibreOffice(calls.join("\n"), home, procedures.join("\n"));
}, 280_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.for(edits)("after $name every message is that of its row", async ({ name }) => {
  const { snapshot } = await readWorkbook(fileOf(name));
  const rows = snapshot.sheets.find((sheet) => sheet.name === submissionsSheet.label)?.rows ?? [];
  const head = rows.findIndex((row) => row.includes("即时检查"));
  const column = rows[head]?.indexOf("即时检查") ?? -1;
  const own = rows.slice(head + 1).map((row) => row[column] ?? null);
  const shown = own.map((value) => cellText(value));
  const fresh = layLiveCheck(snapshot);
  expect(shown.filter((message) => message !== "" && message !== "✓").length).toBeGreaterThan(5);
  const rules = namedByRules(snapshot);
  const laid = liveMessages(fresh);
  for (const [i, message] of shown.entries()) {
    // A row that was inserted empty has no formula.
    if (own[i] === null) continue;
    const row = head + 2 + i;
    expect(`${row} ${message}`).toBe(`${row} ${laid.get(row) ?? ""}`);
    const byRules = rules.get(row) ?? [];
    const named = namedIn(message);
    // Of a cell that holds an error value the formulas say nothing.
    if (name === "error values") expect([row, ...named.filter((label) => !byRules.includes(label))]).toEqual([row]);
    else expect([row, ...named]).toEqual([row, ...byRules]);
  }
});
