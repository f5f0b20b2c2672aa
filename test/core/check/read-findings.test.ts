import { expect, test } from "vitest";
import { readAwardTables } from "../../../apps-script/core/award/read-award.ts";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { makeColumnFinder } from "../../../apps-script/core/check/judge.ts";
import { readFindings } from "../../../apps-script/core/check/read-findings.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { makeSnapshot } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";

test("检查 gives back the findings that were written, with the places of their cells", () => {
  const snapshot = makeSnapshot({
    submissions: [{ priorAward: "是", keywords: "一" }, { id: "A001" }],
    experts: [],
  });
  const { findings, patch } = checkAward(snapshot, ningxia2025);
  expect(findings.length).toBeGreaterThan(4);
  const columnOf = makeColumnFinder(readAwardTables(snapshot));
  // 学段 of an expert's finding has no column in 检查.
  const wanted = findings.map(({ stage: _, ...finding }) => ({
    finding,
    column: finding.row === 0 ? 0 : Math.max(1, columnOf(finding)),
  }));
  expect(readFindings(applyPatch(snapshot, patch))).toEqual(wanted);
});

test("a line that says that nothing was found is no finding", () => {
  const snapshot = makeSnapshot();
  const { findings, patch } = checkAward(snapshot, ningxia2025);
  expect(findings).toEqual([]);
  expect(readFindings(applyPatch(snapshot, patch))).toEqual([]);
});
