import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { disk } from "../../../node-tools/disk/disk.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, readSheet, runCasebook, runJson, temporaryFolder, workbookValues } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const [xingqing, shapotou] = ["兴庆区教育局", "沙坡头区教育局"] as const;
const home = mkdtempSync(join(tmpdir(), "casebook-first-"));
const award = (folder: string) => join(folder, "a.xlsx");
const review = (folder: string, unit: string) => join(folder, `a.初评-${unit}.xlsx`);

async function edit(path: string, sheet: string, edits: readonly (readonly [number, string, CellValue])[]) {
  const labels = edits.map(([, label]) => label);
  const header = (await readSheet(path, sheet)).rows.find((row) => labels.every((label) => row.includes(label)))!;
  const workbook = readWorkbook(path, "edit");
  const cells = edits.map(([row, label, value]) => {
    const column = header.indexOf(label) + 1;
    expect(column).toBeGreaterThan(0);
    return { row, column, value };
  });
  workbook.apply({ sheets: [{ name: sheet, edits: cells }] });
  writeFileSync(path, workbook.toBuffer());
}

async function run(...words: string[]): Promise<string> {
  const { code, out, err } = await runCasebook(...words);
  if (code > 1) throw new Error(err);
  return out;
}

/** Score sheets out, filled in, and back. */
async function score(folder: string, unit: string): Promise<void> {
  const [out, back] = [join(folder, `out-${unit}`), join(folder, `back-${unit}`)];
  await run("packets", award(folder), "--out", out, "--unit", unit);
  mkdirSync(back);
  for (const name of readdirSync(out)) writeFileSync(join(back, name), fillScoreSheet(join(out, name)));
  await run("collect", award(folder), back, "--unit", unit);
}

const rowOf = async (path: string, sheet: string, id: string) => {
  const found = (await readRecords(path, sheet)).find((record) => record.案例编号 === id);
  if (!found) throw new Error(`no ${id} in ${sheet}`);
  return found;
};

const firstScores = async (folder: string) =>
  new Map((await readRecords(award(folder), "案例")).map((r) => [r.案例编号, r.初评得分]));

/** What the mean of the totals in 评分 comes to, by 案例编号. */
async function meansOf(path: string): Promise<Map<string, number>> {
  const ids = new Map((await readRecords(path, "参评案例")).map((r) => [r.评审编号, r.案例编号!]));
  const totals = new Map<string, number[]>();
  for (const { 评审编号, 总分 } of await readRecords(path, "评分")) {
    const id = ids.get(评审编号)!;
    totals.set(id, [...(totals.get(id) ?? []), Number(总分)]);
  }
  return new Map(
    [...totals].map(([id, all]) => [id, Number((all.reduce((a, b) => a + b, 0) / all.length).toFixed(2))]),
  );
}

// Two bureaus of the four: 兴庆区 has S00, S01 (urban), S02 (rural), 沙坡头区 S10, S11, S12; somebody has typed S02's score.
beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await run("init", award(home));
  await run("import", award(home), join(home, "inputs"));
  const rows = await readRecords(award(home), "案例");
  await edit(
    award(home),
    "案例",
    rows.flatMap((r) =>
      r.案例编号 === "S02" || r.案例编号!.startsWith("S2") ? [] : [[Number(r.row), "初评得分", null] as const],
    ),
  );
  const quota = (await readRecords(award(home), "参数")).find((r) => r.项目 === "教育局城市赛道名额")!;
  await edit(award(home), "参数", [[Number(quota.row), "值", 1]]);
  for (const unit of [xingqing, shapotou]) {
    await run("assign", award(home), "--unit", unit);
    await score(home, unit);
  }
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

function copy(): string {
  const folder = temporaryFolder();
  cpSync(home, folder, { recursive: true });
  return folder;
}

