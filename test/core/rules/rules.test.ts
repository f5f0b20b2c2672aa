import { describe, expect, test } from "vitest";
import { readPriorWinners } from "../../../apps-script/core/award/prior-winners.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { renderRulesGuide } from "../../../apps-script/core/rules/guide.ts";
import { allRules, runRules } from "../../../apps-script/core/rules/index.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import { makeAward, makeSnapshot } from "../award-builder.ts";
import { anonymityTables } from "./anonymity-tables.ts";
import { authorTables } from "./author-tables.ts";
import { expertTables } from "./expert-tables.ts";
import { quotaTables } from "./quota-tables.ts";
import type { RuleTable } from "./rule-table.ts";
import { submissionTables } from "./submission-tables.ts";
import { textTables } from "./text-tables.ts";
import { unitAndValueTables } from "./unit-and-value-tables.ts";
import { videoTables } from "./video-tables.ts";

const tables: readonly RuleTable[] = [
  ...submissionTables,
  ...textTables,
  ...videoTables,
  ...authorTables,
  ...anonymityTables,
  ...quotaTables,
  ...expertTables,
  ...unitAndValueTables,
];

const place = ({ sheet, row, column }: Finding) => `${sheet}!${row} ${column}`;

describe.for(tables)("$code", ({ code, cases }) => {
  const rule = allRules.find((r) => r.code === code);

  test.for(cases)("$name", ({ parts, cleaned = [], disputed = [], finds, also = [] }) => {
    const findings = runRules({ ...makeAward(parts), disputed }, cleaned, {
      prior: readPriorWinners(makeSnapshot(parts)),
    });
    const own = findings.filter((f) => f.code === code);
    expect(own.map(place).sort()).toEqual(finds.map((f) => f.at).sort());
    for (const expected of finds) {
      const found = own.find((f) => place(f) === expected.at && (!expected.stage || f.stage === expected.stage));
      expect(found?.severity).toBe(expected.severity ?? rule?.severity);
      for (const words of expected.says ?? []) expect(found?.message).toContain(words);
      for (const words of expected.lacks ?? []) expect(found?.message).not.toContain(words);
      expect(found?.article).not.toBe("");
    }
    const context = { ...makeAward(parts), disputed, cleaned, prior: [], earlier: findings };
    const singly = context.submissions.flatMap((each) => [...(rule?.check({ ...context, submissions: [each] }) ?? [])]);
    if (rule?.ofEachCase) expect([...rule.check(context)]).toEqual(singly);
    const others = new Set(findings.filter((f) => f.code !== code && f.severity !== "info").map((f) => f.code));
    expect([...others].sort()).toEqual([...also].sort());
  });

  test("has a planted case and a clean one", () => {
    expect(cases.some(({ finds }) => finds.length > 0)).toBe(true);
    expect(cases.some(({ finds }) => finds.length === 0)).toBe(true);
  });
});

describe("the catalogue", () => {
  test("every rule has a table, every table a rule, no code twice", () => {
    expect(tables.map((t) => t.code).sort()).toEqual([...new Set(allRules.map((r) => r.code))].sort());
    expect(new Set(allRules.map((r) => r.code)).size).toBe(allRules.length);
  });

  test("every rule has a short Chinese name of its own", () => {
    const names = allRules.map((r) => r.name);
    expect(names.filter((name) => !/^[\u4e00-\u9fff]{3,11}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(allRules.length);
  });

  test("every rule stands in the guide", () => {
    const guide = renderRulesGuide(ningxia2025);
    expect(allRules.map((r) => r.code).filter((code) => !guide.includes(`| \`${code}\` |`))).toEqual([]);
  });
});
