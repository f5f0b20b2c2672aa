import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runRules } from "../../../apps-script/core/rules/index.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import {
  date,
  directSchool,
  inventedName,
  makeAward,
  type SubmissionRow,
  tongxin,
  validSubmission,
  xingqing,
} from "../award-builder.ts";

const units = [xingqing, tongxin, directSchool];

/** Changes that make rows trip rules, rows that share a person, an id or a title among them. */
const change: fc.Arbitrary<SubmissionRow> = fc.constantFrom<SubmissionRow>(
  {},
  { nominator: tongxin.name ?? null },
  { nominator: directSchool.name ?? null, track: null },
  { nominator: directSchool.name ?? null, track: "城市" },
  { nominator: "不存在的教育局" },
  { id: "A900" },
  { id: null },
  { title: "同一个名称" },
  { field: "评价改革", wordsTotal: 3600 },
  { recommended: "是" },
  { recommended: "是", status: "取消资格" },
  { recommended: "是", firstScore: 99, priorAward: "是" },
  { "author1.name": "王翊霏", "author1.account": "nx77" },
  { "author1.name": "王翊霏", "author1.account": null },
  { "author2.name": "王翊霏", "author2.unit": "兴庆区第二小学", "author2.account": "nx77", "author2.role": "教师" },
  { "author3.name": "冼霏霏", "author3.account": "nx77", "author3.role": "教育行政部门工作人员" },
  { keywords: "一个" },
  { videoFile: "王翊霏.avi", videoBrand: null },
  { submittedOn: date("2025-11-01") },
);

const submissions = fc
  .array(change, { minLength: 2, maxLength: 10 })
  .map((changes) => changes.map((c, i): SubmissionRow => ({ ...validSubmission(i), firstScore: 60 + i, ...c })));

const findingsOf = (rows: readonly SubmissionRow[]) =>
  runRules(makeAward({ units, submissions: rows, settings: { 教育局城市赛道名额: 1, 厅直属学校名额: 1 } }));

/** Everything a finding tells but where the row stands. */
function describeWithoutRow(finding: Finding, sourceOf: (row: number) => number): string {
  const { code, severity, column, sheet, nominator, id, stage } = finding;
  const source = sheet === "案例" ? sourceOf(finding.row) : finding.row;
  return JSON.stringify([source, code, severity, sheet, column, id, nominator, stage]);
}

describe("all rules", () => {
  test("the order of rows changes nothing but row numbers", () => {
    fc.assert(
      fc.property(
        submissions.chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray([...rows.keys()], { minLength: rows.length, maxLength: rows.length }),
          ),
        ),
        ([rows, order]) => {
          const straight = findingsOf(rows).map((f) => describeWithoutRow(f, (row) => row - 2));
          const shuffled = findingsOf(order.map((i) => rows[i] ?? {})).map((f) =>
            describeWithoutRow(f, (row) => order[row - 2] ?? -1),
          );
          expect(shuffled.sort()).toEqual(straight.sort());
        },
      ),
      { numRuns: 150 },
    );
  });

  test("an unrelated clean row, wherever it stands, adds no finding and takes none away", () => {
    fc.assert(
      fc.property(submissions, fc.nat(), (rows, seed) => {
        const at = seed % (rows.length + 1);
        const unrelated: SubmissionRow = {
          ...validSubmission(400),
          "author1.name": inventedName(400),
          track: "乡村",
          field: "教研创新",
        };
        const more = [...rows.slice(0, at), unrelated, ...rows.slice(at)];
        const before = findingsOf(rows).map((f) => describeWithoutRow(f, (row) => row - 2));
        const after = findingsOf(more).map((f) => describeWithoutRow(f, (row) => (row - 2 > at ? row - 3 : row - 2)));
        expect(after.sort()).toEqual(before.sort());
      }),
      { numRuns: 150 },
    );
  });

  test("the articles are those of the notice, and no message is without a remedy", () => {
    fc.assert(
      fc.property(submissions, (rows) => {
        for (const { message, article } of findingsOf(rows)) {
          expect(article).not.toBe("");
          expect(message).toMatch(/。$/);
          expect(message).not.toMatch(/undefined|NaN|\[object/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
