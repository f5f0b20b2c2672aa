import { describe, expect, test } from "vitest";
import { refreshApplicationLayout } from "../../../apps-script/core/application-book/application-book.ts";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { readSheetTable } from "../../../apps-script/core/tables/table.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { makeSnapshot, type SubmissionRow } from "../../core/award-builder.ts";
import { snapshotSource } from "./snapshot-source.ts";

/** What 即时检查 says in Google Sheets, row by row. */
function liveChecks(submissions: readonly SubmissionRow[]): unknown[] {
  const snapshot = makeSnapshot({ submissions });
  const laid = applyPatch(snapshot, refreshApplicationLayout(snapshot, ningxia2025));
  const sheet = laid.sheets.find((s) => s.name === submissionsSheet.label);
  const column = sheet && readSheetTable(sheet, submissionsSheet).positions.get("liveCheck");
  const calculation = new Calculation(snapshotSource(laid));
  return submissions.map((_, i) => calculation.valueOf(submissionsSheet.label, i + 2, column ?? 0));
}

const limit = ningxia2025.limits.participations.value;
const second: SubmissionRow = {
  "author2.name": "蔺思妍",
  "author2.unit": "兴庆区第三小学",
  "author2.account": "nx2024second",
  "author2.role": "教师",
};

// LibreOffice counts truth values as numbers, Google Sheets and Excel do not.
describe("即时检查 with the comparisons of Google Sheets", () => {
  test.for([
    { name: "as often as is allowed", rows: limit, told: "" },
    {
      name: "once too often, never as first author",
      rows: limit + 1,
      told: `「作者2」参与 ${limit + 1} 个案例，限 ${limit} 个`,
    },
  ])("a second author who takes part $name", ({ rows, told }) => {
    expect(liveChecks(Array.from({ length: rows }, () => second))).toEqual(Array.from({ length: rows }, () => told));
  });

  test("an author who stands twice in a row", () => {
    const [told] = liveChecks([
      {
        ...second,
        "author3.name": "蔺思妍",
        "author3.unit": "兴庆区第三小学",
        "author3.account": "nx2024second",
        "author3.role": "教师",
      },
    ]);
    expect(told).toContain("作者3");
  });
});

describe("即时检查 and the rules read a cell alike", () => {
  const judged = (code: string, submission: SubmissionRow) => {
    const { findings } = judgeAward(makeSnapshot({ submissions: [submission] }), ningxia2025);
    return findings.some((finding) => finding.code === code);
  };
  test.for<[keywords: string, wrong: boolean]>([
    ["人工智能 数字画像 学情诊断", false],
    ["人工智能\u3000数字画像\u3000学情诊断", false],
    ["人工智能  AI教学 STEM", false],
    ["人工智能 数字画像", true],
    ["一课 二课 三课 四课 五课 六课", true],
    ["人 工 智 能", true],
    ["人工智能 数字画像、学情诊断", true],
    ["人工智能 数字 画像、学情诊断、增值评价", false],
    ["一课／二课｜三课", false],
    ["一课\n二课\t三课", false],
    ["一课、、二课、", true],
    ["、一课、、二课、三课、", false],
    ["一课 二课 三课、", true],
    ["、", true],
  ])("keywords %j", ([keywords, wrong]) => {
    expect(judged("SUB-KEYWORDS", { keywords })).toBe(wrong);
    expect(String(liveChecks([{ keywords }])[0]).includes("关键词")).toBe(wrong);
  });

  const author = (n: 1 | 2, name: string, unit: string, account: string | null): SubmissionRow => ({
    [`author${n}.name`]: name,
    [`author${n}.unit`]: unit,
    [`author${n}.account`]: account,
    [`author${n}.role`]: "教师",
  });
  const school = "兴庆区第三小学";

  test.for<[name: string, several: boolean]>([
    ["张三丰、李四光", true],
    ["张三，李四", true],
    ["张三/李四光", true],
    ["张三丰\n李四光", true],
    ["张三丰", false],
    ["张三丰、", false],
    ["张三丰、教师", false],
    ["张三丰，男", false],
    ["张三丰/无", false],
    ["阿依古丽·买买提", false],
    ["Smith, John", false],
  ])("people in a cell: %j", ([name, several]) => {
    const row = author(1, name, school, "nx1");
    expect(judged("AUTHOR-CELL", row)).toBe(several);
    expect(String(liveChecks([row])[0]).includes("一格只填一人")).toBe(several);
  });

  test.for<[row: SubmissionRow, column: string]>([
    [{ id: "无" }, "案例编号"],
    [{ title: "待补" }, "案例名称"],
    [{ nominator: "/" }, "推荐单位"],
    [author(1, "暂无", school, "nx1"), "第一作者"],
    [author(1, "张三丰", "同上", "nx1"), "第一作者单位"],
    [author(1, "张三丰", school, "N/A"), "第一作者教育云账号"],
  ])("a placeholder is missing: %j", ([row, column]) => {
    expect(judged("SUB-REQUIRED", row)).toBe(true);
    expect(String(liveChecks([row])[0])).toMatch(new RegExp(`缺[^；]*「${column}」`));
  });

  test.for<{ name: string; rows: SubmissionRow[]; told: string }>([
    { name: "0 is a title", rows: [{ title: "0" }], told: "" },
    {
      name: "无 in every cell is no author",
      rows: [{ ...author(2, "无", "无", "无"), "author2.role": "无" }],
      told: "",
    },
    { name: "无 is no sixth author", rows: [{ otherAuthors: "无" }], told: "" },
    {
      name: "strangers with 无 for an account",
      rows: [author(2, "张三丰", school, "无"), author(2, "李四光", school, "无")],
      told: "提醒：未填「作者2教育云账号」",
    },
    {
      name: "strangers in a shared cell",
      rows: [author(1, "张三丰、李四光", school, "nx1"), author(1, "王五一、赵六安", "兴庆区第四小学", "nx1")],
      told: "「第一作者」一格只填一人，其余的请分填到后面的作者各列",
    },
  ])("$name", ({ rows, told }) => expect(liveChecks(rows)).toEqual(rows.map(() => told)));

  test.for<[duration: CellValue, wrong: boolean]>([
    ["17:30:00", false],
    ["00:17:30", false],
    ["17:30", false],
    ["17分30秒", false],
    ["20:01:00", true],
    ["14:59:00", true],
    ["17小时30分", true],
    ["2:00:00", true],
    [{ kind: "time", seconds: 63_000 }, false],
    [{ kind: "time", seconds: 1_050 }, false],
  ])("duration %j", ([videoDuration, wrong]) => {
    expect(judged("VIDEO-DURATION", { videoDuration })).toBe(wrong);
    expect(String(liveChecks([{ videoDuration }])[0]).includes("视频时长")).toBe(wrong);
  });
});
