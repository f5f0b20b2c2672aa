import { describe, expect, test } from "vitest";
import { readSheetTable } from "../../../../apps-script/core/award/table.ts";
import { ningxia2025 } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../../apps-script/core/schema/application.ts";
import { refreshApplicationLayout } from "../../../../apps-script/core/workbook/application.ts";
import { applyPatch } from "../../../../apps-script/core/workbook/apply-patch.ts";
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
