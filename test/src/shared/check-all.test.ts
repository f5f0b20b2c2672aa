import { describe, expect, test } from "vitest";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { version } from "../../../apps-script/core/version.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { noteKey, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { administrator, type Desk, lightWorkbook, openDesk, sharedProject, stateOf } from "./shared-desk.ts";

const faulty: AwardParts = {
  units: [xingqing, tongxin],
  submissions: [{ priorAward: "是" }, { keywords: "一" }, { id: "A001", title: "兴庆区的实践" }, {}],
  texts: [{ id: "A002", summary: "概要".repeat(300) }],
  experts: [{ phone: "12" }],
  liaisons: [{ phone: "34" }],
};

const dataCalls = (desk: Desk) => desk.calls().filter((call) => call.movesCells);

/** As many rows again and again, one in three with errors. */
function manyRows(count: number): WorkbookSnapshot {
  const submissions = Array.from({ length: count }, (_, i) => ({
    id: `B${String(i).padStart(5, "0")}`,
    "author1.account": `nx9${String(i).padStart(7, "0")}`,
    ...(i % 3 === 0 ? { keywords: "一" } : {}),
  }));
  const texts = submissions.map(({ id }, i) => ({ id, summary: i % 5 === 0 ? "字".repeat(501) : `第${i}篇` }));
  const experts = submissions
    .slice(0, count / 3)
    .map((_, i) => ({ phone: i % 2 === 0 ? "1" : `139${10_000_000 + i}` }));
  return makeSnapshot({ ...faulty, submissions, texts, experts });
}

/** As the review workbook's script marks it. */
function moveExperts({ google, id }: Desk): void {
  const project = sharedProject();
  const mark = 'function mark() { SpreadsheetApp.getActive().addDeveloperMetadata("casebook.expertsMoved", "x"); }';
  google.bindScript(id, { ...project, code: `${project.code}\n${mark}` });
  google.run(id, administrator, "mark");
}

