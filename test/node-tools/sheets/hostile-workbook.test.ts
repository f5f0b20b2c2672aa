import { describe, expect, test } from "vitest";
import type { SheetLayout, SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk, laidWorkbook, lightWorkbook, openDesk, stateOf } from "../../src/shared/shared-desk.ts";
import { byHand, findingsOf } from "./by-hand.ts";

const faulty = makeSnapshot({
  units: [xingqing, tongxin],
  submissions: [{ priorAward: "是" }, { keywords: "一" }, { firstScore: 90 }, { firstScore: 80 }],
});

const undisturbed = openDesk(lightWorkbook(faulty));
undisturbed.run("checkAll");
const wanted = findingsOf(undisturbed);

const patchOf = (desk: Desk, name: string): SheetPatch => {
  const found = desk.google.contentOf(desk.id).sheets.find((sheet) => sheet.name === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
};
const layoutOf = (desk: Desk, name: string): SheetLayout => patchOf(desk, name).layout ?? {};
const columnOf = (desk: Desk, label: string) => (desk.sheet("案例").rows[0] ?? []).indexOf(label) + 1;

/** 案例 as `sheet`, with columns to spare at its right. */
const sheet = "var sheet = book.getSheetByName('案例'); sheet.insertColumnsAfter(sheet.getMaxColumns(), 10);";

/** Every action of the menu that writes. */
function runEverything(desk: Desk): void {
  desk.run("checkAll");
  desk.answers.push("2025-10-20");
  desk.run("recommendByFirstScore");
  const values = [
    ["单位代码", "单位名称", "类别", "别名", "上级单位"],
    ["640205", "惠农区教育局", "教育局", "惠农区", "石嘴山市"],
  ];
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
  desk.run("importPasted");
  desk.run("initializeWorkbook");
  desk.run("lockSubmissions");
  desk.run("unlockSubmissions");
  desk.run("checkAll");
}

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
      look: (desk) => [...desk.sheet("案例").notes.values()].flatMap((note) => /四选一|已电话核实/.exec(note)?.[0] ?? []),
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
      look: (desk) => desk.google.snapshotOf(desk.id).sheets.map(({ name }) => name),
    },
  ];

  test.for(arrangements)("$what", ({ act, look }) => {
    const desk = openDesk(laidWorkbook(faulty));
    byHand(desk, `${sheet} ${act}`);
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

describe("a workbook in disorder", () => {
  test.for([
    { what: "blank rows in between", act: "sheet.insertRowsBefore(3, 4);", moved: (row: number) => (row > 2 ? row + 4 : row) },
    {
      what: "a title row above the header",
      act: "sheet.insertRowsBefore(1, 1); sheet.getRange(1, 1).setValue('兴庆区案例汇总');",
      moved: (row: number) => row + 1,
    },
  ])("$what: the same findings, some rows further down", ({ act, moved }) => {
    const desk = openDesk(laidWorkbook(faulty));
    byHand(desk, sheet + act);
    desk.run("checkAll");
    const down = wanted.map((line) => line.replace(/案例 (\d+)/, (_, row: string) => `案例 ${moved(Number(row))}`));
    expect(findingsOf(desk)).toEqual(down);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(desk.sheet("案例").rows.flat().filter((value) => value === "推荐")).toHaveLength(1);
  });

  test("sheets renamed: every action knows them by their columns", () => {
    const desk = openDesk(laidWorkbook(faulty));
    const renamed = ["单位", "案例", "专家", "联络员", "正文"];
    byHand(desk, renamed.map((name) => `book.getSheetByName('${name}').setName('${name}（2025）');`).join(" "));
    desk.run("checkAll");
    const names = wanted.map((line) => line.replace(/ (单位|案例|专家|联络员|正文) (?=\d)/, " $1（2025） "));
    expect(findingsOf(desk)).toEqual(names);
    runEverything(desk);
    expect(desk.google.snapshotOf(desk.id).sheets.map(({ name }) => name)).not.toContain("案例");
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(desk.sheet("单位（2025）").rows.flat()).toContain("惠农区教育局");
  });

  test.for([
    { what: "a needed column without its header", act: "clear", told: /“案例”表缺少列“关键词”/ },
    { what: "two columns of one header", act: "twice", told: /“案例”.*“关键词”/ },
  ])("$what: told by sheet and column, nothing written", ({ act, told }) => {
    const desk = openDesk(laidWorkbook(faulty));
    const column = columnOf(desk, "关键词");
    const statement =
      act === "clear"
        ? `sheet.getRange(1, ${column}, 9, 1).clearContent();`
        : "sheet.getRange(1, 60).setValue('关键词');";
    byHand(desk, sheet + statement);
    const before = stateOf(desk);
    for (const name of ["checkAll", "checkOwnUnit", "initializeWorkbook", "lockSubmissions", "unlockSubmissions"]) {
      desk.run(name);
      expect(desk.told.at(-1), name).toMatch(told);
    }
    desk.answers.push("");
    desk.run("recommendByFirstScore");
    expect(desk.told.at(-1)).toMatch(told);
    expect(stateOf(desk)).toEqual(before);
  });

  test.for(["案例", "单位", "参数", "日志", "检查", "配额", "即时计算", "导入记录", "说明", "粘贴区"])(
    "without %s: a message that names it, or the sheet is made again",
    (name) => {
      const desk = openDesk(laidWorkbook(faulty));
      byHand(desk, `book.deleteSheet(book.getSheetByName('${name}'));`);
      const submissions = name === "案例" ? undefined : desk.sheet("案例").rows.length;
      desk.run("checkAll");
      const last = desk.told.at(-1) ?? "";
      expect(last).toMatch(last.startsWith("检查完成") ? /错误 \d+/ : new RegExp(`“${name}”`));
      expect(last).not.toContain("没有做完");
      desk.run("initializeWorkbook");
      expect(desk.told.at(-1)).toMatch(/^初始化工作簿\n初始化完成/);
      expect(desk.google.snapshotOf(desk.id).sheets.map((each) => each.name)).toContain(name);
      desk.run("checkAll");
      expect(desk.told.at(-1)).toMatch(/^检查完成/);
      if (submissions !== undefined) expect(desk.sheet("案例").rows.length).toBe(submissions);
    },
  );

  test("all rows deleted, ready ones too: checked, laid again, and typed in again", () => {
    const desk = openDesk(laidWorkbook(faulty));
    byHand(desk, "['案例', '正文', '专家', '联络员'].forEach(function (name) { var sheet = book.getSheetByName(name); sheet.deleteRows(3, sheet.getMaxRows() - 2); sheet.getRange(2, 1, 1, sheet.getMaxColumns()).clear(); });");
    desk.run("checkAll");
    expect(findingsOf(desk).some((line) => line.startsWith("SUB-"))).toBe(false);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    desk.google.edit(desk.id, administrator, { sheet: "案例", row: 2, column: 1, values: [["A777"]] });
    desk.run("checkAll");
    expect(findingsOf(desk).join("\n")).toContain("A777");
  });

  test("another zone and locale: the dates are the same days", () => {
    const desk = openDesk(laidWorkbook(faulty));
    byHand(desk, "book.setSpreadsheetTimeZone('America/New_York'); book.setSpreadsheetLocale('de_DE');");
    desk.run("checkAll");
    expect(findingsOf(desk)).toEqual(wanted);
    desk.run("initializeWorkbook");
    expect(byHand(desk, "return book.getSpreadsheetTimeZone();")).toBe("Asia/Shanghai");
  });

  test.for([
    { value: "很多", told: /参数/ },
    { value: "-3", told: /参数/ },
  ])("参数 with $value where a number belongs: told", ({ value, told }) => {
    const desk = openDesk(laidWorkbook(faulty));
    const rows = desk.sheet("参数").rows;
    const row = rows.findIndex((cells) => cells[0] === "教育局城市赛道名额") + 1;
    expect(row).toBeGreaterThan(1);
    desk.google.edit(desk.id, administrator, { sheet: "参数", row, column: 2, values: [[value]] });
    desk.run("checkAll");
    expect(findingsOf(desk).join("\n")).toMatch(new RegExp(`参数 ${row} 值`));
    desk.answers.push("");
    desk.run("recommendByFirstScore");
    expect(desk.told.at(-1)).toMatch(told);
  });
});
