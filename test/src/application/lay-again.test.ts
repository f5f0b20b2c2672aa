import { expect, test } from "vitest";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { opened } from "../../node-tools/local-sheets/platform.ts";
import { administrator, copyDesk, type Desk, laidWorkbook, openDesk } from "../shared/shared-desk.ts";

const award = makeSnapshot({ units: [xingqing, tongxin], submissions: [{}, {}, { nominator: "同心县教育局" }] });

/** As the script leaves it, with what it remembers of the looks. */
const openInitialised = opened(() => {
  const desk = openDesk(laidWorkbook(award));
  desk.run("initializeWorkbook");
  return desk;
}, copyDesk);

const forgetLooks = 'PropertiesService.getDocumentProperties().deleteProperty("casebook.laid");';

/** How the sheets look, by their names; how far a filter reaches is left to people. */
const looksOf = ({ google, id }: Desk) =>
  new Map(google.contentOf(id).sheets.map(({ name, layout: { filter: _, ...layout } = {} }) => [name, layout]));

function paste(desk: Desk, rows: number): void {
  const header = ["推荐单位", "案例编号", "案例名称", "申报领域", "第一作者姓名"];
  const lines = Array.from({ length: rows }, (_, i) => ["兴庆区教育局", `X${i}`, `名称${i}`, "", `作者${i}`]);
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values: [header, ...lines] });
  desk.run("importPasted");
  expect(desk.told.at(-1)).toContain("已导入");
}

test.for([5, 260])("after %s rows were imported every sheet looks as if it were laid as a whole", (rows) => {
  const desk = openInitialised();
  paste(desk, rows);
  const imported = looksOf(desk);
  byHand(desk, forgetLooks);
  desk.run("initializeWorkbook");
  // 日志 is a row longer.
  for (const [name, look] of looksOf(desk)) if (name !== "日志") expect(imported.get(name), name).toEqual(look);
});

const unitRows = (count: number) =>
  Array.from({ length: count }, (_, i) => [String(650000 + i), `示例${i}县教育局`, "教育局"]);

function pasteUnits(desk: Desk): void {
  const values = [["单位代码", "单位名称", "类别"], ...unitRows(60).slice(-5)];
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
  desk.run("importPasted");
  expect(desk.told.at(-1)).toContain("已导入");
}

test.for([
  {
    by: "many units were typed by hand",
    change: (desk: Desk) =>
      desk.google.edit(desk.id, administrator, { sheet: "单位", row: 4, column: 1, values: unitRows(50) }),
  },
  {
    by: "rows were deleted in it, closed to officers",
    change: (desk: Desk) => {
      desk.run("unlockSubmissions");
      byHand(desk, 'book.getSheetByName("单位").deleteRows(20, 30);');
    },
  },
])("单位 is laid as far down as people may type after $by, an import and 初始化", ({ change }) => {
  const desk = openInitialised();
  change(desk);
  pasteUnits(desk);
  desk.run("initializeWorkbook");
  const laid = looksOf(desk).get("单位");
  byHand(desk, forgetLooks);
  desk.run("initializeWorkbook");
  expect(laid).toEqual(looksOf(desk).get("单位"));
});

const deform = (sheet: string, cells: string) =>
  `book.getSheetByName("${sheet}").getRange("${cells}").setFontSize(30).clearDataValidations();`;

test.for([
  { sheet: "案例", cells: "C2:C9" },
  { sheet: "正文", cells: "A2:B9" },
])("初始化 lays again what officers can deform: $sheet", ({ sheet, cells }) => {
  const desk = openInitialised();
  const before = looksOf(desk).get(sheet);
  byHand(desk, deform(sheet, cells));
  expect(looksOf(desk).get(sheet)).not.toEqual(before);
  desk.run("initializeWorkbook");
  expect(looksOf(desk).get(sheet)).toEqual(before);
});

test("the header of 单位 is laid again once it has lost its protection", () => {
  const desk = openInitialised();
  const before = looksOf(desk).get("单位");
  byHand(
    desk,
    `${deform("单位", "A1:G1")}
    book.getSheetByName("单位").getProtections(SpreadsheetApp.ProtectionType.SHEET)[0].remove();`,
  );
  expect(looksOf(desk).get("单位")).not.toEqual(before);
  desk.run("initializeWorkbook");
  expect(looksOf(desk).get("单位")).toEqual(before);
});

test("a sheet that is closed is laid again once it has lost its protection, and is closed again", () => {
  const desk = openInitialised();
  const before = looksOf(desk).get("配额");
  byHand(
    desk,
    `${deform("配额", "A2:B3")}
    book.getSheetByName("配额").getProtections(SpreadsheetApp.ProtectionType.SHEET)[0].remove();`,
  );
  expect(looksOf(desk).get("配额")).not.toEqual(before);
  desk.run("initializeWorkbook");
  expect(looksOf(desk).get("配额")).toEqual(before);
});

test("after a fault on the way nothing counts as laid that may be half laid", () => {
  const desk = openInitialised();
  const before = looksOf(desk);
  byHand(desk, forgetLooks);
  byHand(desk, deform("参数", "A2:B3"));
  let set = 0;
  desk.google.surroundings.beforeCall = ({ name }) => {
    if (name === "Range.setFontFamily" && ++set === 2) throw new Error("Service Spreadsheets failed");
  };
  desk.run("initializeWorkbook");
  delete desk.google.surroundings.beforeCall;
  expect(desk.told.at(-1)).toContain("没有做完");
  desk.run("initializeWorkbook");
  expect(looksOf(desk).get("参数")).toEqual(before.get("参数"));
});
