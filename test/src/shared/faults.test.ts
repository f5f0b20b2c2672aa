/** Whatever call of the platform fails, the action run again comes to the undisturbed end. */
import { describe, expect, test } from "vitest";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { opened } from "../../node-tools/local-sheets/platform.ts";
import { isThorough } from "../../sweep.ts";
import { paste, table, workbook } from "./pasted-table.ts";
import {
  administrator,
  copyDesk,
  type Desk,
  emptyWorkbook,
  lightWorkbook,
  openDesk,
  sweepFaults,
} from "./shared-desk.ts";

/** Of a sweep that tries every point. */
const patience = 3_600_000;

const cells = (desk: Desk, label: string) => {
  const [labels = [], ...rows] = desk.sheet("案例").rows;
  return rows.slice(0, 4).map((row) => row[labels.indexOf(label)] ?? null);
};

test(
  "按初评分推荐: a fault at any change, and again: the undisturbed end, and 日志 counts the whole",
  () => {
    const tried = sweepFaults(
      opened(
        () =>
          openDesk(
            lightWorkbook(
              makeSnapshot({
                submissions: [
                  { firstScore: 70 },
                  { firstScore: 90 },
                  { firstScore: 80, priorAward: "是" },
                  { firstScore: 60 },
                ],
                settings: { 教育局城市赛道名额: 2 },
              }),
            ),
          ),
        copyDesk,
      ),
      (desk) => {
        desk.answers.splice(0, desk.answers.length, "2025-10-20");
        desk.run("recommendByFirstScore");
      },
      (desk) => expect(cells(desk, "案例编号")).toEqual(["A001", "A002", "A003", "A004"]),
    );
    expect(tried).toBeGreaterThan(5);
  },
  patience,
);

describe("日志 after a recommendation that broke off", () => {
  const snapshot = makeSnapshot({
    submissions: [{ firstScore: 70 }, { firstScore: 90 }, { firstScore: 80 }, { firstScore: 60 }],
    settings: { 教育局城市赛道名额: 3 },
  });
  const recommend = (desk: Desk) => {
    desk.answers.splice(0, desk.answers.length, "");
    desk.run("recommendByFirstScore");
  };
  const logged = (desk: Desk) =>
    desk
      .sheet("日志")
      .rows.slice(1)
      .filter((row) => row[2] === "推荐")
      .map((row) => row[4]);
  const ticked = (desk: Desk) => cells(desk, "推荐").filter((value) => value === "是").length;

  /** Recommends with a fault at the n-th change; returns how many changes there were. */
  const recommendWithFault = (desk: Desk, at: number): number => {
    let calls = 0;
    desk.google.surroundings.beforeCall = ({ name }) => {
      if (!/\.(set|delete|flush)/.test(name)) return;
      calls++;
      if (calls === at) throw new Error("Service Spreadsheets failed");
    };
    try {
      recommend(desk);
    } catch {
      // Whoever ran it is told and runs it again.
    }
    delete desk.google.surroundings.beforeCall;
    return calls;
  };

  test(
    "whatever the quota is by then: one row tells what was ticked in all",
    () => {
      const open = opened(() => openDesk(lightWorkbook(snapshot)), copyDesk);
      const changes = recommendWithFault(open(), 0);
      expect(changes).toBeGreaterThan(5);
      for (let at = 1; at <= changes; at += isThorough ? 1 : 15) {
        const desk = open();
        recommendWithFault(desk, at);
        const settings = desk.sheet("参数").rows;
        const row = settings.findIndex((values) => values.includes("教育局城市赛道名额")) + 1;
        const column = (settings[row - 1] ?? []).indexOf(3) + 1;
        const quota = at % 2 === 0 ? "1" : "4";
        desk.google.edit(desk.id, administrator, { sheet: "参数", row, column, values: [[quota]] });
        recommend(desk);
        const told = logged(desk).map((text) => Number(/新推荐 (\d+)/.exec(String(text))?.[1]));
        const sum = told.reduce((total, n) => total + n, 0);
        expect({ at, quota, sum, empty: told.includes(0) }).toEqual({ at, quota, sum: ticked(desk), empty: false });
      }
    },
    patience,
  );
});

