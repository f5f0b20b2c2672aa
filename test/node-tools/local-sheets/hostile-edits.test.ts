import { describe, expect, test } from "vitest";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { RefusedError } from "../../../node-tools/local-sheets/local-google.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk, laidWorkbook, openDesk, stateOf } from "../../src/shared/shared-desk.ts";
import { byHand, columnOf, triggerError } from "./by-hand.ts";

const officer = "xq@example.org";
const award = makeSnapshot({
  units: [
    { ...xingqing, email: officer },
    { ...tongxin, email: "tx@example.org" },
  ],
  submissions: [{}, {}, { nominator: "同心县教育局" }],
});

const type = (desk: Desk, sheet: string, row: number, label: string, text: string, user = administrator) =>
  desk.google.edit(desk.id, user, { sheet, row, column: columnOf(desk, sheet, label), values: [[text]] });

describe("onEdit", () => {
  const edits: readonly {
    what: string;
    before?: string;
    sheet?: string;
    row: number;
    column: number;
    values: string[][];
  }[] = [
    { what: "in the header", row: 1, column: 3, values: [["领域？"]] },
    { what: "over header and rows", row: 1, column: 1, values: [["案例编号"], ["A001"], ["A002"]] },
    { what: "in 参数", sheet: "参数", row: 2, column: 2, values: [["很多"]] },
    { what: "in 说明", sheet: "说明", row: 3, column: 2, values: [["说"]] },
    { what: "in 检查", sheet: "检查", row: 2, column: 2, values: [["x"]] },
    {
      what: "in a sheet of one's own",
      before: "book.insertSheet('备忘', 0);",
      sheet: "备忘",
      row: 1,
      column: 1,
      values: [["x"]],
    },
    { what: "in merged cells", before: "sheet.getRange(2, 4, 2, 2).merge();", row: 2, column: 4, values: [["合并"]] },
    { what: "emptying 500 rows", row: 2, column: 1, values: Array.from({ length: 500 }, () => ["", "", ""]) },
    { what: "over computed columns", row: 2, column: 1, values: [Array.from({ length: 52 }, (_, i) => `v${i}`)] },
    { what: "far below", row: 990, column: 2, values: [["远"]] },
    { what: "past the grid", row: 1_200, column: 70, values: [["外"]] },
    {
      what: "in a renamed sheet",
      before: "sheet.setName('案例2025');",
      sheet: "案例2025",
      row: 2,
      column: 6,
      values: [["一"]],
    },
    {
      what: "without 单位",
      before: "book.deleteSheet(book.getSheetByName('单位'));",
      row: 2,
      column: 6,
      values: [["一"]],
    },
    {
      what: "with two columns of one header",
      before: "sheet.getRange(1, 10).setValue('关键词');",
      row: 2,
      column: 6,
      values: [["一"]],
    },
    {
      what: "with a formula",
      before: "sheet.getRange('B2').setNumberFormat('General');",
      row: 2,
      column: 2,
      values: [["=1/0"]],
    },
    { what: "with markup", row: 2, column: 2, values: [["<script>alert(1)</script>"]] },
    { what: "with a text as long as can be", row: 2, column: 2, values: [["长".repeat(50_000)]] },
  ];

  test.for(edits)(
    "$what: what was typed stays, and nothing fails",
    ({ before = "", sheet = "案例", row, column, values }) => {
      const desk = openDesk(laidWorkbook(award));
      byHand(desk, `var sheet = book.getSheetByName('案例'); ${before}`);
      desk.google.edit(desk.id, administrator, { sheet, row, column, values });
      expect(triggerError(desk)).toBeUndefined();
      const last = values.at(-1)?.at(-1) ?? "";
      const shown = desk.sheet(sheet).rows[row + values.length - 2]?.[column + (values[0]?.length ?? 1) - 2] ?? "";
      if (!last.startsWith("=")) expect(shown).toBe(last);
      expect(desk.told.join()).not.toMatch(/Exception|Error|undefined/);
    },
  );

  test("an officer whose note on another unit's row is refused is told, and nothing fails", () => {
    const desk = openDesk(laidWorkbook(award));
    desk.google.share(desk.id, officer, "edit");
    desk.run("unlockSubmissions");
    const before = desk.sheet("案例").rows[3];
    expect(() => type(desk, "案例", 4, "案例名称", "改", officer)).toThrow(RefusedError);
    expect(desk.sheet("案例").rows[3]).toEqual(before);
    type(desk, "案例", 2, "曾获表彰", "是", officer);
    expect(triggerError(desk)).toBeUndefined();
    expect(desk.sheet("案例").notes.get(noteKey(2, columnOf(desk, "案例", "曾获表彰")))).toContain("SUB-PRIOR-AWARD");
    expect(desk.sheet("案例").rows[3]).toEqual(before);
  });

  test("paste over the whole of 案例 by the administrator: the header reported, the rest as it was", () => {
    const desk = openDesk(laidWorkbook(award));
    const width = desk.sheet("案例").rows[0]?.length ?? 0;
    desk.google.edit(desk.id, administrator, {
      sheet: "案例",
      row: 1,
      column: 1,
      values: Array.from({ length: 4 }, () => Array.from({ length: width }, () => "")),
    });
    expect(triggerError(desk)).toBeUndefined();
    const before = stateOf(desk);
    desk.run("checkAll");
    expect(desk.told.at(-1)).toMatch(/“案例”/);
    expect(stateOf(desk)).toEqual(before);
  });
});
