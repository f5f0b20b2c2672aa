import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { describeCorrection, patchCorrections } from "../../../apps-script/core/corrections/correction.ts";
import { proposeCorrections } from "../../../apps-script/core/corrections/propose-corrections.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { fingerprintOf } from "../../../apps-script/core/workbook/fingerprint.ts";
import { type CellValue, noteKey, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import {
  type AwardParts,
  date,
  directSchool,
  makeSnapshot,
  type SubmissionRow,
  tongxin,
  xingqing,
} from "../award-builder.ts";
import { csv, Import, unitRoster } from "../import/import-inputs.ts";
import { sheetNamed } from "../in-memory-workbook.ts";

const propose = (parts: AwardParts) => proposeCorrections(makeSnapshot(parts), notice);
const fixed = (snapshot: WorkbookSnapshot) =>
  applyPatch(snapshot, patchCorrections(snapshot, proposeCorrections(snapshot, notice).corrections));
const school = { units: [xingqing, directSchool] };

describe("what is beyond doubt", () => {
  test.for<{ name: string; parts: AwardParts; to: CellValue; code?: string }>([
    {
      name: "a phone in full-width digits",
      parts: { submissions: [{ phone: "１３９０９５１２３４５" }] },
      to: "13909512345",
    },
    { name: "a phone with spaces", parts: { submissions: [{ phone: "139 0951 2345" }] }, to: "13909512345" },
    { name: "an account in full width", parts: { submissions: [{ "author1.account": "ｎｘ２０２５" }] }, to: "nx2025" },
    { name: "an e-mail in full width", parts: { experts: [{ email: "ａ＠example.org" }] }, to: "a@example.org" },
    { name: "a name with a space", parts: { submissions: [{ "author1.name": "赖 澜" }] }, to: "赖澜" },
    { name: "keywords by commas", parts: { submissions: [{ keywords: "课堂，作业;评价" }] }, to: "课堂、作业、评价" },
    { name: "a date in words", parts: { submissions: [{ submittedOn: "2025年9月1日" }] }, to: date("2025-09-01") },
    { name: "a date with dots", parts: { experts: [{ submittedOn: "2025.7.10" }] }, to: date("2025-07-10") },
    { name: "a duration in words", parts: { submissions: [{ videoDuration: "17分30秒" }] }, to: "00:17:30" },
    { name: "a resolution", parts: { submissions: [{ videoResolution: "1920×1080" }] }, to: "1920*1080" },
    {
      name: "the alias of a unit",
      parts: { submissions: [{ nominator: "兴庆区" }] },
      to: "兴庆区教育局",
      code: "UNIT-OTHER-NAME",
    },
    {
      name: "a longer name of a unit",
      parts: { submissions: [{ nominator: "银川市兴庆区教育局" }] },
      to: "兴庆区教育局",
      code: "SUB-NOMINATOR",
    },
    { name: "a long name of a field", parts: { submissions: [{ field: "数字化赋能教学革新" }] }, to: "教学革新" },
    { name: "a yes by another word", parts: { submissions: [{ priorAward: "没有" }] }, to: "否", code: "SUB-VALUE" },
    {
      name: "the track of a direct school",
      parts: { ...school, submissions: [{ nominator: "厅直属第一示例学校", track: "城市" }] },
      to: null,
      code: "SUB-TRACK",
    },
    {
      name: "a look-alike in a title",
      parts: { submissions: [{ title: "以学情诊断改进课堂的⽅法" }] },
      to: "以学情诊断改进课堂的方法",
      code: "DATA-LOOK-ALIKE",
    },
  ])("$name", ({ parts, to, code = "DATA-CLEANED" }) => {
    const { corrections } = propose(parts);
    expect(corrections.map(({ value, code }) => ({ value, code }))).toEqual([{ value: to, code }]);
  });

  test.for<{ name: string; row: SubmissionRow }>([
    { name: "nothing wrong", row: {} },
    { name: "two accounts in one cell", row: { "author1.account": "nx202500001 nx202500002" } },
    { name: "two phones in one cell", row: { phone: "13909512345 13909512346" } },
    { name: "an account that a spreadsheet has ruined", row: { "author1.account": "6.40104E+17" } },
    { name: "two people in one cell", row: { "author1.name": "赖澜思、唐妍" } },
    { name: "a title behind a name", row: { "author1.name": "赖澜思老师" } },
    { name: "a keyword with a slash", row: { keywords: "A/B 测试，课堂、作业、评价" } },
    { name: "a date without a day", row: { submittedOn: "2025年9月" } },
    { name: "a duration without a unit", row: { videoDuration: "17" } },
    { name: "a unit that nobody knows", row: { nominator: "某某教育局" } },
    { name: "a phone as a number", row: { phone: 13909512345 } },
    { name: "a placeholder", row: { "author2.name": "／" } },
    { name: "materials, whose names hold commas", row: { materials: "材料一，终稿.pdf" } },
  ])("left alone: $name", ({ row }) => {
    expect(propose({ submissions: [row] }).corrections).toEqual([]);
  });
});

describe("what is left and told", () => {
  test.for<{ name: string; row: SubmissionRow; reason: string }>([
    {
      name: "a formula",
      row: { phone: { kind: "formula", formula: "A1", result: "139 0951 2345" } },
      reason: "单元格里是公式",
    },
    { name: "a cancelled case", row: { phone: "139 0951 2345", status: "取消资格" }, reason: "案例已取消资格" },
    { name: "a yes that bars the case", row: { priorAward: "√" }, reason: "改为“是”会带来另一个问题" },
  ])("$name", ({ row, reason }) => {
    const { corrections, left } = propose({ submissions: [row] });
    expect(corrections).toEqual([]);
    expect(left).toEqual([expect.objectContaining({ row: 2, reason: expect.stringContaining(reason) })]);
  });

  test("what bars another row takes nothing with it that no rule speaks of", () => {
    const submissions = [
      { recommended: "√", phone: "139 0951 2345", firstScore: 90 },
      { recommended: "是", firstScore: 80 },
    ];
    const { corrections, left } = propose({ submissions, settings: { 教育局城市赛道名额: 1 } });
    expect(corrections.map(({ column }) => column)).toEqual(["联系电话"]);
    expect(left.map(({ column }) => column)).toEqual(["推荐"]);
  });

  test("a cell on which two files of one import disagree", () => {
    const file = (name: string, phone: string) =>
      csv(name, [
        ["案例编号", "推荐单位", "案例名称", "领域", "第一作者", "联系电话", "初评得分", "状态"],
        ["A1", "兴庆区教育局", "一个案例", "教学革新", "", phone, "", ""],
      ]);
    const disputed = new Import().take(unitRoster).take(file("甲.csv", "13900000001"), file("乙.csv", "13900000002"));
    const record = sheetNamed(disputed.snapshot, "导入记录").rows.findIndex((row) => String(row[6]).startsWith("{"));
    const noted = String(sheetNamed(disputed.snapshot, "导入记录").rows[record]?.[6]);
    const held = noted.replace(/"held":"[^"]*"/, () => `"held":"${fingerprintOf("139 0951 2345")}"`);
    const typed = disputed.type("案例", 2, "联系电话", "139 0951 2345");
    const wordsOn = ({ snapshot }: Import) => {
      const { corrections, left } = proposeCorrections(snapshot, notice);
      return [corrections.length, left.map(({ column, reason }) => `${column}：${reason}`)];
    };
    expect(wordsOn(typed)).toEqual([1, []]);
    const kept = typed.type("导入记录", record + 1, "两份不一致", held);
    expect(wordsOn(kept)).toEqual([0, ["联系电话：导入的文件对这一格说法不一，请先核实"]]);
  });
});

describe("written", () => {
  const typed = makeSnapshot({ submissions: [{ phone: "139 0951 2345", submittedOn: "2025/9/1" }] });
  const columnOf = (key: string) => submissionsSheet.columns.findIndex((column) => column.key === key) + 1;
  const phone = noteKey(2, columnOf("phone"));

  test("what was there is in a note, below what a person wrote", () => {
    const noted = applyPatch(typed, {
      sheets: [{ name: "案例", notes: [{ row: 2, column: columnOf("phone"), text: "已电话核实" }] }],
    });
    const notesOf = (snapshot: WorkbookSnapshot) => fixed(snapshot).sheets.find(({ name }) => name === "案例")?.notes;
    expect(notesOf(typed)?.get(phone)).toBe("【评案簿更正】原为“139 0951 2345”");
    expect(notesOf(noted)?.get(phone)).toBe("已电话核实\n【评案簿更正】原为“139 0951 2345”");
  });

  test("a cell that has been changed since stays", () => {
    const { corrections } = proposeCorrections(typed, notice);
    const changed = applyPatch(typed, {
      sheets: [{ name: "案例", edits: [{ row: 2, column: columnOf("phone"), value: "13900000001" }] }],
    });
    const edits = patchCorrections(changed, corrections).sheets.flatMap((sheet) => sheet.edits ?? []);
    expect(edits).toEqual([{ row: 2, column: columnOf("submittedOn"), value: date("2025-09-01") }]);
  });

  test("a line names place, both values and why", () => {
    expect(proposeCorrections(typed, notice).corrections.map(describeCorrection)).toEqual([
      "案例 第 2 行 联系电话：“139 0951 2345”改为“13909512345”（电话统一写法：半角，不加空格）",
      "案例 第 2 行 提交日期：“2025/9/1”改为“2025-09-01”（日期统一写成年-月-日）",
    ]);
  });
});

describe("whatever people type", () => {
  type Spellings = Readonly<Record<string, readonly CellValue[]>>;
  const nominators = ["兴庆区", "640104", "银川市兴庆区教育局", "同心", "第一示例学校", "厅直属第一示例学校", "某局"];
  const names = ["赖 澜", "赖澜老师", "赖澜、唐妍", "阿依古丽・买买提", "／", "Ａnna  Li"];
  const accounts = ["ｎｘ２０２５", "nx1 nx2", "6.40104E+17", "'001", '="0012"', 20250001];
  const phones = ["１３９０９５１２３４５", "139-0951-2345", "+86 139 0951 2345", "0951 1234567", "12345", 13909512345];
  const submissions: Spellings = {
    title: ["以⽅法改进课堂", " 探索 ", "探索\u200b"],
    field: ["数字化赋能教学革新", "教 学革新", "评价改革", "别的"],
    track: ["城市 ", "农村", "城镇", "乡村", "", "？"],
    stage: ["小学组", "其它", "幼儿园", "初 中"],
    keywords: ["课堂，作业;评价", "课堂 作业 评价", "A/B，课堂", "课堂", "课堂、课堂，课堂"],
    nominator: nominators,
    "author1.name": names,
    "author1.account": accounts,
    "author2.name": ["唐 妍", "唐妍（第二小学）", ""],
    "author1.role": ["教 师", "教研员 ", "校长"],
    phone: phones,
    submittedOn: ["2025年9月1日", "2025/9/1 10:30", 45901, "2025-08", "2024/1/1", date("2025-09-02")],
    wordsSummary: ["４００", "1,512字", "六百", 400],
    videoResolution: ["1920×1080", "1080P", "640x480", "高清"],
    videoDuration: ["17分30秒", "17:30", "17", { kind: "time", seconds: 63_000 }, "5分钟"],
    videoRecordedOn: ["2025.6.1", "20250601", "2023年6月1日"],
    videoSubtitles: ["√", "×", "是", "?"],
    videoBrand: ["有", "没有", "√"],
    priorAward: ["没有", "√", "无"],
    firstScore: ["８５", "85分", "85", "九十", 200],
    recommended: ["√", "是 ", "推荐", "不推荐"],
    status: ["取消", "正常", "有 效", "取消资格"],
  };
  const experts: Spellings = {
    nominator: nominators,
    name: names,
    account: accounts,
    phone: phones,
    stage: ["小学组", "初 中", "大学", "高中段"],
    fields: ["教学革新，评价改革", "数字化赋能教学革新;别的", "全部"],
    conflicts: ["兴庆区,同心", "A001；A002", "某校"],
    email: ["ａ＠b.cn", "不用", " c@d.cn"],
    submittedOn: ["2025.7.10", "七月", 45_848],
    status: ["可 用", "退出", "离职"],
  };
  const liaisons: Spellings = { nominator: nominators, name: names, phone: phones, account: accounts };
  const texts: Spellings = { nominator: nominators, id: ["Ａ００１", " A002", "A003 "], title: ["探索\u200b"] };
  const units: Spellings = {
    code: ["６４０１０４", "640104 "],
    kind: ["县区教育局", "直属学校"],
    aliases: ["甲，乙", "无"],
  };
  const sheets = { submissions, experts, liaisons, texts, units };

  const columns = Object.entries(sheets).flatMap(([sheet, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ sheet: sheet as keyof typeof sheets, key, values })),
  );
  const typing = fc.uniqueArray(
    fc
      .record({ row: fc.nat(3), column: fc.constantFrom(...columns), pick: fc.nat(5) })
      .map(({ row, column: { sheet, key, values }, pick }) => ({
        ...{ sheet, row, key },
        value: values[pick % values.length] ?? null,
      })),
    { selector: ({ sheet, row, key }) => `${sheet}/${row}/${key}`, maxLength: 14 },
  );
  const places = (findings: readonly Finding[]) =>
    findings.map(({ code, severity, sheet, row, column }) => [code, severity, sheet, row, column].join(" ")).sort();

  test("findings only vanish, other cells stay, and a second run finds nothing", () => {
    fc.assert(
      fc.property(typing, (typed) => {
        const empty = () => Array.from({ length: 4 }, (): Record<string, CellValue> => ({}));
        const rows = {
          submissions: empty(),
          experts: empty(),
          liaisons: empty(),
          texts: empty(),
          units: [xingqing, tongxin, directSchool, { ...xingqing, code: "1", name: "丁局", aliases: "丁" }].map(
            (unit): Record<string, CellValue> => ({ ...unit }),
          ),
        };
        for (const { sheet, row, key, value } of typed) Object.assign(rows[sheet][row] ?? {}, { [key]: value });
        const before = makeSnapshot({ ...rows, settings: { 教育局城市赛道名额: 1 } });
        const { corrections } = proposeCorrections(before, notice);
        const after = applyPatch(before, patchCorrections(before, corrections));
        const [were, are] = [before, after].map((each) => places(judgeAward(each, notice).findings));
        const rest = [...(were ?? [])];
        for (const finding of are ?? []) {
          expect(rest).toContain(finding);
          rest.splice(rest.indexOf(finding), 1);
        }
        const touched = new Set(corrections.map(({ sheet, row, column }) => `${sheet}/${row}/${column}`));
        for (const [s, { name, rows: cells }] of before.sheets.entries()) {
          cells.forEach((row, r) => {
            row.forEach((value, c) => {
              if (touched.has(`${name}/${r + 1}/${String(cells[0]?.[c])}`)) return;
              expect(after.sheets[s]?.rows[r]?.[c] ?? null).toEqual(value);
            });
          });
        }
        expect(proposeCorrections(after, notice).corrections).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
