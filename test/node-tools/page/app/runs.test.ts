import { expect, test } from "vitest";
import { type Done, isOutdated } from "../../../../node-tools/page/app/runs.ts";

const done = (triedOn?: string): Done =>
  ({ triedOn, apply: async () => {}, code: 0, said: [], warned: [], written: [] }) as unknown as Done;

test("what was tried holds for the workbooks that it was tried on; what was done stays told", () => {
  expect(isOutdated(done("评案簿.xlsx 1"), "评案簿.xlsx 1")).toBe(false);
  expect(isOutdated(done("评案簿.xlsx 1"), "评案簿.xlsx 2")).toBe(true);
  expect(isOutdated(done(), "评案簿.xlsx 2")).toBe(false);
});
