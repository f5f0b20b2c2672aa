import { describe, expect, test } from "vitest";
import type { SheetLayout, SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { type Desk, laidWorkbook, openDesk } from "../../src/shared/shared-desk.ts";
import { sampled } from "../../sweep.ts";
import { byHand, faultyAward, findingsOf, openSubmissions, runEverything, undisturbedFindings } from "./by-hand.ts";

const wanted = undisturbedFindings();

const patchOf = (desk: Desk, name: string): SheetPatch => {
  const found = desk.google.contentOf(desk.id).sheets.find((sheet) => sheet.name === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
};
const layoutOf = (desk: Desk, name: string): SheetLayout => patchOf(desk, name).layout ?? {};

describe("how people have arranged a sheet outlasts every action", () => {
  const ownColumn = 60;
  const arrangements: readonly {
    what: string;
    act: string;
    /** What is to stay as it is. */
    look: (desk: Desk) => unknown;
  }[] = [
    {
      what: "merged cells among the rows",
      act: "sheet.getRange(8, 11, 2, 1).merge();",
      look: (desk) => layoutOf(desk, "案例").merges,
    },
    {
      what: "merged cells above the others in the header",
      act: "sheet.getRange(1, 60, 1, 2).merge(); sheet.getRange(1, 60).setValue('备用');",
      look: (desk) => layoutOf(desk, "案例").merges,
    },
    {
      what: "a filter over some columns",
      act: "if (sheet.getFilter()) sheet.getFilter().remove(); sheet.getRange(1, 1, 3, 4).createFilter();",
      look: (desk) => layoutOf(desk, "案例").filter,
    },
    {
      what: "hidden columns",
      act: "sheet.hideColumns(10, 3);",
      look: (desk) => layoutOf(desk, "案例").widths?.filter(({ hidden }) => hidden),
    },
    {
      what: "other frozen panes",
      act: "sheet.setFrozenRows(3); sheet.setFrozenColumns(4);",
      look: (desk) => layoutOf(desk, "案例").frozen,
    },
    {
      what: "no frozen panes",
      act: "sheet.setFrozenRows(0); sheet.setFrozenColumns(0);",
      look: (desk) => layoutOf(desk, "案例").frozen,
    },
    {
      what: "a conditional format",
      act: `sheet.setConditionalFormatRules(sheet.getConditionalFormatRules().concat([
        SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied('=$B2="待核"').setBackground("#123456")
          .setRanges([sheet.getRange("B2:B90")]).build()]));`,
      look: (desk) => layoutOf(desk, "案例").conditionalFormats?.filter(({ style }) => style.fill === "123456"),
    },
    {
      what: "notes, on the header and on a cell with a finding",
      act: "sheet.getRange(1, 3).setNote('四选一'); sheet.getRange(3, 6).setNote('已电话核实');",
      look: (desk) =>
        [...desk.sheet("案例").notes.values()].flatMap((note) => /四选一|已电话核实/.exec(note)?.[0] ?? []),
    },
    {
      what: "fills",
      act: "sheet.getRange('B3:C3').setBackground('#abcdef');",
      look: (desk) => layoutOf(desk, "案例").styles?.filter(({ style }) => style.fill === "ABCDEF").length,
    },
    {
      what: "a column of one's own with a drop-down",
      act: `sheet.getRange(1, ${ownColumn}).setValue('核对人'); sheet.getRange(3, ${ownColumn}).setValue('赖老师');
        sheet.getRange(2, ${ownColumn}, 30, 1).setDataValidation(
          SpreadsheetApp.newDataValidation().requireValueInList(['赖老师', '唐老师'], true).build());`,
      look: (desk) => [
        desk.sheet("案例").rows.map((row) => row[ownColumn - 1]),
        layoutOf(desk, "案例").validations?.filter(({ area }) => area.left === ownColumn),
      ],
    },
    {
      what: "a sheet of one's own",
      act: "var own = book.insertSheet('备忘', 1); own.getRange('A1:B2').setValues([['周五', 1], ['=1+1', 'x']]);",
      look: (desk) => patchOf(desk, "备忘"),
    },
    {
      what: "another order of the sheets",
      act: "sheet.activate(); book.moveActiveSheet(1);",
      look: (desk) => desk.google.modelOf(desk.id).sheets.map(({ name }) => name),
    },
  ];

  test.for(sampled(arrangements))("$what", ({ act, look }) => {
    const desk = openDesk(laidWorkbook(faultyAward));
    byHand(desk, `${openSubmissions} ${act}`);
    const before = look(desk);
    if (Array.isArray(before)) expect(before).not.toEqual([]);
    desk.run("checkAll");
    expect(findingsOf(desk)).toEqual(wanted);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(desk.told.join("\n")).toContain("已导入");
    expect(look(desk)).toEqual(before);
  });
});
