import { expect, test } from "vitest";
import { readAwardTables } from "../../../apps-script/core/award/read-award.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import { findingsSheet } from "../../../apps-script/core/schema/application.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import type { GoogleWorkbook } from "../../../apps-script/src/google/workbook.ts";
import { findingsLayout, writeFindings } from "../../../apps-script/src/shared/findings-sheet.ts";
import { makeSnapshot } from "../../core/award-builder.ts";

const snapshot = makeSnapshot();
const { label, columns } = findingsSheet;
const finding: Finding = {
  ...{ code: "LINK-FORMAT", severity: "error", message: "链接不对", article: "三（一）" },
  ...{ sheet: "案例", row: 2, column: "案例编号", id: "A001", nominator: "兴庆区教育局" },
};

/** What is done to 检查 when `count` findings are written, where the grid has `maxRows` and something stands to `lastRow`. */
function write(count: number, { maxRows = 1_000, lastRow = 1, isThere = true } = {}) {
  const inserted: number[][] = [];
  const applied: SheetPatch[] = [];
  const sheet = {
    getMaxRows: () => maxRows,
    getLastRow: () => lastRow,
    insertRowsBefore: (...at: number[]) => inserted.push(at),
  };
  const book = {
    snapshot,
    spreadsheet: { getSheetByName: () => (isThere ? sheet : null) },
    apply: ({ sheets }: { sheets: SheetPatch[] }) => applied.push(...sheets),
  } as unknown as GoogleWorkbook;
  writeFindings(book, readAwardTables(snapshot), Array<Finding>(count).fill(finding));
  const edits = applied[0]?.edits ?? [];
  return { inserted, applied, rows: [...new Set(edits.map(({ row }) => row))], edits };
}

test("the labels, every finding, and rows that the last check left below are written at once", () => {
  const { rows, edits, applied } = write(2, { lastRow: 5 });
  expect(applied).toHaveLength(1);
  expect(rows).toEqual([1, 2, 3, 4, 5]);
  expect(edits).toHaveLength(5 * columns.length);
  expect(edits.slice(0, columns.length).map(({ value }) => value)).toEqual(columns.map((column) => column.label));
  const filled = edits.filter(({ row, value }) => row > 1 && value !== null && value !== "");
  expect([...new Set(filled.map(({ row }) => row))]).toEqual([2, 3]);
});

test("without findings one empty row stays", () => expect(write(0).rows).toEqual([1, 2]));

test.for([
  { count: 9, inserted: [] },
  { count: 10, inserted: [[10, 1]] },
  { count: 15, inserted: [[10, 6]] },
])("a grid of ten rows grows for $count findings before its last row", ({ count, inserted }) => {
  expect(write(count, { maxRows: 10 }).inserted).toEqual(inserted);
});

test("where 检查 is gone it is made", () => {
  expect(write(1, { isThere: false }).applied).toEqual([expect.objectContaining({ name: label })]);
});

test("looks begin below the labels", () => {
  const { styles = [], conditionalFormats = [] } = findingsLayout();
  expect(new Set([...styles, ...conditionalFormats].map(({ area }) => area.top))).toEqual(new Set([2]));
  expect(conditionalFormats.map(({ formula }) => formula.replace(/\d.*/, ""))).toEqual(
    Array(3).fill(conditionalFormats[0]?.formula.replace(/\d.*/, "")),
  );
});
