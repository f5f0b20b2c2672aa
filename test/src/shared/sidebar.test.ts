import { beforeAll, describe, expect, test } from "vitest";
import type { FindingsView } from "../../../apps-script/dialogs/views.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk, lightWorkbook, openDesk } from "./shared-desk.ts";

const officer = "xq@example.org";
const load = (desk: Desk, user: string) => desk.google.run(desk.id, user, "loadFindings") as FindingsView;
const open = () => {
  const desk = openDesk(
    lightWorkbook(
      makeSnapshot({
        units: [{ ...xingqing, email: "张老师 XQ@Example.org" }, tongxin],
        submissions: [{ priorAward: "是" }, { nominator: "同心县教育局", priorAward: "是" }],
      }),
    ),
  );
  desk.google.share(desk.id, officer, "edit");
  return desk;
};

describe("the sidebar", () => {
  let desk: Desk;
  beforeAll(() => {
    desk = open();
  });

  test("is empty and says so before the first check", () => {
    expect(load(desk, administrator)).toMatchObject({ unit: "", checkedAt: "", findings: [] });
  });

  test("knows an officer by the address in whatever case it is written", () => {
    desk.run("checkOwnUnit", officer);
    expect(load(desk, officer)).toMatchObject({
      unit: "兴庆区教育局",
      checkedAt: expect.stringMatching(/^2025-10-20 09:0/),
    });
  });

  test("shows all units after 检查全部 to somebody who looked at one before, and that one to others still", () => {
    desk.answers.push("同心县教育局");
    desk.run("checkOwnUnit");
    expect(load(desk, administrator).unit).toBe("同心县教育局");
    desk.run("checkAll");
    expect(load(desk, administrator)).toMatchObject({ unit: "", counts: { error: 2 } });
    expect(load(desk, officer).unit).toBe("兴庆区教育局");
  });

  test.for([
    { place: ["案例", 3, 2], selected: { sheet: "案例", row: 3, column: 2 } },
    { place: ["配额", 0, 1], selected: { sheet: "配额", row: 1, column: 1 } },
    { place: ["案例", 2, 9_999], selected: { sheet: "案例", row: 2, column: 1 } },
  ] as const)("goes to $place", ({ place, selected }) => {
    desk.google.run(desk.id, administrator, "goToCell", [...place]);
    expect(desk.google.selectionOf(desk.id, administrator)).toEqual(selected);
  });

  test("a row that is gone is named", () => {
    expect(() => desk.google.run(desk.id, administrator, "goToCell", ["案例", 99_999, 1])).toThrow(
      "“案例”没有第 99999 行，行可能已删除",
    );
  });

  test("操作日志 shows 日志", () => {
    desk.run("showLog");
    expect(desk.google.selectionOf(desk.id, administrator).sheet).toBe("日志");
  });
});
