import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  expertsSheet,
  liaisonsSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { directSchool, inventedName, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";

const prose = "依托平台开展跨校教研，改进作业设计与课堂评价，家长满意度持续向好。".repeat(4);

const base = makeSnapshot({
  units: [xingqing, tongxin, directSchool],
  submissions: [
    {},
    { id: "A002", "author2.name": inventedName(0), "author2.unit": "同上" },
    { id: "A003", "author1.unit": "同上" },
    { id: "A003" },
    { nominator: "同心县教育局" },
  ],
  texts: [
    { id: "A001", summary: prose },
    { id: "A002", summary: `${prose}由${inventedName(1)}老师主讲` },
    { id: "A003", process: prose },
  ],
});

const sheets = [submissionsSheet, textsSheet, expertsSheet, liaisonsSheet, unitsSheet, settingsSheet];
/** Values from all over the workbook, so that rows come to share what makes rules look at several. */
const values: readonly CellValue[] = [
  ...base.sheets.flatMap(({ rows }) => rows.slice(1, 4).flat()),
  ...["同上", "无", "1.2E+15", "兴庆区", "⽅案", "00:03:00", "2025-12-31", "A001", "a 001", prose],
  ...[null, 7, 20250101000001, { kind: "date", iso: "2025-11-30" } as const],
  { kind: "formula", formula: "A1", result: "A003" },
];

const edit = fc
  .constantFrom(submissionsSheet, submissionsSheet, submissionsSheet, textsSheet, textsSheet, ...sheets)
  .chain((spec) =>
    fc.record({
      name: fc.constant(spec.label),
      row: fc.integer({ min: 2, max: 7 }),
      column: fc.integer({ min: 1, max: spec.columns.length }),
      value: fc.constantFrom(...values),
    }),
  );

/** Nothing in it has been seen before. */
const anew = (snapshot: WorkbookSnapshot): WorkbookSnapshot => structuredClone(snapshot);

/** Everything that was read and found, each row by its place. */
function describeJudgement(snapshot: WorkbookSnapshot): string {
  const { award, findings } = judgeAward(snapshot, ningxia2025);
  const { submissions, texts, experts, liaisons, settings } = award;
  return JSON.stringify({ findings, submissions, texts, experts, liaisons, settings }, (key, value) =>
    key === "record" ? value.row : value,
  );
}

describe("a workbook that is judged after each change", () => {
  test("is judged as if it had never been seen", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let snapshot = base;
        for (const { name, ...cell } of edits) {
          snapshot = applyPatch(snapshot, { sheets: [{ name, edits: [cell] }] });
          expect(describeJudgement(snapshot)).toBe(describeJudgement(anew(snapshot)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a sheet that has been renamed is named as it is called now", () => {
    const renamed = {
      sheets: base.sheets.map((sheet) =>
        sheet.name === submissionsSheet.label ? { ...sheet, name: "我的案例" } : sheet,
      ),
    };
    judgeAward(base, ningxia2025);
    const { findings } = judgeAward(renamed, ningxia2025);
    expect(findings.some(({ sheet }) => sheet === "我的案例")).toBe(true);
    expect(findings.filter(({ sheet }) => sheet === submissionsSheet.label)).toEqual([]);
  });
});
