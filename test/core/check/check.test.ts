import { describe, expect, test } from "vitest";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { quotaSheet } from "../../../apps-script/core/schema/application.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, directSchool, makeSnapshot, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { noCounts, prose } from "../rules/rule-table.ts";

const check = (snapshot: WorkbookSnapshot) => checkAward(snapshot, ningxia2025);
const checkParts = (parts: AwardParts) => check(makeSnapshot(parts));

/** Position of a column of a sheet by its label. */
function columnOf(snapshot: WorkbookSnapshot, sheet: string, label: string): number {
  return (sheetNamed(snapshot, sheet).rows[0] ?? []).indexOf(label) + 1;
}

function noteAt(snapshot: WorkbookSnapshot, sheet: string, row: number, label: string): string | undefined {
  return sheetNamed(snapshot, sheet).notes.get(noteKey(row, columnOf(snapshot, sheet, label)));
}

function withNote(snapshot: WorkbookSnapshot, row: number, label: string, text: string): WorkbookSnapshot {
  const column = columnOf(snapshot, "案例", label);
  return applyPatch(snapshot, { sheets: [{ name: "案例", notes: [{ row, column, text }] }] });
}

const rowsOf = (snapshot: WorkbookSnapshot, sheet: string) => sheetNamed(snapshot, sheet).rows;

describe("检查", () => {
  test("one row a finding, with a link to its cell", () => {
    const snapshot = makeSnapshot({ submissions: [{}, { priorAward: "是" }] });
    const after = applyPatch(snapshot, check(snapshot).patch);
    expect(rowsOf(after, "检查").slice(1)).toEqual([
      [
        "错误",
        "曾获表彰",
        "A002",
        expect.stringContaining("表彰"),
        { kind: "link", text: "AT3", target: "#'案例'!AT3" },
        ...["案例", 3, "曾获表彰", "兴庆区教育局", "三（一）、三（二）", "SUB-PRIOR-AWARD"],
      ],
    ]);
  });

  describe("as 0.1.0 laid it", () => {
    const before = ["级别", "规则", "工作表", "行", "列", "案例编号", "推荐单位", "问题", "依据", "位置"];
    const laid = (header: readonly string[]) => {
      const snapshot = makeSnapshot({ submissions: [{ priorAward: "是" }] });
      const sheets = snapshot.sheets.map((s) => (s.name === "检查" ? { ...s, rows: [header] } : s));
      return { sheets };
    };

    test("gets its columns in the new order", () => {
      const old = laid(before);
      const [header, first] = rowsOf(applyPatch(old, check(old).patch), "检查");
      expect(header?.slice(0, 4)).toEqual(["级别", "问题类别", "案例编号", "问题"]);
      expect(first?.slice(0, 3)).toEqual(["错误", "曾获表彰", "A001"]);
    });

    test("keeps a column of people where it stands, and its own before it", () => {
      const old = laid([...before, "谁来改"]);
      const [header, first] = rowsOf(applyPatch(old, check(old).patch), "检查");
      expect(header).toEqual([...before, "谁来改", "问题类别"]);
      expect([first?.[1], first?.[11]]).toEqual(["SUB-PRIOR-AWARD", "曾获表彰"]);
    });
  });

  test("a moved column and a renamed sheet are found by their labels", () => {
    const snapshot = makeSnapshot({ submissions: [{}, { priorAward: "是" }] });
    const moved = {
      sheets: snapshot.sheets.map((s) =>
        s.name === "案例" ? { ...s, name: "案例 's", rows: s.rows.map((row) => [...row].reverse()) } : s,
      ),
    };
    const after = applyPatch(moved, check(moved).patch);
    expect(rowsOf(after, "检查")[1]?.slice(5, 8)).toEqual(["案例 's", 3, "曾获表彰"]);
    expect(rowsOf(after, "检查")[1]?.[4]).toMatchObject({ target: "#'案例 ''s'!G3" });
  });

  test("errors before warnings before information, then sheet, row and column", () => {
    const { findings } = checkParts({
      units: [{ ...xingqing, sealedCopy: "否" }],
      submissions: [
        { id: null, videoBrand: null, priorAward: "是" },
        { keywords: null, title: null },
      ],
      experts: [],
    });
    expect(findings.map((f) => `${f.severity} ${f.sheet} ${f.row} ${f.column}`)).toEqual([
      "error 单位 2 单位名称",
      "error 单位 2 单位名称",
      "error 单位 2 单位名称",
      "error 案例 2 案例编号",
      "error 案例 2 曾获表彰",
      "error 案例 3 案例名称",
      "error 案例 3 关键词",
      "warning 案例 2 品牌标识",
      "info 单位 2 盖章件收讫",
    ]);
  });

  test("a friendly line when there is nothing to say, and none left of an earlier check", () => {
    const bad = makeSnapshot({ submissions: [{ priorAward: "是", keywords: null }] });
    const checked = applyPatch(bad, check(bad).patch);
    let better = typeCell(checked, "案例", 2, columnOf(bad, "案例", "曾获表彰"), "否");
    better = typeCell(better, "案例", 2, columnOf(bad, "案例", "关键词"), "甲乙、丙丁、戊己");
    const after = applyPatch(better, check(better).patch);
    const texts = rowsOf(after, "检查")
      .slice(1)
      .flat()
      .filter((value) => value !== null);
    expect(texts).toEqual(["没有发现问题。"]);
    expect(check(better).counts).toEqual({ error: 0, warning: 0, info: 0 });
  });

  test("is made anew where somebody deleted the sheet", () => {
    const snapshot = makeSnapshot({ submissions: [{ priorAward: "是" }] });
    const without = { sheets: snapshot.sheets.filter((s) => s.name !== "检查") };
    const after = applyPatch(without, check(without).patch);
    expect(rowsOf(after, "检查")[0]?.[0]).toBe("级别");
    expect(rowsOf(after, "检查")[1]?.[1]).toBe("曾获表彰");
    expect(after.sheets.map((s) => s.name)).toEqual(snapshot.sheets.map((s) => s.name));
  });

  test("a wrong value in 参数 is the only finding, and 可推荐 stays as it was", () => {
    const snapshot = makeSnapshot({ submissions: [{ priorAward: "是" }], settings: { 每案评审专家数: "很多" } });
    const { findings, patch } = check(snapshot);
    expect(findings.map((f) => f.code)).toEqual(["SETTING-VALUE"]);
    expect(patch.sheets.some((s) => s.name === "配额")).toBe(false);
  });
});