describe("检查全部", () => {
  test("writes 检查 and 可推荐 as the other host does, and the notes", () => {
    const snapshot = makeSnapshot(faulty);
    const desk = openDesk(lightWorkbook(snapshot));
    desk.run("checkAll");
    const { patch, findings } = checkAward(snapshot, ningxia2025);
    expect(findings.length).toBeGreaterThan(6);
    expect(desk.sheet("检查").rows).toEqual(
      applyPatch(snapshot, patch).sheets.find(({ name }) => name === "检查")?.rows,
    );
    expect([...desk.sheet("案例").notes.values()].join()).toContain("SUB-PRIOR-AWARD");
    expect([...desk.sheet("正文").notes.values()].join()).toContain("TEXT-SECTION");
    const [header = [], first = []] = desk.sheet("配额").rows;
    // The last submission alone is clean.
    expect(first[header.indexOf("可推荐")]).toBe(1);
    expect(desk.sheet("日志").rows[1]?.slice(1, 4)).toEqual([
      administrator,
      "检查",
      `规则 ${version}，通知 ningxia-2025`,
    ]);
    expect(desk.told.at(-1)).toMatch(/^检查完成\n错误 \d+，警告 \d+，提示 \d+$/);
  });

  test("what was put right disappears; notes of people stay", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    const column = (desk.sheet("案例").rows[0] ?? []).indexOf("曾获表彰") + 1;
    desk.google.setNote(desk.id, administrator, "案例", 2, column, "已与学校核实");
    desk.run("checkAll");
    const noteAt = () => desk.sheet("案例").notes.get(noteKey(2, column));
    expect(noteAt()).toMatch(/^已与学校核实\n【评案簿检查】\n错误 曾获表彰（SUB-PRIOR-AWARD）/);
    const before = desk.sheet("检查").rows.length;
    desk.google.edit(desk.id, administrator, { sheet: "案例", row: 2, column, values: [["否"]] });
    desk.run("checkAll");
    expect(noteAt()).toBe("已与学校核实");
    expect(desk.sheet("检查").rows.length).toBe(before - 1);
  });

  test("again: the same, and one more row in 日志, chained", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    desk.run("checkAll");
    const before = stateOf(desk);
    desk.run("checkAll");
    expect(stateOf(desk)).toEqual(before);
    const [, first, second] = desk.sheet("日志").rows;
    expect(desk.sheet("日志").rows).toHaveLength(3);
    expect(second?.[5]).toBe(first?.[5]);
    expect(second?.[6]).not.toBe(first?.[6]);
  });

  test("a unit that was typed in gets its rows in 配额", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    const rows = desk.sheet("配额").rows.length;
    const values = [["ZS01", "厅直属第一示例学校", "厅直属学校", "第一示例学校"]];
    desk.google.edit(desk.id, administrator, { sheet: "单位", row: 4, column: 1, values });
    desk.run("checkAll");
    expect(desk.sheet("配额").rows.length).toBe(rows + ningxia2025.fields.length);
  });

  test("nothing is said about experts that were moved", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    desk.run("checkAll");
    const codes = () => desk.sheet("检查").rows.map((row) => String(row[10]));
    expect(codes().filter((code) => code.startsWith("EXPERT-")).length).toBeGreaterThan(2);
    moveExperts(desk);
    desk.run("checkAll");
    expect(codes().filter((code) => code.startsWith("EXPERT-"))).toEqual([]);
  });

  test.for([
    { sheet: "案例", label: "第一作者单位", counted: true },
    { sheet: "专家", label: "单位", counted: true },
    { sheet: "单位", label: "别名", counted: false },
    { sheet: "参数", label: "说明", counted: false },
  ])("a formula that somebody typed in $sheet is a finding: $counted", ({ sheet, label, counted }) => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    const column = (desk.sheet(sheet).rows[0] ?? []).indexOf(label) + 1;
    const cell = `book.getSheetByName("${sheet}").getRange(2, ${column})`;
    byHand(desk, `${cell}.setNumberFormat("General").setFormula('="第一"&"小学"');`);
    desk.run("checkAll");
    const found = desk.sheet("检查").rows.filter((row) => row[10] === "DATA-FORMULA");
    expect(found.map((row) => row[5])).toEqual(counted ? [sheet] : []);
  });

  test("a second runner is told who runs what", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    desk.google.share(desk.id, "second@example.org", "edit");
    let entered = false;
    desk.google.surroundings.beforeCall = ({ name }) => {
      if (entered || name !== "Range.setValues") return;
      entered = true;
      desk.run("checkAll", "second@example.org");
    };
    desk.run("checkAll");
    expect(desk.told[0]).toBe(`检查全部\n${administrator} 正在运行“检查全部”（09:00:00 开始），请等它完成后再试。`);
    expect(desk.sheet("日志").rows).toHaveLength(2);
  });

  test("an officer is refused before anything is written", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    desk.google.share(desk.id, "officer@example.org", "edit");
    const before = stateOf(desk);
    desk.run("checkAll", "officer@example.org");
    expect(stateOf(desk)).toEqual(before);
    expect(desk.told.at(-1)).toContain("请让管理员来运行“检查全部”");
  });

  test("an officer who typed a new unit cannot have the sheets laid again", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot(faulty)));
    desk.google.share(desk.id, "officer@example.org", "edit");
    const values = [["ZS01", "厅直属第一示例学校", "厅直属学校", "第一示例学校"]];
    desk.google.edit(desk.id, administrator, { sheet: "单位", row: 4, column: 1, values });
    const before = stateOf(desk);
    desk.run("checkAll", "officer@example.org");
    expect(desk.told.at(-1)).toContain("“检查全部”只有管理员可以运行");
    expect(stateOf(desk)).toEqual(before);
  });

  test("a damaged workbook is told in words", () => {
    const content = lightWorkbook(makeSnapshot(faulty));
    const sheets = content.sheets.map((sheet) =>
      sheet.name === "单位" ? { ...sheet, edits: sheet.edits?.filter(({ value }) => value !== "别名") ?? [] } : sheet,
    );
    const desk = openDesk({ sheets });
    desk.run("checkAll");
    expect(desk.told.at(-1)).toMatch(/^检查全部\n“单位”表缺少列“别名”/);
  });

  test("calls that move cells: as many for 240 rows as for 80, 28 at most", () => {
    const counts = [80, 240].map((count) => {
      const desk = openDesk(lightWorkbook(manyRows(count)));
      // The first check lays 进度.
      desk.run("checkAll");
      desk.run("checkAll");
      expect(desk.sheet("检查").rows.length).toBeGreaterThan(count / 2);
      return dataCalls(desk).length;
    });
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(28);
  });
});
