import { describe, expect, test } from "vitest";
import { runErrorRules, runRules } from "../../../apps-script/core/rules/index.ts";
import { makeAward } from "../award-builder.ts";
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

describe.for(tables)("$code", ({ cases }) => {
  test.for(cases)("$name: every error, and every anonymity finding", ({ parts }) => {
    const award = makeAward(parts);
    const wanted = runRules(award).filter((f) => f.severity === "error" || f.code.startsWith("ANON-"));
    expect(runErrorRules(award).filter((f) => f.severity === "error" || f.code.startsWith("ANON-"))).toEqual(wanted);
  });
});

test("what can only be a warning is left out", () => {
  const codes = tables.flatMap(({ cases }) => cases.flatMap(({ parts }) => runErrorRules(makeAward(parts))));
  expect(codes.filter((f) => ["TEXT-DUPLICATE", "DATA-CLEANED", "SUB-TITLE-DUPLICATE"].includes(f.code))).toEqual([]);
});