test(
  "导入（从本表的粘贴区）: a fault at any change, and again: the undisturbed end; nothing typed is lost",
  () => {
    const open = opened(() => {
      const desk = openDesk(lightWorkbook(workbook));
      paste(desk, table);
      return desk;
    }, copyDesk);
    const tried = sweepFaults(
      open,
      (desk) => {
        desk.run("importPasted");
      },
      (desk) => expect(desk.sheet("案例").rows.flat()).toEqual(expect.arrayContaining(["旧名", "A900"])),
      // The sheets are laid again in the middle: that changes looks alone.
      (i, count) => i < 12 || i % 160 === 0 || i > count - 7,
    );
    expect(tried).toBeGreaterThan(18);
  },
  patience,
);

test(
  "检查全部: a fault at any change, and again: the undisturbed end; no note of a person is lost",
  () => {
    const faulty = makeSnapshot({
      submissions: [{ priorAward: "是" }, { keywords: "一" }],
      texts: [{ id: "A002", summary: "概要".repeat(300) }],
      experts: [{ phone: "12" }],
    });
    const open = opened(() => {
      const desk = openDesk(lightWorkbook(faulty));
      desk.google.setNote(desk.id, administrator, "案例", 2, 3, "人写的批注");
      return desk;
    }, copyDesk);
    const tried = sweepFaults(
      open,
      (desk) => desk.run("checkAll"),
      (desk) => expect(desk.sheet("案例").notes.get(noteKey(2, 3))).toContain("人写的批注"),
    );
    expect(tried).toBeGreaterThan(10);
  },
  patience,
);

test(
  "初始化工作簿: a fault here and there, and again: the undisturbed end",
  () => {
    const tried = sweepFaults(
      () => openDesk(emptyWorkbook),
      (desk) => desk.run("initializeWorkbook"),
      () => undefined,
      (i, count) => i % 130 === 3 || i > count - 4,
    );
    expect(tried).toBeGreaterThan(6);
  },
  patience,
);

describe("锁定 and 解锁: a fault at any change, and again: the undisturbed end, and one row in 日志", () => {
  const [officer, stranger] = ["xq@example.org", "tx@example.org"];
  const shared = makeSnapshot({
    units: [
      { ...xingqing, email: officer },
      { ...tongxin, email: stranger },
    ],
    submissions: [{}, {}, { nominator: "同心县教育局" }],
  });
  const openPrepared = (prepare: readonly string[]) =>
    opened(() => {
      const desk = openDesk(lightWorkbook(shared));
      for (const user of [officer, stranger]) desk.google.share(desk.id, user, "edit");
      for (const name of prepare) desk.run(name);
      return desk;
    }, copyDesk);
  /** Who may type in a row of 案例. */
  const mayType = (desk: Desk) =>
    [officer, stranger].map((user) =>
      [2, 4].map((row) => {
        try {
          desk.google.edit(desk.id, user, { sheet: "案例", row, column: 4, values: [["教学革新"]] });
          return true;
        } catch {
          return false;
        }
      }),
    );
  test.for<{ name: string; prepare: string[]; may: boolean[][] }>([
    {
      name: "lockSubmissions",
      prepare: ["unlockSubmissions"],
      may: [
        [false, false],
        [false, false],
      ],
    },
    {
      name: "unlockSubmissions",
      prepare: ["lockSubmissions"],
      may: [
        [true, false],
        [false, true],
      ],
    },
  ])("$name", { timeout: patience }, ({ name, prepare, may }) => {
    const open = openPrepared(prepare);
    let last: Desk | undefined;
    const tried = sweepFaults(
      () => {
        if (last) expect(mayType(last)).toEqual(may);
        last = open();
        return last;
      },
      (desk) => desk.run(name),
      () => undefined,
      // Of the protections of units and sheets, which are laid one like the other, every other call.
      (i, count) => i < 6 || i % 2 === 0 || i > count - 8,
    );
    expect(tried).toBeGreaterThan(10);
  });
});
