import { describe, expect, test } from "vitest";
import { administrator, laidWorkbook, openDesk, stateOf } from "../../src/shared/shared-desk.ts";
import { sampled } from "../../sweep.ts";
import {
  byHand,
  columnOf,
  faultyAward,
  findingsOf,
  openSubmissions,
  runEverything,
  undisturbedFindings,
} from "./by-hand.ts";

const wanted = undisturbedFindings();

describe("a workbook in disorder", () => {
  test.for([
    {
      what: "blank rows in between",
      act: "sheet.insertRowsBefore(3, 4);",
      moved: (row: number) => (row > 2 ? row + 4 : row),
    },
    {
      what: "a title row above the header",
      act: "sheet.insertRowsBefore(1, 1); sheet.getRange(1, 1).setValue('兴庆区案例汇总');",
      moved: (row: number) => row + 1,
    },
  ])("$what: the same findings, some rows further down", ({ act, moved }) => {
    const desk = openDesk(laidWorkbook(faultyAward));
    byHand(desk, openSubmissions + act);
    desk.run("checkAll");
    const down = wanted.map((line) => line.replace(/案例 (\d+)/, (_, row: string) => `案例 ${moved(Number(row))}`));
    expect(findingsOf(desk)).toEqual(down);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(
      desk
        .sheet("案例")
        .rows.flat()
        .filter((value) => value === "推荐"),
    ).toHaveLength(1);
  });

  test("columns moved: the same findings under the same labels", () => {
    const laid = laidWorkbook(faultyAward);
    const width = 53;
    const sheets = laid.sheets.map((patch) =>
      patch.name === "案例"
        ? {
            ...patch,
            edits: (patch.edits ?? []).map((edit) => ({ ...edit, column: width - edit.column })),
            notes: [],
            layout: {},
          }
        : patch,
    );
    const desk = openDesk({ sheets });
    expect(columnOf(desk, "案例", "案例编号")).toBe(51);
    desk.run("checkAll");
    expect(findingsOf(desk)).toEqual(wanted);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(columnOf(desk, "案例", "案例编号")).toBe(51);
    expect(findingsOf(desk)).toEqual(expect.arrayContaining(wanted));
  });

  test("sheets renamed: every action knows them by their columns", () => {
    const desk = openDesk(laidWorkbook(faultyAward));
    const renamed = ["单位", "案例", "专家", "联络员", "正文"];
    byHand(desk, renamed.map((name) => `book.getSheetByName('${name}').setName('${name}（2025）');`).join(" "));
    desk.run("checkAll");
    const names = wanted.map((line) => line.replace(/ (单位|案例|专家|联络员|正文) (?=\d)/, " $1（2025） "));
    expect(findingsOf(desk)).toEqual(names);
    runEverything(desk);
    expect(desk.google.modelOf(desk.id).sheets.map(({ name }) => name)).not.toContain("案例");
    expect(desk.told.join("\n")).not.toContain("没有做完");
    expect(desk.sheet("单位（2025）").rows.flat()).toContain("惠农区教育局");
  });

  test.for([
    { what: "a needed column without its header", act: "clear", told: /“案例”表缺少列“关键词”/ },
    { what: "two columns of one header", act: "twice", told: /“案例”.*“关键词”/ },
  ])("$what: reported by sheet and column, nothing written", ({ act, told }) => {
    const desk = openDesk(laidWorkbook(faultyAward));
    const column = columnOf(desk, "案例", "关键词");
    const statement =
      act === "clear"
        ? `sheet.getRange(1, ${column}, 9, 1).clearContent();`
        : "sheet.getRange(1, 60).setValue('关键词');";
    byHand(desk, openSubmissions + statement);
    const before = stateOf(desk);
    for (const name of ["checkAll", "checkOwnUnit", "initializeWorkbook", "unlockSubmissions"]) {
      desk.run(name);
      expect(desk.told.at(-1), name).toMatch(told);
    }
    desk.answers.push("");
    desk.run("recommendByFirstScore");
    expect(desk.told.at(-1)).toMatch(told);
    expect(stateOf(desk)).toEqual(before);
  });

  test.for(sampled(["案例", "单位", "参数", "日志", "检查", "配额", "即时计算", "导入记录", "说明", "粘贴区"]))(
    "without %s: a message that names it, or the sheet is made again",
    (name) => {
      const desk = openDesk(laidWorkbook(faultyAward));
      byHand(desk, `book.deleteSheet(book.getSheetByName('${name}'));`);
      const submissions = name === "案例" ? undefined : desk.sheet("案例").rows.length;
      desk.run("checkAll");
      const last = desk.told.at(-1) ?? "";
      expect(last).toMatch(last.startsWith("检查完成") ? /错误 \d+/ : new RegExp(`“${name}”`));
      expect(last).not.toContain("没有做完");
      desk.run("initializeWorkbook");
      expect(desk.told.at(-1)).toMatch(/^初始化工作簿\n初始化完成/);
      expect(desk.google.modelOf(desk.id).sheets.map((each) => each.name)).toContain(name);
      desk.run("checkAll");
      expect(desk.told.at(-1)).toMatch(/^检查完成/);
      if (submissions !== undefined) expect(desk.sheet("案例").rows.length).toBe(submissions);
    },
  );

  test("all rows deleted, ready ones too: checked, laid again, and typed in again", () => {
    const desk = openDesk(laidWorkbook(faultyAward));
    byHand(
      desk,
      "['案例', '正文', '专家', '联络员'].forEach(function (name) { var sheet = book.getSheetByName(name); sheet.deleteRows(3, sheet.getMaxRows() - 2); sheet.getRange(2, 1, 1, sheet.getMaxColumns()).clear(); });",
    );
    desk.run("checkAll");
    expect(findingsOf(desk).some((line) => line.startsWith("SUB-"))).toBe(false);
    runEverything(desk);
    expect(desk.told.join("\n")).not.toContain("没有做完");
    desk.google.edit(desk.id, administrator, { sheet: "案例", row: 2, column: 2, values: [["A777"]] });
    desk.run("checkAll");
    expect(findingsOf(desk).join("\n")).toContain("A777");
  });

  test("another zone and locale: the dates are the same days", () => {
    const desk = openDesk(laidWorkbook(faultyAward));
    byHand(desk, "book.setSpreadsheetTimeZone('America/New_York'); book.setSpreadsheetLocale('de_DE');");
    desk.run("checkAll");
    expect(findingsOf(desk)).toEqual(wanted);
    desk.run("initializeWorkbook");
    expect(byHand(desk, "return book.getSpreadsheetTimeZone();")).toBe("Asia/Shanghai");
  });

  test.for([
    { value: "很多", told: /参数/ },
    { value: "-3", told: /参数/ },
  ])("参数 with $value where a number belongs: reported", ({ value, told }) => {
    const desk = openDesk(laidWorkbook(faultyAward));
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
