import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, readSheet, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const proposed = 2;

/** Two reviews a submission, so that a third unit is left for one more; all scored. */
async function scoredAward(): Promise<{ folder: string; file: string }> {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  await writeSmallAward(join(folder, "inputs"));
  await runCasebook("init", file);
  await runCasebook("import", file, join(folder, "inputs"));
  const settings = await readSheet(file, "参数");
  const column = settings.rows[0]!.indexOf("值") + 1;
  const workbook = readWorkbook(file, "edit");
  const edits = (
    [
      ["每案评审专家数", 2],
      ["加评次数", proposed],
    ] as const
  ).map(([item, value]) => ({ row: settings.rows.findIndex((r) => r[0] === item) + 1, column, value }));
  workbook.apply({ sheets: [{ name: "参数", edits }] });
  writeFileSync(file, workbook.toBuffer());
  await runCasebook("recommend", file, "--date", "2025-10-20");
  await runCasebook("assign", file);
  await reviewOnce(folder, file, "1");
  return { folder, file };
}

async function reviewOnce(folder: string, file: string, round: string): Promise<void> {
  const [out, back] = [join(folder, `out${round}`), join(folder, `back${round}`)];
  await runCasebook("packets", file, "--out", out);
  mkdirSync(back);
  for (const name of readdirSync(out)) writeFileSync(join(back, name), fillScoreSheet(join(out, name)));
  await runCasebook("collect", file, back);
}

describe("加评 by command", () => {
  test("rank proposes, assign asks one more expert each, collect and rank count the score", async () => {
    const { folder, file } = await scoredAward();
    const review = join(folder, "a.评审.xlsx");
    const { json } = await runJson("rank", file);
    expect(json.proposal).toHaveLength(proposed);
    const { out } = await runCasebook("rank", file);
    for (const { id, probability } of json.proposal)
      expect(out).toContain(`${id}：获奖概率 ${Math.round(probability * 100)}%`);
    for (const { field, track, ranking } of json.groups) {
      const winners = ranking.filter(({ award }: { award: string }) => award !== "").length;
      expect(out).toContain(`  ${field} ${track}：${ranking.length} 个案例，获奖 ${winners}\n`);
    }
    expect(out).toMatch(/ {2}评分 (\d+) 行：有归属 \1 行。\n/);
    // Two dozen reviews by five dozen experts: nobody can be called severe, and that is said.
    expect(out).toMatch(/校准：可比的评分太少.*未作校准，校准分等于平均分/);

    const before = await readRecords(review, "分派");
    await runCasebook("assign", file);
    const after = await readRecords(review, "分派");
    const added = after.filter((r) => r.轮次 === "加评");
    expect(after.length).toBe(before.length + proposed + json.arbitration.length);
    expect(added.map((r) => r.案例编号).sort()).toEqual(json.proposal.map((p: { id: string }) => p.id).sort());
    expect(added.every((r) => r.分派原因!.includes("宽严尚不能判定，未作挑选"))).toBe(true);

    await reviewOnce(folder, file, "2");
    const again = (await runJson("rank", file)).json;
    expect(again.proposal).toEqual([]);
    const ranking = await readRecords(review, "汇总");
    for (const { id } of json.proposal) expect(ranking.find((r) => r.案例编号 === id)!.评分数).toBe("3");
  }, 120_000);
});
