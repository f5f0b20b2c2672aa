import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, parse } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultNotice as notice } from "../../../apps-script/core/notice/built-in.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { runCasebook, runJson } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-collect-"));
const file = join(home, "a.xlsx");
const versions = [join(home, "first"), join(home, "second")] as const;

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await runCasebook("init", file);
  await runCasebook("import", file, join(home, "inputs"));
  await runCasebook("recommend", file, "--date", "2025-10-20");
  await runCasebook("assign", file, "--reviews", "1");
  const { json } = await runJson("packets", file, "--out", join(home, "packets"));
  const sheet: string = json.files[0];
  for (const [i, folder] of versions.entries()) {
    mkdirSync(folder);
    writeFileSync(join(folder, basename(sheet)), fillScoreSheet(sheet, notice, i + 1));
  }
  await runCasebook("collect", file, versions[0]);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("experts who have not returned everything are told by name, unit, phone and what is open", async () => {
  const { out } = await runCasebook("collect", file, versions[0]);
  const { json } = await runJson("collect", file, versions[0]);
  const waiting = json.missing.reduce(
    (sum: number, each: { submissions: string[] }) => sum + each.submissions.length,
    0,
  );
  expect(waiting).toBeGreaterThan(1);
  expect(out).toContain(`还有 ${json.missing.length} 名专家的 ${waiting} 个评分没有交齐：\n`);
  for (const { expert, name, unit, phone, submissions } of json.missing) {
    const of = submissions.length === 1 ? "1 个案例没有交" : `${submissions.length} 个案例都没有交`;
    expect(out).toContain(`  ${expert} ${name}（${unit}，${phone}）：${of}\n`);
  }
  expect(out).toMatch(/还有：.*名专家未交齐.*。下一步：casebook collect \S*a\.xlsx 收回的评分表\n$/);
});

describe("two versions of a score sheet", () => {
  test("the advice can be typed as it stands, wherever the second one lies", async () => {
    const { out } = await runCasebook("collect", file, versions[1]);
    const [, advised] = /casebook (collect .+ --accept .+)$/m.exec(out)!;
    const { code, json } = await runJson(...advised!.split(" "));
    expect(code).toBe(0);
    expect(json.scores).toBeGreaterThan(0);
    const again = await runJson("collect", file, versions[1]);
    expect(again.json.conflicts).toEqual([]);
  });
});

describe("what ends with exit code 1", () => {
  test("a sheet that cannot be read, though the others are taken", async () => {
    const folder = mkdtempSync(join(home, "mixed-"));
    cpSync(versions[0], folder, { recursive: true });
    const good = await runJson("collect", file, folder, "--accept", folder);
    expect([good.code, good.json.rejected]).toEqual([0, []]);
    writeFileSync(join(folder, "评分表-E999.xlsx"), "PK");
    const { code, json } = await runJson("collect", file, folder);
    expect(code).toBe(1);
    expect(json.rejected.map((each: { file: string }) => each.file)).toEqual(["评分表-E999.xlsx"]);
  });

  test("a ranking while scores are missing", async () => {
    const { code, json } = await runJson("rank", file);
    expect(json.pending.length).toBeGreaterThan(0);
    expect(code).toBe(1);
  });
});

test("--accept takes a folder for every sheet in it", async () => {
  await runCasebook("collect", file, versions[0], "--accept", versions[0]);
  const { json } = await runJson("collect", file, versions[1], "--accept", versions[1]);
  expect(json.conflicts).toEqual([]);
  expect(json.scores).toBeGreaterThan(0);
});

test("--accept reads a file that is not named among the inputs", async () => {
  await runCasebook("collect", file, versions[0], "--accept", versions[0]);
  await runCasebook("collect", file, versions[0], "--accept", versions[1]);
  const { json } = await runJson("collect", file, versions[1]);
  expect(json.conflicts).toEqual([]);
});

test("a trial assignment writes nothing", async () => {
  const before = ["a.xlsx", "a.评审.xlsx"].map((name) => readFileSync(join(home, name)));
  const archive = readdirSync(join(home, "a.档案"));
  expect((await runCasebook("assign", file, "--dry-run", "--rebalance", "--seed", "5")).code).toBe(0);
  expect(["a.xlsx", "a.评审.xlsx"].map((name) => readFileSync(join(home, name)))).toEqual(before);
  expect(readdirSync(join(home, "a.档案"))).toEqual(archive);
});

test("a score sheet that was filled in where it was made stays there; what is none any more is kept beside a new one", async () => {
  const packets = join(home, "packets");
  const [name = ""] = readdirSync(packets);
  const filled = readFileSync(join(versions[0], basename(readdirSync(versions[0])[0] ?? "")));
  writeFileSync(join(packets, name), filled);
  await runCasebook("packets", file, "--out", packets);
  expect(readFileSync(join(packets, name))).toEqual(filled);
  const { name: stem, ext } = parse(name);
  for (const [i, text] of ["别的", "又是别的"].entries()) {
    writeFileSync(join(packets, name), text);
    await runCasebook("packets", file, "--out", packets);
    expect(readFileSync(join(packets, `${stem}.旧${i + 1}${ext}`), "utf8")).toBe(text);
  }
});
