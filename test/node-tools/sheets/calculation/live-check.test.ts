import { describe, expect, test } from "vitest";
import { readSheetTable } from "../../../../apps-script/core/award/table.ts";
import { judgeAward } from "../../../../apps-script/core/check/judge.ts";
import { ningxia2025 } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../../apps-script/core/schema/application.ts";
import { refreshApplicationLayout } from "../../../../apps-script/core/workbook/application.ts";
import { applyPatch } from "../../../../apps-script/core/workbook/apply-patch.ts";
import type { CellValue } from "../../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../../node-tools/sheets/calculation/index.ts";
import { makeSnapshot, type SubmissionRow } from "../../../core/award-builder.ts";
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
