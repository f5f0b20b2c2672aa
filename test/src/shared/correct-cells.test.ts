import { describe, expect, test } from "vitest";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { date, makeSnapshot } from "../../core/award-builder.ts";
import { administrator, type Desk, lightWorkbook, openDesk, stateOf, sweepFaults } from "./shared-desk.ts";

const snapshot = makeSnapshot({
  submissions: [{ phone: "139 0951 2345", submittedOn: "2025年9月1日", priorAward: "√" }, {}],
});
const open = () => openDesk(lightWorkbook(snapshot));

function cell(desk: Desk, label: string, row = 2) {
  const { rows, notes } = desk.sheet("案例");
  const column = (rows[0] ?? []).indexOf(label) + 1;
  return { value: rows[row - 1]?.[column - 1] ?? null, note: notes.get(noteKey(row, column)), column };
}

describe("一键更正", () => {
  test("shows what it will do, writes it with notes, says it in 日志", () => {
    const desk = open();
    desk.run("correctCells");
    expect(desk.told[0]).toContain("案例 第 2 行 联系电话：“139 0951 2345”改为“13909512345”");
    expect(desk.told[0]).toContain("案例 第 2 行 曾获表彰：“√”没有改");
    expect(cell(desk, "联系电话")).toMatchObject({ value: "13909512345", note: "【评案簿更正】原为“139 0951 2345”" });
    expect(cell(desk, "提交日期").value).toEqual(date("2025-09-01"));
    expect(cell(desk, "曾获表彰")).toMatchObject({ value: "√", note: undefined });
    expect(desk.sheet("日志").rows.at(-1)?.[4]).toBe("更正 2 处：案例“联系电话” 1、案例“提交日期” 1");
    const before = stateOf(desk);
    desk.run("correctCells");
    expect(desk.told.at(-1)).toContain("没有可以一键更正的单元格");
    expect(stateOf(desk)).toEqual(before);
  });

  test("cancelled at the question: nothing is written", () => {
    const desk = open();
    const before = stateOf(desk);
    desk.google.surroundings.alert = () => "CANCEL";
    desk.run("correctCells");
    expect(stateOf(desk)).toEqual(before);
  });

  test("what somebody has typed while the question stood open stays, and the rest is asked anew", () => {
    const desk = open();
    const { column } = cell(desk, "联系电话");
    const { alert } = desk.google.surroundings;
    desk.google.surroundings.alert = (title, message, buttons) => {
      const edit = { sheet: "案例", row: 2, column, values: [["0951-6012345"]] };
      if (desk.told.length === 0) desk.google.edit(desk.id, administrator, edit);
      return alert?.(title, message, buttons) ?? "OK";
    };
    desk.run("correctCells");
    expect(cell(desk, "联系电话").value).toBe("0951-6012345");
    expect(cell(desk, "提交日期").value).toEqual(date("2025-09-01"));
    expect(desk.told.filter((words) => words.includes("您确认期间工作簿有了变化"))).toHaveLength(1);
    expect(desk.told.at(-1)).toContain("已更正 1 处：案例“提交日期” 1。");
  });

  test("locked: told, nothing written", () => {
    const desk = open();
    desk.run("lockSubmissions");
    const before = stateOf(desk);
    desk.run("correctCells");
    expect(desk.told.at(-1)).toContain("解锁填报");
    expect(stateOf(desk)).toEqual(before);
  });

  test("run again after a fault it ends in the same workbook", () => {
    const tried = sweepFaults(
      open,
      (desk) => desk.run("correctCells"),
      () => {},
    );
    expect(tried).toBeGreaterThan(3);
  });
});
