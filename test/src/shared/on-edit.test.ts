import { beforeEach, describe, expect, test } from "vitest";
import { checkRows } from "../../../apps-script/core/check/live-check-rows.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  type CellValue,
  noteKey,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, inventedName, makeSnapshot, type SubmissionRow } from "../../core/award-builder.ts";
import { patchOf, sheetNamed } from "../../core/in-memory-workbook.ts";
import { newAdapterHost, owner } from "../google/adapter-host.ts";

const officer = "officer@example.org";

/** Columns with a format that keeps what is typed, as the workbook has them. */
function withTextColumns(content: WorkbookPatch): WorkbookPatch {
  const area = { top: 1, left: 1, bottom: 1000, right: 30 };
  return {
    sheets: content.sheets.map((sheet) =>
      sheet.name === "案例" ? { ...sheet, layout: { styles: [{ area, style: { numberFormat: "@" } }] } } : sheet,
    ),
  };
}

describe("onEdit", () => {
  let host: ReturnType<typeof newAdapterHost>;
  let snapshot: WorkbookSnapshot;

  function open(
    parts: AwardParts,
    change: (snapshot: WorkbookSnapshot) => WorkbookSnapshot = (s) => s,
    doubts: Parameters<typeof newAdapterHost>[1] = {},
  ): void {
    snapshot = change(makeSnapshot(parts));
    host = newAdapterHost(withTextColumns(patchOf(snapshot)), doubts);
    host.google.share(host.id, officer, "edit");
  }

  const columnOf = (sheet: string, label: string) => (sheetNamed(snapshot, sheet).rows[0] ?? []).indexOf(label) + 1;
  const type = (sheet: string, row: number, label: string, ...texts: string[]) =>
    host.google.edit(host.id, officer, {
      sheet,
      row,
      column: columnOf(sheet, label),
      values: texts.map((text) => [text]),
    });
  const notes = (sheet = "案例") => sheetNamed(host.google.snapshotOf(host.id), sheet).notes;
  const noteAt = (row: number, label: string, sheet = "案例") => notes(sheet).get(noteKey(row, columnOf(sheet, label)));

  beforeEach(() => open({ submissions: [{}, {}, {}] }));

  test("the texts of a submission are found below the rows that are read for the header", () => {
    const submissions = Array.from({ length: 30 }, (_, i) => ({ id: `A${100 + i}` }));
    const texts = submissions.map(({ id }, i) => (i === 27 ? { id, summary: "很长的概要".repeat(120) } : { id }));
    open({ submissions, texts });
    type("案例", 29, "曾获表彰", "是");
    expect(noteAt(29, "概要字数")).toContain("正文实际为 600 字");
  });

  test("a problem is noted on its cell and told; mending it takes the note away", () => {
    type("案例", 3, "曾获表彰", "是");
    expect(noteAt(3, "曾获表彰")).toMatch(/^【评案簿检查】\n错误 曾获表彰（SUB-PRIOR-AWARD）：/);
    expect(notes().size).toBe(1);
    expect(host.toasts).toEqual([expect.stringMatching(/^第 3 行“曾获表彰”，错误：/)]);
    expect(host.dataCalls().length).toBeLessThanOrEqual(10);
    type("案例", 3, "曾获表彰", "否");
    expect(notes().size).toBe(0);
    expect(host.toasts).toHaveLength(1);
  });

  test("people's words in a note stay", () => {
    host.google.setNote(host.id, owner, "案例", 3, columnOf("案例", "曾获表彰"), "已核实");
    type("案例", 3, "曾获表彰", "是");
    expect(noteAt(3, "曾获表彰")).toMatch(/^已核实\n【评案簿检查】\n错误/);
    type("案例", 3, "曾获表彰", "否");
    expect(noteAt(3, "曾获表彰")).toBe("已核实");
  });

  test("limits across rows are told on the edited row", () => {
    const first = sheetNamed(snapshot, "案例").rows[1]?.[columnOf("案例", "第一作者教育云账号") - 1];
    type("案例", 4, "第一作者教育云账号", String(first));
    expect(noteAt(4, "第一作者")).toContain("AUTHOR-FIRST-LIMIT");
    expect(noteAt(2, "第一作者")).toBeUndefined();
  });

  test("the text of the edited submission is judged with it", () => {
    open({ submissions: [{}, { wordsTotal: null }] });
    type("案例", 3, "曾获表彰", "是");
    const { findings } = checkRows(host.google.snapshotOf(host.id), ningxia2025, {
      table: "submissions",
      rows: [3],
      withTexts: true,
    });
    expect([...notes().keys()].sort()).toEqual(
      [...new Set(findings.map((f) => noteKey(f.row, columnOf("案例", f.column))))].sort(),
    );
    expect(host.dataCalls().length).toBeLessThanOrEqual(10);
  });

  test("500 pasted rows", () => {
    open({ submissions: Array.from({ length: 500 }, (): SubmissionRow => ({ keywords: null })) });
    type("案例", 2, "曾获表彰", ...Array.from({ length: 500 }, (_, i) => (i % 2 ? "是" : "否")));
    // And one for each row, where it is seen.
    expect(notes().size).toBe(750 + 500);
    expect(host.toasts[0]).toContain("（共 750 处");
    expect(host.toasts[0]).toMatch(/^这次的 500 行里有 500 行要改/);
    expect(host.dataCalls().length).toBeLessThanOrEqual(10);
  });

  test("of many rows each bad one is marked in a column that stays in view, until it is mended", () => {
    type("案例", 2, "曾获表彰", "是", "否", "是");
    const marks = () => [2, 3, 4].map((row) => noteAt(row, "案例编号"));
    const mark = (count: number, labels: string) => `【评案簿检查】\n本行有 ${count} 处问题：${labels}`;
    expect(marks()).toEqual([mark(1, "曾获表彰"), undefined, mark(1, "曾获表彰")]);
    type("案例", 2, "曾获表彰", "否");
    type("案例", 3, "曾获表彰", "是");
    type("案例", 4, "视频字幕", "无");
    expect(marks()).toEqual([undefined, undefined, mark(2, "视频字幕、曾获表彰")]);
  });

  test.for([false, true])("the list opens beside them where a simple trigger may open a sidebar (%s)", (mayOpen) => {
    open({ submissions: [{}, {}, {}] }, undefined, { triggersOpenSidebars: mayOpen });
    type("案例", 2, "曾获表彰", "是", "否", "是");
    expect(host.toasts[0]).toContain(mayOpen ? "清单见右侧“检查结果”" : "清单见菜单“评案簿 → 检查本单位”");
    expect(host.shown).toEqual(mayOpen ? ["sidebar"] : []);
  });

  test("thousands of rows at once are left to the full check", () => {
    type("案例", 2, "曾获表彰", ...Array.from({ length: 2_500 }, () => "是"));
    expect(host.toasts).toEqual(["一次改动了 2500 行，未逐行检查；请到菜单“评案簿”运行“检查全部”。"]);
    expect(host.dataCalls()).toEqual([]);
  });

  test.for([
    { sheet: "案例", row: 1, label: "曾获表彰" },
    { sheet: "单位", row: 2, label: "别名" },
    { sheet: "参数", row: 2, label: "说明" },
    { sheet: "正文", row: 2, label: "案例名称" },
  ])("$sheet row $row is not judged", ({ sheet, row, label }) => {
    type(sheet, row, label, "随便");
    expect(host.toasts).toEqual([]);
    expect(host.dataCalls()).toEqual([]);
  });

  test.for([
    { sheet: "专家", label: "联系电话", text: "123", code: "EXPERT-PHONE" },
    { sheet: "联络员", label: "联系电话", text: "123", code: "LIAISON-PHONE" },
  ])("$sheet: $code", ({ sheet, label, text, code }) => {
    type(sheet, 2, label, text);
    expect(noteAt(2, label, sheet)).toContain(code);
    expect(host.dataCalls().length).toBeLessThanOrEqual(10);
  });

  test("a renamed sheet with its columns turned round is known by its labels", () => {
    open({ submissions: [{}, {}] }, ({ sheets }) => ({
      sheets: sheets.map((sheet) => {
        if (sheet.name !== "案例") return sheet;
        const width = sheet.rows[0]?.length ?? 0;
        const turned = sheet.rows.map((row) =>
          Array.from({ length: width }, (_, i): CellValue => row[width - 1 - i] ?? null),
        );
        return { ...sheet, name: "申报案例", rows: turned };
      }),
    }));
    type("申报案例", 2, "曾获表彰", "是");
    expect(noteAt(2, "曾获表彰", "申报案例")).toContain("SUB-PRIOR-AWARD");
  });

  test.for([
    { above: 19, what: "known", noted: true },
    { above: 20, what: "not known, as everywhere else", noted: false },
  ])("a renamed sheet whose labels stand below $above rows is $what", ({ above, noted }) => {
    open({ submissions: [{}, {}] }, ({ sheets }) => ({
      sheets: sheets.map((sheet) =>
        sheet.name === "案例"
          ? { ...sheet, name: "申报案例", rows: [...Array.from({ length: above }, () => ["说明"]), ...sheet.rows] }
          : sheet,
      ),
    }));
    const column = (sheetNamed(snapshot, "申报案例").rows[above] ?? []).indexOf("曾获表彰") + 1;
    host.google.edit(host.id, officer, { sheet: "申报案例", row: above + 2, column, values: [["是"]] });
    expect(notes("申报案例").has(noteKey(above + 2, column))).toBe(noted);
    expect(host.toasts).toHaveLength(noted ? 1 : 0);
  });

  test.for([
    { rows: 2_000, isJudged: true },
    { rows: 2_001, isJudged: false },
  ])("$rows rows at once are judged: $isJudged", ({ rows, isJudged }) => {
    type("案例", 2, "曾获表彰", ...Array.from({ length: rows }, (_, i) => (i === 1 ? "是" : "否")));
    expect(notes().size > 0).toBe(isJudged);
    expect(host.toasts.join().includes("未逐行检查")).toBe(!isJudged);
  });

  test("a formula in a cell is told", () => {
    type("专家", 2, "单位", '="第一"&"小学"');
    expect(noteAt(2, "单位", "专家")).toContain("DATA-FORMULA");
  });

  test.for([
    { name: "two problems, the first closed", row: {}, open: ["曾获表彰"], noted: ["曾获表彰"] },
    {
      name: "three, the first closed: too many calls",
      row: { videoSubtitles: "无" },
      open: ["联系电话", "曾获表彰"],
      noted: [],
    },
    { name: "three, the last closed", row: { videoSubtitles: "无" }, open: ["关键词", "视频字幕"], noted: ["关键词"] },
  ])("cells that the person may not write stay as they are, and nothing fails: $name", ({ row, open: free, noted }) => {
    open({ submissions: [{ keywords: null, ...row }] });
    const columns = free.map((label) => columnOf("案例", label));
    const styles = columns.map((column) => ({
      area: { top: 2, left: column, bottom: 9, right: column },
      style: { locked: false },
    }));
    // What is typed is typed before the sheet is protected.
    host.google.edit(host.id, owner, { sheet: "案例", row: 2, column: columnOf("案例", "曾获表彰"), values: [["是"]] });
    for (const key of notes().keys()) {
      const [r = 0, c = 0] = key.split(":").map(Number);
      host.google.setNote(host.id, owner, "案例", r, c, "");
    }
    host.toasts.length = 0;
    host.apply({ sheets: [{ name: "案例", layout: { protected: true, styles } }] });
    const label = free.at(-1) ?? "";
    type("案例", 2, label, label === "视频字幕" ? "无" : "是");
    expect([...notes().keys()]).toEqual(noted.map((each) => noteKey(2, columnOf("案例", each))));
    expect(host.toasts[0]).toContain(`共 ${2 + Object.keys(row).length} 处`);
    expect(host.dataCalls().filter((name) => name === "Range.setNotes")).toHaveLength(2);
    expect((host.google as { lastTriggerError?: Error }).lastTriggerError).toBeUndefined();
  });

  test("a workbook that lacks a column does not disturb whoever types", () => {
    open({ submissions: [{}] }, ({ sheets }) => ({ sheets: sheets.filter(({ name }) => name !== "参数") }));
    type("案例", 2, "曾获表彰", inventedName(1));
    expect((host.google as { lastTriggerError?: Error }).lastTriggerError).toBeUndefined();
  });
});