describe("marks", () => {
  test("every cell that a finding names", () => {
    const { patch } = checkParts({ submissions: [{ wordsTotal: 3600, keywords: null }] });
    const marks = patch.sheets.find((s) => s.name === "案例")?.marks;
    expect(marks?.map((m) => m.mark)).toEqual(["error", "warning"]);
  });

  test("an error and a warning in one cell make it red", () => {
    // The name in running text may be a word; the section is too long.
    const { patch } = checkParts({
      submissions: [{ ...noCounts, "author1.name": "高明" }],
      texts: [{ summary: `高明${prose(499)}` }],
    });
    const marks = patch.sheets.find((s) => s.name === "正文")?.marks;
    expect(marks?.map((m) => m.mark)).toEqual(["error"]);
  });

  test("two findings in one cell make one mark", () => {
    const snapshot = makeSnapshot({ submissions: [{ "author1.name": "柏翊霏", videoFile: "柏翊霏.avi" }] });
    const marks = check(snapshot).patch.sheets.find((s) => s.name === "案例")?.marks;
    expect(marks).toEqual([{ row: 2, column: columnOf(snapshot, "案例", "视频文件"), mark: "error" }]);
  });

  test("given for every typed sheet, so that earlier ones go", () => {
    const { patch } = checkParts({});
    const marked = patch.sheets.filter((s) => s.marks !== undefined).map((s) => [s.name, s.marks?.length]);
    expect(marked).toEqual(["参数", "单位", "案例", "正文", "专家", "联络员"].map((name) => [name, 0]));
  });
});