describe("the workbook of a first review", () => {
  test("holds the unit's own submissions and experts, three reviews each", async () => {
    const path = review(home, xingqing);
    expect((await readRecords(path, "参评案例")).map((r) => r.案例编号).sort()).toEqual(["S00", "S01", "S02"]);
    const experts = await readRecords(path, "评审专家");
    expect(experts).toHaveLength(15);
    expect(new Set(experts.map((r) => r.推荐单位))).toEqual(new Set([xingqing]));
    expect(await readRecords(path, "分派")).toHaveLength(9);
  });

  test("and its archive name nothing of another unit's", async () => {
    const others = (await readRecords(award(home), "案例")).filter((r) => r.推荐单位 !== xingqing);
    const experts = (await readRecords(award(home), "专家")).filter((r) => r.推荐单位 !== xingqing);
    const secrets = [
      ...others.flatMap((r) => [r.案例编号!, r.案例名称!, r.第一作者!, r.第一作者教育云账号!]),
      ...experts.flatMap((r) => [r.教育云账号!, r.联系电话!]),
    ];
    const archive = join(home, `a.初评-${xingqing}.档案`);
    const texts = [
      ...Object.values(await workbookValues(review(home, xingqing), [])).flat(2),
      ...readdirSync(archive).map((name) => readFileSync(join(archive, name), "utf8")),
    ];
    // Of two names, one may be the beginning of the other: as a whole word only.
    const told = secrets.filter((secret) => texts.some((text) => text === secret || text.includes(`"${secret}"`)));
    expect(secrets.length).toBeGreaterThan(100);
    expect(told).toEqual([]);
  });

  test("is not the award's: that one is still to be made", async () => {
    const { code, err } = await runCasebook("rank", award(home));
    expect([code, err]).toEqual([3, expect.stringContaining("a.评审.xlsx")]);
  });

  test("takes experts that are typed into 评审专家 alone, as the unit's own", async () => {
    const folder = copy();
    const path = review(folder, xingqing);
    await edit(path, "评审专家", [
      [17, "专家姓名", "贺知秋"],
      [17, "教育云账号", "own01"],
      [17, "单位", "兴庆区教育局"],
      [17, "联系电话", "13809519999"],
      [17, "学段", "小学"],
    ]);
    const { json } = await runJson("assign", award(folder), "--unit", "兴庆区", "--reviews", "6");
    expect(json.experts.find((e: { account: string }) => e.account === "own01")).toMatchObject({
      id: "E016",
      nominator: xingqing,
      load: 1,
    });
    expect((await readRecords(path, "评审专家"))[15]).toMatchObject({ 专家编号: "E016", 推荐单位: xingqing });
  });
});

describe("rank --unit", () => {
  test("fills 初评得分 with the means, leaves what was typed and what is not the unit's, and says so", async () => {
    const folder = copy();
    const before = await firstScores(folder);
    const { json, code } = await runJson("rank", award(folder), "--unit", xingqing);
    const means = await meansOf(review(folder, xingqing));
    expect(code).toBe(0);
    expect(await firstScores(folder)).toEqual(
      new Map([...before, ["S00", String(means.get("S00"))], ["S01", String(means.get("S01"))]]),
    );
    expect(before.get("S02")).toBe("82");
    expect(json.firstScores.filter((s: { state: string }) => s.state === "kept")).toEqual([
      { id: "S02", state: "kept", score: means.get("S02"), before: "82" },
    ]);
    expect(json.groups.flatMap((g: { ranking: { award: string }[] }) => g.ranking.map((r) => r.award))).toEqual([
      "",
      "",
      "",
    ]);
    const kept = await rowOf(review(folder, xingqing), "初评得分", "S02");
    expect(kept).toMatchObject({ 初评得分: String(means.get("S02")), 申报表原值: "82", 情况: "保留人工填写" });
    expect((await readRecords(award(folder), "日志")).at(-1)).toMatchObject({
      操作: "回填初评得分",
      结果: "已填写 2，保留人工填写 1",
    });
  });

  test("says in words what was kept and what to do", async () => {
    const folder = copy();
    const out = await run("rank", award(folder), "--unit", xingqing);
    expect(out.endsWith(`下一步：casebook recommend ${award(folder)}\n`)).toBe(true);
    expect(out).toMatch(/“案例”表 S02 的初评得分“82”是人工填写的，保留未改（初评算得 [\d.]+）；如以初评为准，请清空/);
  });

  test("again changes nothing in the shared workbook", async () => {
    const folder = copy();
    await run("rank", award(folder), "--unit", xingqing);
    const once = readFileSync(award(folder));
    await run("rank", award(folder), "--unit", xingqing);
    expect(readFileSync(award(folder)).equals(once)).toBe(true);
  });

  test("follows new scores where it wrote the old ones itself, and only there", async () => {
    const folder = copy();
    await run("rank", award(folder), "--unit", xingqing);
    const [s00, s01] = [await rowOf(award(folder), "案例", "S00"), await rowOf(award(folder), "案例", "S01")];
    await edit(award(folder), "案例", [[Number(s01.row), "初评得分", 99]]);
    await changeScore(folder, "S00");
    await changeScore(folder, "S01");
    await run("rank", award(folder), "--unit", xingqing);
    const means = await meansOf(review(folder, xingqing));
    const scores = await firstScores(folder);
    expect(String(means.get("S00"))).not.toBe(s00.初评得分);
    expect([scores.get("S00"), scores.get("S01"), scores.get("S02")]).toEqual([String(means.get("S00")), "99", "82"]);
    expect(await rowOf(review(folder, xingqing), "初评得分", "S00")).toMatchObject({
      情况: "已更新",
      申报表原值: s00.初评得分,
    });
  });

  test.for([
    { name: "the first review saved, the shared workbook not", old: [] as string[], restored: "a.xlsx" },
    { name: "the same, of a second ranking with other scores", old: ["S00"], restored: "a.xlsx" },
  ])("a crash between the two files is made good: $name", async ({ old, restored }) => {
    const folder = copy();
    if (old.length > 0) await run("rank", award(folder), "--unit", xingqing);
    for (const id of old) await changeScore(folder, id);
    const before = readFileSync(join(folder, restored));
    await run("rank", award(folder), "--unit", xingqing);
    writeFileSync(join(folder, restored), before);
    // More scores come in before anybody runs it again.
    await changeScore(folder, "S01");
    await run("rank", award(folder), "--unit", xingqing);
    const means = await meansOf(review(folder, xingqing));
    const scores = await firstScores(folder);
    expect([scores.get("S00"), scores.get("S01")]).toEqual([String(means.get("S00")), String(means.get("S01"))]);
  });

  test("a fault while files are put in place leaves both as they were, and the next run ends as if undisturbed", async () => {
    const ended = copy();
    await run("rank", award(ended), "--unit", xingqing);
    const state = async (folder: string) => [
      await workbookValues(award(folder)),
      await workbookValues(review(folder, xingqing)),
    ];
    const after = await state(ended);
    const { rename } = disk;
    for (let n = 1; n <= 5; n++) {
      const folder = copy();
      let count = 0;
      disk.rename = (from, to) => {
        count += 1;
        if (count === n) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        rename(from, to);
      };
      const { code } = await runCasebook("rank", award(folder), "--unit", xingqing);
      disk.rename = rename;
      expect(code).toBe(3);
      expect(await state(folder)).toEqual(await state(home));
      await run("rank", award(folder), "--unit", xingqing);
      expect(await state(folder)).toEqual(after);
    }
  }, 60_000);

  test("a submission that a ruling takes out loses the 初评得分 that was filled in", async () => {
    const folder = copy();
    await run("rank", award(folder), "--unit", xingqing);
    await edit(review(folder, xingqing), "裁定", [
      [4, "案例编号", "S00"],
      [4, "决定", "取消资格"],
      [4, "取消类别", "泄露信息"],
    ]);
    await run("rank", award(folder), "--unit", xingqing);
    expect((await firstScores(folder)).get("S00")).toBe("");
    expect((await firstScores(folder)).get("S01")).not.toBe("");
  });
});

