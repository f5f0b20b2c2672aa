import { describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { version } from "../../../apps-script/core/version.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { type CellValue, emptySnapshot, type SheetSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { FindingsView } from "../../../apps-script/dialogs/views.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { administrator, type Desk, emptyWorkbook, lightWorkbook, openDesk, stateOf } from "./shared-desk.ts";

const [officer, stranger] = ["xq@example.org", "tx@example.org"];
const tabs = [
  "说明",
  "参数",
  "单位",
  "案例",
  "正文",
  "专家",
  "联络员",
  "粘贴区",
  "检查",
  "配额",
  "进度",
  "日志",
  "即时计算",
  "往届",
  "导入记录",
];
const isFormula = (cell: CellValue) => typeof cell === "object" && cell?.kind === "formula";
const namesIn = (desk: Desk) => desk.google.modelOf(desk.id).sheets.map(({ name }) => name);

describe("初始化工作簿", () => {
  test("an empty workbook gets every sheet, in order, as the other host makes them", () => {
    const desk = openDesk(emptyWorkbook);
    desk.run("initializeWorkbook");
    expect(namesIn(desk)).toEqual(tabs);
    const made = applyPatch(emptySnapshot, newApplicationWorkbook(ningxia2025));
    for (const name of ["说明", "参数", "单位", "案例", "检查"]) {
      const wanted = made.sheets.find((sheet) => sheet.name === name);
      const cells = (rows: SheetSnapshot["rows"] = []) =>
        rows.map((row) => row.slice(0, 40).map((cell) => cell || null));
      expect(cells(desk.sheet(name).rows)).toEqual(cells(wanted?.rows));
      expect([...desk.sheet(name).notes]).toEqual([...(wanted?.notes ?? [])]);
    }
    expect(desk.told[0]).toContain("将新建 15 张表");
    expect(desk.told[0]).toContain("空白的“工作表1”将删去");
    expect(desk.sheet("日志").rows[1]?.slice(1, 5)).toEqual([
      administrator,
      "初始化",
      `规则 ${version}，通知 ningxia-2025`,
      "新建申报工作簿",
    ]);
  });

  test("again, over what people typed: nothing of it changes, and sheets that are missing are made", () => {
    const content = lightWorkbook(makeSnapshot({ submissions: [{}, { title: "我的案例" }] }));
    const desk = openDesk({ sheets: content.sheets.filter(({ name }) => name !== "配额" && name !== "粘贴区") });
    const filled = () =>
      ["参数", "单位", "案例", "专家"].map((name) => {
        const { rows, notes } = desk.sheet(name);
        return { rows: rows.map((row) => row.map((cell) => (isFormula(cell) ? "=" : cell))), notes };
      });
    const before = filled();
    desk.run("initializeWorkbook");
    expect(filled()).toEqual(before);
    expect(namesIn(desk)).toEqual(tabs);
    expect(desk.sheet("配额").rows.length).toBeGreaterThan(4);
    expect(desk.told[0]).toContain("填写的内容一个字也不会动");
  });

  test.for([
    {
      name: "somebody's own sheet 单位",
      sheets: [{ name: "单位", createBefore: null, edits: [{ row: 1, column: 1, value: "通讯录" }] }],
      told: "“单位”表缺少列",
    },
  ])("$name: told, nothing made", ({ sheets, told }) => {
    const desk = openDesk({ sheets });
    const before = stateOf(desk);
    desk.run("initializeWorkbook");
    expect(desk.told.at(-1)).toContain(told);
    expect(stateOf(desk)).toEqual(before);
  });

  test("a sheet of people's own stays, and a renamed 案例 is known by its columns", () => {
    const content = lightWorkbook(makeSnapshot());
    const renamed = content.sheets
      .filter(({ name }) => name !== "即时计算")
      .map((sheet) => (sheet.name === "案例" ? { ...sheet, name: "案例2025" } : sheet));
    const own = { name: "备忘", createBefore: null, edits: [{ row: 1, column: 1, value: "周五开会" }] };
    const desk = openDesk({ sheets: [...renamed, own] });
    desk.run("initializeWorkbook");
    expect(desk.told[0]).toContain("案例2025");
    expect(desk.told[0]).toContain("其他表不动：备忘");
    expect(namesIn(desk)).not.toContain("案例");
    expect(desk.sheet("备忘").rows).toEqual([["周五开会"]]);
  });

  test("deletes no sheet with something in it, whatever its name; the clock is that of Beijing", () => {
    const notes = { name: "工作表1", createBefore: null, edits: [{ row: 3, column: 2, value: "会议记录" }] };
    const desk = openDesk({ sheets: [notes, ...lightWorkbook(makeSnapshot({ submissions: [{}] })).sheets] });
    byHand(desk, 'book.setSpreadsheetTimeZone("America/New_York");');
    desk.run("initializeWorkbook");
    expect(desk.told[0]).toContain("其他表不动：工作表1");
    expect(desk.sheet("工作表1").rows[2]).toEqual([null, "会议记录"]);
    expect(byHand(desk, "return book.getSpreadsheetTimeZone();")).toBe("Asia/Shanghai");
  });
});

const twoUnits = makeSnapshot({
  units: [
    { ...xingqing, email: officer },
    { ...tongxin, email: stranger },
  ],
  submissions: [{}, {}, { nominator: "同心县教育局" }, { nominator: "同心县教育局" }],
});

function openShared(): Desk {
  const desk = openDesk(lightWorkbook(twoUnits));
  for (const user of [officer, stranger]) desk.google.share(desk.id, user, "edit");
  return desk;
}

/** Whether somebody's typing is taken. */
function mayType(desk: Desk, user: string, sheet: string, row: number, column: number): boolean {
  try {
    desk.google.edit(desk.id, user, { sheet, row, column, values: [["改"]] });
    return true;
  } catch {
    return false;
  }
}

describe("锁定填报 / 解锁填报", () => {
  const cases = [
    { what: "own row", user: officer, sheet: "案例", row: 2, column: 2, open: true },
    { what: "a new row", user: officer, sheet: "案例", row: 9, column: 2, open: true },
    { what: "another unit's row", user: officer, sheet: "案例", row: 4, column: 2, open: false },
    { what: "the other officer's own row", user: stranger, sheet: "案例", row: 4, column: 2, open: true },
    { what: "the header", user: officer, sheet: "案例", row: 1, column: 2, open: false },
    { what: "即时检查 of an own row", user: officer, sheet: "案例", row: 2, column: 1, open: false },
    { what: "the header of 专家", user: officer, sheet: "专家", row: 1, column: 1, open: false },
    { what: "a row of 专家", user: officer, sheet: "专家", row: 2, column: 4, open: true },
    { what: "邮箱 of a unit", user: officer, sheet: "单位", row: 2, column: 6, open: false },
    { what: "参数", user: officer, sheet: "参数", row: 2, column: 1, open: false },
  ];

  test("who may type where after 解锁, after 锁定, and after 解锁 again", () => {
    const desk = openShared();
    const typed = () =>
      cases.map(({ what, user, sheet, row, column }) => [what, mayType(desk, user, sheet, row, column)]);
    const open = cases.map(({ what, open }) => [what, open]);
    const liveCheck = (desk.sheet("案例").rows[0] ?? []).indexOf("即时检查") + 1;
    expect(liveCheck).toBe(1);
    desk.run("unlockSubmissions");
    expect(desk.told.at(-1)).toContain("已为 2 个单位保护“案例”里本单位的行");
    expect(typed()).toEqual(open);
    desk.run("lockSubmissions");
    expect(typed()).toEqual(cases.map(({ what }) => [what, false]));
    expect(mayType(desk, administrator, "案例", 2, 2)).toBe(true);
    desk.run("unlockSubmissions");
    expect(typed()).toEqual(open);
    expect(desk.sheet("日志").rows.map((row) => row[2])).toEqual(["操作", "解锁填报", "锁定填报", "解锁填报"]);
  });

  test("rows that do not lie together are told", () => {
    const nominators = ["兴庆区教育局", "同心县教育局", "兴庆区教育局"];
    const desk = openDesk(
      lightWorkbook(
        makeSnapshot({
          units: [{ ...xingqing, email: officer }, tongxin],
          submissions: nominators.map((nominator) => ({ nominator })),
        }),
      ),
    );
    desk.run("unlockSubmissions");
    expect(desk.told.at(-1)).toContain("兴庆区教育局的行没有连在一起，只检查、不保护");
    expect(desk.told.at(-1)).toContain("同心县教育局没有填“邮箱”");
  });

  test.for(["lockSubmissions", "unlockSubmissions", "importPasted", "initializeWorkbook"])(
    "%s is not for officers",
    (name) => {
      const desk = openShared();
      const before = stateOf(desk);
      desk.run(name, officer);
      expect(desk.told.at(-1)).toContain("只有管理员可以运行");
      expect(stateOf(desk)).toEqual(before);
    },
  );
});

describe("检查本单位", () => {
  const load = (desk: Desk, user: string) => desk.google.run(desk.id, user, "loadFindings") as FindingsView;
  const open = () => {
    const units = [{ ...xingqing, email: officer }, tongxin];
    const submissions = [{ priorAward: "是" }, { nominator: "同心县教育局", priorAward: "是" }];
    const desk = openDesk(lightWorkbook(makeSnapshot({ units, submissions })));
    for (const user of [officer, stranger]) desk.google.share(desk.id, user, "edit");
    return desk;
  };

  test("an officer sees the findings of the own unit; nothing is written", () => {
    const desk = open();
    const before = stateOf(desk);
    desk.run("checkOwnUnit", officer);
    const view = load(desk, officer);
    expect(view.unit).toBe("兴庆区教育局");
    expect(view.findings.map(({ nominator, row, column }) => ({ nominator, row, column }))).toEqual([
      { nominator: "兴庆区教育局", row: 2, column: 46 },
    ]);
    expect(stateOf(desk)).toEqual(before);
  });

  test("somebody whose address no unit has is asked for it; an alias will do", () => {
    const desk = open();
    desk.answers.push("同心");
    desk.run("checkOwnUnit", stranger);
    expect(desk.told.at(-1)).toContain(`没有 ${stranger}`);
    expect(load(desk, stranger).unit).toBe("同心县教育局");
    desk.answers.push("火星");
    desk.run("checkOwnUnit", stranger);
    expect(desk.told.at(-1)).toContain("没有“火星”");
  });

  test("after 检查全部 the sidebar shows what it found, and a click goes to the cell", () => {
    const desk = open();
    desk.run("checkAll");
    const view = load(desk, administrator);
    expect(view).toMatchObject({ unit: "", checkedAt: "2025-10-20 09:00:00", counts: { error: 2 } });
    const [first] = view.findings;
    desk.google.run(desk.id, administrator, "goToCell", [first?.sheet, first?.row, first?.column]);
    expect(desk.google.selectionOf(desk.id, administrator)).toEqual({ sheet: "案例", row: 2, column: 46 });
    expect(() => desk.google.run(desk.id, administrator, "goToCell", ["没有", 1, 1])).toThrow("找不到“没有”表");
  });
});

describe("the menu and the rest", () => {
  test("every item is a function of the script", () => {
    const desk = openDesk(emptyWorkbook);
    desk.google.open(desk.id, administrator);
    expect(desk.told.at(-1)).toContain("初始化工作簿");
    desk.run("initializeWorkbook");
    desk.google.run(desk.id, administrator, "goToCell", ["案例", 1, 1]);
    const [menu] = desk.google.open(desk.id, administrator);
    // Nothing is filled in yet.
    expect(desk.google.selectionOf(desk.id, administrator)?.sheet).toBe("说明");
    expect(menu?.label).toBe("评案簿");
    expect(menu?.items.map(({ label }) => label).filter(Boolean)).toEqual([
      "初始化工作簿",
      "导入（从本表的粘贴区）",
      "检查全部",
      "检查本单位",
      "一键更正",
      "按初评分推荐",
      "锁定填报",
      "解锁填报",
      "操作日志",
      "帮助",
    ]);
  });

  test("is whole where 说明 was deleted and 案例 renamed", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot({})));
    byHand(desk, `book.deleteSheet(book.getSheetByName("说明")); book.getSheetByName("案例").setName("案例汇总");`);
    const [menu] = desk.google.open(desk.id, administrator);
    expect(menu?.items.map(({ label }) => label)).toContain("检查全部");
  });

  test.for([
    { given: "概要 K-12", words: 3 },
    { given: "", words: 0 },
    { given: [["一二"], ["三"]], words: [[2], [1]] },
    { given: [["一", "二三"]], words: [[1, 2]] },
  ])("CASE_WORDS of $given", ({ given, words }) => {
    const desk = openDesk(emptyWorkbook);
    expect(desk.google.call(desk.id, "CASE_WORDS", [given])).toEqual(words);
  });
});