describe("notes", () => {
  const bad = makeSnapshot({ submissions: [{ priorAward: "是" }] });
  const fix = (snapshot: WorkbookSnapshot, value: CellValue = "否") =>
    typeCell(snapshot, "案例", 2, columnOf(snapshot, "案例", "曾获表彰"), value);
  const checked = (snapshot: WorkbookSnapshot) => applyPatch(snapshot, check(snapshot).patch);

  test("come with the finding", () => {
    expect(noteAt(checked(bad), "案例", 2, "曾获表彰")).toMatch(
      /^【评案簿检查】\n错误 曾获表彰（SUB-PRIOR-AWARD）：.*核实.*。$/,
    );
  });

  test("go with the finding", () => {
    expect(noteAt(checked(fix(checked(bad))), "案例", 2, "曾获表彰")).toBeUndefined();
  });

  test("as 0.1.0 wrote them, with the code alone, go as well", () => {
    const old = withNote(bad, 2, "曾获表彰", "王老师\n【评案簿检查】\n错误 SUB-PRIOR-AWARD：曾获表彰");
    expect(noteAt(checked(fix(old)), "案例", 2, "曾获表彰")).toBe("王老师");
    expect(noteAt(checked(old), "案例", 2, "曾获表彰")?.match(/SUB-PRIOR-AWARD/g)).toHaveLength(1);
  });

  test("what a person wrote stays, above ours", () => {
    const noted = checked(withNote(bad, 2, "曾获表彰", "已电话核实\n王老师"));
    expect(noteAt(noted, "案例", 2, "曾获表彰")).toMatch(/^已电话核实\n王老师\n【评案簿检查】\n错误/);
    expect(noteAt(checked(fix(noted)), "案例", 2, "曾获表彰")).toBe("已电话核实\n王老师");
  });

  test("what a person wrote below ours stays too", () => {
    const ours = noteAt(checked(bad), "案例", 2, "曾获表彰") ?? "";
    const answered = withNote(checked(bad), 2, "曾获表彰", `${ours}\r\n已核实：2021 年获县级奖`);
    expect(noteAt(checked(answered), "案例", 2, "曾获表彰")).toMatch(/^已核实：2021 年获县级奖\n【评案簿检查】\n错误/);
    expect(noteAt(checked(fix(answered)), "案例", 2, "曾获表彰")).toBe("已核实：2021 年获县级奖");
  });

  test("a note without a finding is left alone, byte for byte", () => {
    const odd = "  两行\r\n批注 ";
    const noted = withNote(bad, 2, "案例名称", odd);
    expect(check(noted).patch.sheets.find((s) => s.name === "案例")?.notes).toHaveLength(1);
    expect(noteAt(checked(noted), "案例", 2, "案例名称")).toBe(odd);
  });

  test("checking twice changes no note", () => {
    const once = checked(bad);
    expect(check(once).patch.sheets.flatMap((s) => s.notes ?? [])).toEqual([]);
  });
});

describe("配额", () => {
  test("可推荐 counts the clean rows of each unit, field and track, recommended or not", () => {
    const base = makeSnapshot({
      units: [xingqing, directSchool],
      submissions: [
        {},
        { recommended: "是" },
        { priorAward: "是" },
        { status: "取消资格" },
        { track: "乡村", status: null },
        { nominator: directSchool.name ?? null, track: null },
      ],
    });
    const groups: [string, string, string][] = [
      ["兴庆区教育局", "教学革新", "城市"],
      ["兴庆区教育局", "教学革新", "乡村"],
      ["兴庆区教育局", "评价改革", "城市"],
      ["厅直属第一示例学校", "教学革新", ""],
      ["合计", "", ""],
    ];
    const edits = groups.flatMap((cells, i) => cells.map((value, c) => ({ row: 2 + i, column: c + 1, value })));
    const snapshot = applyPatch(base, { sheets: [{ name: "配额", edits }] });
    const after = applyPatch(snapshot, check(snapshot).patch);
    const eligible = quotaSheet.columns.findIndex(({ key }) => key === "eligible");
    expect(
      rowsOf(after, "配额")
        .slice(1)
        .map((row) => row[eligible] ?? null),
    ).toEqual([2, 1, 0, 1, null]);
  });
});
