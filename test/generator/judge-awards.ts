import { describe, expect, test } from "vitest";
import { readCleanedCells } from "../../apps-script/core/award/import-record.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { type ImportInput, planImport } from "../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { runRules } from "../../apps-script/core/rules/index.ts";
import type { Finding } from "../../apps-script/core/rules/rule.ts";
import { makeSnapshot } from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";
import type { ExpectedFinding } from "./answers.ts";
import { type AwardOptions, generateAward } from "./award.ts";
import type { GeneratedFile } from "./files.ts";

export const asInput = ({ name, format, sheets }: GeneratedFile): ImportInput => ({
  file: name,
  digest: name,
  encoding: format.kind === "csv" ? format.encoding : "",
  sheets: sheets.map((sheet) => ({ name: sheet.name, hidden: false, rows: sheet.rows })),
});

const matches = (expected: ExpectedFinding, finding: Finding) =>
  finding.code === expected.code &&
  (expected.id === undefined || finding.id === expected.id) &&
  (expected.nominator === undefined || finding.nominator === expected.nominator) &&
  (expected.stage === undefined || finding.stage === expected.stage) &&
  (expected.severity === undefined || finding.severity === expected.severity);

const tell = (finding: Finding) =>
  `${finding.code} ${finding.severity} ${finding.id || finding.nominator} ${finding.message}`;

export type JudgedAward = AwardOptions & { readonly inputs?: readonly ImportInput[] };

/** Holds what import and the rules say of generated awards against their answer keys. */
export function judgeAwards(awards: readonly JudgedAward[]): void {
  describe.for(awards)("seed $seed, violations $violations", ({ inputs, ...options }) => {
    const { files, answers } = generateAward(options);
    const blank = makeSnapshot({ units: [], submissions: [], texts: [], experts: [], liaisons: [] });
    const { patch, report } = planImport(blank, inputs ?? files.map(asInput), ningxia2025);
    const snapshot = applyPatch(blank, patch);
    const award = readAward(snapshot, ningxia2025);
    const findings = runRules(award, readCleanedCells(snapshot, award.tables)).filter((f) => f.severity !== "info");

    test("nothing is lost on the way in", () => {
      const { units, submissions, experts, liaisons } = award;
      const counts = {
        units: units.length,
        submissions: submissions.length,
        experts: experts.length,
        liaisons: liaisons.length,
      };
      const { units: u, submissions: s, experts: e, liaisons: l } = answers;
      expect(counts).toEqual({ units: u, submissions: s, experts: e, liaisons: l });
      expect(submissions.filter((x) => x.recommended).length).toBe(answers.recommended);
      const rejected = report.inputs.flatMap((i) => i.rejected.map(() => i.file));
      expect(rejected).toEqual(answers.rejected.map((r) => r.file));
    });

    test("every planted violation is found", () => {
      expect(answers.expected.filter((e) => !findings.some((f) => matches(e, f)))).toEqual([]);
    });

    test("and nothing else", () => {
      const known = [...answers.expected, ...answers.allowed];
      expect(findings.filter((f) => !known.some((e) => matches(e, f))).map(tell)).toEqual([]);
    });
  });
}
