import { expect, test } from "vitest";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { makeSnapshot } from "../award-builder.ts";
import { holdBeside } from "../describe-patch.ts";
import { notice } from "../review-fixture.ts";

test.for([
  {
    name: "two errors and a warning",
    file: "findings",
    rows: [{ priorAward: "是" }, { keywords: "一", videoBrand: null }],
  },
  { name: "nothing", file: "no-findings", rows: [{}] },
])("检查 after a check that finds $name is, cell for cell and style for style, what it was", ({ file, rows }) => {
  const { patch } = checkAward(makeSnapshot({ submissions: rows }), notice);
  const { now, kept } = holdBeside(patch, new URL(`./${file}.golden.txt`, import.meta.url));
  expect(now).toEqual(kept);
});