/** One expert gives one point less for the first item. */
async function changeScore(folder: string, id: string): Promise<void> {
  const path = review(folder, xingqing);
  const { 评审编号 } = await rowOf(path, "参评案例", id);
  const row = (await readRecords(path, "评分")).find((r) => r.评审编号 === 评审编号)!;
  const [item, total] = [Number(row.理念创新), Number(row.总分)];
  await edit(path, "评分", [
    [Number(row.row), "理念创新", item - 1],
    [Number(row.row), "总分", total - 1],
  ]);
}

test("recommend then takes the best of each bureau within quota, and a repeated assign keeps their reviews", async () => {
  const folder = copy();
  for (const unit of [xingqing, shapotou]) await run("rank", award(folder), "--unit", unit);
  const { json } = await runJson("recommend", award(folder));
  const best = async (unit: string, ids: string[]) => {
    const means = await meansOf(review(folder, unit));
    return ids.sort((a, b) => means.get(b)! - means.get(a)!)[0]!;
  };
  const urban = [await best(xingqing, ["S00", "S01"]), await best(shapotou, ["S10", "S11"])];
  const own = (id: string) => id.startsWith("S0") || id.startsWith("S1");
  expect(json.recommended.filter(own).sort()).toEqual([...urban, "S02", "S12"].sort());
  const again = await runJson("assign", award(folder), "--unit", xingqing);
  expect([again.json.moved, again.json.pairs.length]).toEqual([0, 9]);
});

test("submissions recommended before are left out, and reported", async () => {
  const folder = copy();
  rmSync(review(folder, xingqing));
  const s01 = await rowOf(award(folder), "案例", "S01");
  await edit(award(folder), "案例", [[Number(s01.row), "推荐", "是"]]);
  const out = await run("assign", award(folder), "--unit", xingqing);
  expect((await readRecords(review(folder, xingqing), "参评案例")).map((r) => r.案例编号).sort()).toEqual([
    "S00",
    "S02",
  ]);
  expect(out).toContain("1 个案例在初评之前已经推荐，未参加初评：S01");
});

describe("replay --unit", () => {
  test("finds all the same, and a score that was changed", async () => {
    const folder = copy();
    await run("rank", award(folder), "--unit", xingqing);
    const clean = await runJson("replay", award(folder), "--unit", xingqing);
    expect(clean.json.steps.filter((s: { same: boolean }) => !s.same)).toEqual([]);
    expect(clean.code).toBe(0);
    await changeScore(folder, "S00");
    expect((await runJson("replay", award(folder), "--unit", xingqing)).code).toBe(1);
  });
});

test.for(["assign", "packets", "collect", "rank", "replay"])("%s --unit wants a unit of 单位", async (command) => {
  const more = { packets: ["--out", join(home, "none")], collect: [join(home, "inputs")] }[command] ?? [];
  const { code, err } = await runCasebook(command, award(home), ...more, "--unit", "火星教育局");
  expect([code, err]).toEqual([2, expect.stringContaining("火星教育局")]);
});
