/** Logs of version 0.1.0, which took the two closest scores after 复评, recompute as they were computed then. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, readSheet, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";

const made = fileURLToPath(new URL("../../fixtures/earlier/0.1.0", import.meta.url));

function copy(): { readonly file: string; readonly review: string } {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  return { file: join(folder, "a.xlsx"), review: join(folder, "a.评审.xlsx") };
}

const rankings = (json: { steps: { action: string; same: boolean }[] }) =>
  json.steps.filter((step) => step.action === "汇总排名").map((step) => step.same);

test("the rankings of then come out the same, and it is reported that only words have changed", async () => {
  const { file, review } = copy();
  const finals = (await readRecords(review, "汇总")).filter((row) => row.备注!.includes("已复评"));
  // 60, 70, 80, 90: the higher two of equal gaps; 60, 60, 80, 90.
  expect(finals.map((row) => row.最终得分)).toEqual(["85", "60"]);
  const { code, json } = await runJson("replay", file);
  expect(json.steps.filter((step: { same: boolean }) => !step.same)).toEqual([]);
  expect(code).toBe(0);
  const { out } = await runCasebook("replay", file);
  expect(out).toMatch(/按规则 0\.1\.0 办理：得分、名次、奖项等重算相符/);
});

test.for([
  { sheet: "汇总", label: "最终得分", value: 99 },
  { sheet: "结果", label: "奖项", value: "优秀案例" },
])("a changed $label of those days is seen", async ({ sheet, label, value }) => {
  const { file, review } = copy();
  const { rows } = await readSheet(review, sheet);
  const workbook = readWorkbook(review, "edit");
  const edits = [{ row: rows.length, column: rows[0]!.indexOf(label) + 1, value }];
  workbook.apply({ sheets: [{ name: sheet, edits }] });
  writeFileSync(review, workbook.toBuffer());
  const { code, json } = await runJson("replay", file);
  expect(code).toBe(1);
  expect(rankings(json)).toEqual([true, false]);
});

test("a ranking of today takes the median, and replays beside those of then", async () => {
  const { file, review } = copy();
  const { json } = await runJson("rank", file);
  expect(json.arbitrated.map((each: { score: number }) => each.score).sort()).toEqual([70, 75]);
  expect((await readRecords(review, "汇总")).filter((row) => row.备注!.includes("已复评"))).toHaveLength(2);
  expect(rankings((await runJson("replay", file)).json)).toEqual([true, true, true]);
});
