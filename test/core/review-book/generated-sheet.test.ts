import { expect, test } from "vitest";
import {
  type GeneratedLook,
  missingTable,
  replaceRows,
} from "../../../apps-script/core/review-book/generated-sheet.ts";
import { expertOverviewSheet } from "../../../apps-script/core/schema/review.ts";
import { readSheetTable } from "../../../apps-script/core/tables/table.ts";
import { emptySnapshot, type SheetPatch, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { notice, rowsOf } from "../review-fixture.ts";

const look: GeneratedLook = { formats: {}, centred: [], bold: [], wrapped: ["doubts"], conditionalFormats: () => [] };
const write = (book: WorkbookSnapshot, experts: readonly string[], headerNotes = {}): SheetPatch => {
  const sheet = book.sheets.find(({ name }) => name === expertOverviewSheet.label);
  const table = sheet ? readSheetTable(sheet, expertOverviewSheet) : missingTable<string>(expertOverviewSheet);
  const rows = experts.map((expert, i) => ({ expert, doubts: i === 0 ? "长".repeat(200) : null }));
  return replaceRows(notice, book, table, look, { rows, key: "expert", headerNotes, createBefore: null });
};
const made = applyPatch(emptySnapshot, { sheets: [write(emptySnapshot, ["E001", "E002"])] });
const header = (sheetNamed(made, expertOverviewSheet.label).rows[0] ?? []).map(String);

test("the help of a column is written when its header is, and then left to people; what is told anew is written", () => {
  const noted = expertOverviewSheet.columns.filter((column) => "help" in column).map(({ label }) => label);
  expect(noted.length).toBeGreaterThan(0);
  expect(write(emptySnapshot, []).notes?.map(({ column }) => header[column - 1])).toEqual(noted);
  expect(write(made, []).notes).toBeUndefined();
  const again = write(made, [], { severity: "本次：未扣除。" });
  expect(again.notes).toEqual([{ row: 1, column: header.indexOf("宽严") + 1, text: "本次：未扣除。" }]);
});

test("what people have added moves with the row it was written beside", () => {
  const right = header.length + 1;
  const mine = { row: 1, column: right, value: "我的" };
  const edits = [mine, { row: 2, column: right, value: "一" }, { row: 3, column: right, value: "二" }];
  const typed = applyPatch(made, { sheets: [{ name: expertOverviewSheet.label, edits }] });
  const turned = applyPatch(typed, { sheets: [write(typed, ["E003", "E002", "E001"])] });
  expect(rowsOf(turned, expertOverviewSheet.label).map((row) => [row.专家编号, row.我的])).toEqual([
    ["E003", null],
    ["E002", "二"],
    ["E001", "一"],
  ]);
});

test("a row is as high as its longest text that wraps", () => {
  const [long, short] = write(emptySnapshot, ["E001", "E002"]).layout?.heights?.filter(({ row }) => row > 1) ?? [];
  expect(short?.height).toBeLessThan(30);
  expect(long?.height).toBeGreaterThan(60);
});
