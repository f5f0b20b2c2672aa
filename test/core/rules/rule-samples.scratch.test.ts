import { expect, test } from "vitest";
import { runRules } from "../../../apps-script/core/rules/index.ts";
import { makeAward } from "../award-builder.ts";
test("clean", () => {
  const f = runRules(makeAward());
  expect(f.map((x) => `${x.code} ${x.sheet} ${x.row} ${x.column} ${x.message}`)).toEqual([]);
});
