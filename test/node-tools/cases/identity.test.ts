import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSheet, runJson } from "../run-casebook.ts";
import { caseFolder, checkCase, type OpenCase, openCase, reviewOnce, typeInto } from "./open-case.ts";

/** Rows of a sheet by label, header row found by `label`. */
async function rowsOf(path: string, sheet: string, label: string): Promise<Record<string, unknown>[]> {
  const { rows } = await readSheet(path, sheet);
  const at = rows.findIndex((row) => row.includes(label));
  const header = rows[at]!.map(String);
  return rows.slice(at + 1).map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

/** A row of 案例 as the spreadsheet shows it. */
async function rowOfCase({ file }: OpenCase, id: string): Promise<number> {
  const { rows } = await readSheet(file, "案例");
  return rows.findIndex((row) => row.includes(id)) + 1;
}

async function reviewed(name: string, ...options: string[]): Promise<OpenCase> {
  const open = await openCase(name);
  await runJson("assign", open.file, ...options);
  await reviewOnce(open, "1");
  return open;
}

/** What must be the same whatever the cases are called: rank and score by place. */
const placesOf = (json: { groups: { ranking: { rank: number; score: number }[] }[] }) =>
  json.groups.flatMap(({ ranking }) => ranking.map(({ rank, score }) => `${rank} ${score}`));
const idsOf = (json: { groups: { ranking: { id: string }[] }[] }) =>
  json.groups.flatMap(({ ranking }) => ranking.map(({ id }) => id)).sort();

describe("rank-unassigned", () => {
  test("a case ticked after assign waits, in 汇总 and on the console, and rank leaves with 1", async () => {
    const open = await reviewed("rank-unassigned", "--reviews", "2");
    const before = await runJson("rank", open.file);
    expect(before.code).toBe(0);
    const ranked = idsOf(before.json);
    const cases = await rowsOf(open.file, "案例", "案例编号");
    const late = cases.map((row) => String(row.案例编号)).find((id) => !ranked.includes(id))!;
    await typeInto(open.file, "案例", [[await rowOfCase(open, late), "推荐", "是"]]);
    const { json, code } = await runJson("rank", open.file);
    expect(code).toBe(1);
    expect(json.pending).toEqual([late]);
    expect(json.waiting).toEqual([{ id: late, reason: "未分派" }]);
    expect(idsOf(json)).toEqual(ranked);
    expect(json.orphaned).toEqual([]);
    const waiting = (await rowsOf(open.review, "汇总", "名次")).filter((row) => row.案例编号 === late);
    expect(waiting.map((row) => row.备注)).toEqual(["待评：未分派"]);
  });
});

describe("rank-unit-renamed", () => {
  test.for([
    {
      name: "by an import of the new names",
      rename: async ({ file }: OpenCase) => {
        await runJson("import", file, join(caseFolder("rank-unit-renamed"), "renamed"));
      },
    },
    {
      name: "by hand in 单位",
      rename: async ({ file }: OpenCase) => {
        const { rows } = await readSheet(file, "单位");
        const row = rows.findIndex((cells) => cells.includes("西吉县教育局")) + 1;
        await typeInto(file, "单位", [[row, "单位名称", "西吉县教育体育局"]]);
      },
    },
    {
      name: "by hand, then in 案例 the code and an alias",
      rename: async (open: OpenCase) => {
        const { rows } = await readSheet(open.file, "单位");
        const row = rows.findIndex((cells) => cells.includes("西吉县教育局")) + 1;
        await typeInto(open.file, "单位", [[row, "单位名称", "西吉县教育体育局"]]);
        await typeInto(open.file, "案例", [
          [await rowOfCase(open, "C0004"), "推荐单位", "640422"],
          [await rowOfCase(open, "C0005"), "推荐单位", "西吉县"],
        ]);
      },
    },
  ])("renamed $name: ranked as before, nothing assigned anew", async ({ rename }) => {
    const open = await reviewed("rank-unit-renamed", "--reviews", "2");
    const before = await runJson("rank", open.file);
    await rename(open);
    const after = await runJson("rank", open.file);
    expect(after.json.groups).toEqual(before.json.groups);
    expect(after.json).toMatchObject({ pending: [], orphaned: [], unsure: [], found: [] });
    expect(after.code).toBe(0);
    const again = await runJson("assign", open.file, "--reviews", "2", "--dry-run");
    expect(again.json.moved).toBe(0);
    expect(again.json.pairs).toHaveLength(before.json.scores.rows);
    expect(await checkCase(open, "SUB-NOMINATOR", "QUOTA-INELIGIBLE", "EXPERT-NOMINATOR")).toEqual([]);
  });
});

describe("a case that was corrected keeps its 评审编号 and its scores", () => {
  test.for([
    { fact: "案例编号", value: "C9004", from: "C0004", to: "C9004", says: "案例编号由“C0004”改为“C9004”" },
    { fact: "案例名称", value: "改了名称的探索", from: "C0004", to: "C0004", says: "案例名称由" },
    { fact: "推荐单位", value: "平罗县教育局", from: "C0004", to: "C0004", says: "推荐单位由" },
    { fact: "赛道", value: "乡村", from: "C0004", to: "C0004", says: "赛道由“城市”改为“乡村”" },
    { fact: "领域", value: "教研创新", from: "C0004", to: "C0004", says: "领域由" },
    { fact: "学段", value: "其他", from: "C0004", to: "C0004", says: "学段由“小学”改为“其他”" },
  ])("$fact", async ({ fact, value, from, to, says }) => {
    const open = await reviewed("rank-unit-renamed", "--reviews", "2");
    const before = await runJson("rank", open.file);
    await typeInto(open.file, "案例", [[await rowOfCase(open, "C0004"), fact, value]]);
    const after = await runJson("rank", open.file);
    expect(after.json).toMatchObject({ pending: [], orphaned: [], unsure: [], found: [{ from, to }] });
    expect(after.json.found[0].reason).toContain(says);
    expect(placesOf(after.json)).toHaveLength(placesOf(before.json).length);
    const again = await runJson("assign", open.file, "--reviews", "2");
    expect(again.json.moved).toBe(0);
    expect(again.json.pairs).toHaveLength(before.json.scores.rows);
    const cases = await rowsOf(open.review, "参评案例", "评审编号");
    expect(cases.map((row) => row[fact])).toContain(value);
    expect((await runJson("rank", open.file)).json).toMatchObject({ found: [], orphaned: [] });
    expect((await runJson("replay", open.file)).code).toBe(0);
  });

  test("what may be two cases is asked, never guessed", async () => {
    const open = await reviewed("rank-unit-renamed", "--reviews", "2");
    const row = await rowOfCase(open, "C0004");
    await typeInto(open.file, "案例", [
      [row, "案例编号", "C9004"],
      [row, "案例名称", "另一个名称"],
    ]);
    const { json, code } = await runJson("rank", open.file);
    expect(code).toBe(1);
    expect(json.unsure).toMatchObject([{ id: "C0004" }]);
    expect(json.waiting).toMatchObject([{ id: "C9004" }]);
    expect(json.orphaned).toHaveLength(2);
    const replayed = await runJson("replay", open.file);
    expect(replayed.code).toBe(1);
    expect(replayed.json.steps).toContainEqual({ action: "核对评分去向", same: false });
    const again = await runJson("assign", open.file, "--reviews", "2");
    expect(again.json.pairs.filter((pair: { submission: string }) => pair.submission === "C9004")).toEqual([]);
    // The administrator says that it is the same one.
    const place = (await readSheet(open.review, "参评案例")).rows.findIndex((cells) => cells.includes("C0004")) + 1;
    await typeInto(open.review, "参评案例", [
      [place, "案例编号", "C9004"],
      [place, "案例名称", "另一个名称"],
    ]);
    expect((await runJson("rank", open.file)).json).toMatchObject({ pending: [], orphaned: [], unsure: [] });
  });
});
