import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { untickOverQuota } from "../../../node-tools/example/untick-over-quota.ts";
import { readRecords, runJson } from "../run-casebook.ts";
import { findPlanViolations } from "./find-plan-violations.ts";
import { recomputeRanking } from "./recompute-ranking.ts";

const samples = fileURLToPath(new URL("../../fixtures/samples", import.meta.url));
const answers = JSON.parse(readFileSync(join(samples, "inputs.answers.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "casebook-award-"));
const file = join(folder, "award.xlsx");
const review = join(folder, "award.评审.xlsx");
// biome-ignore lint/suspicious/noExplicitAny: JSON of the commands
const results: Record<string, { code: number; json: any }> = {};

interface Expected {
  code: string;
  id?: string;
  nominator?: string;
  stage?: string;
  severity?: string;
}

beforeAll(async () => {
  results.init = await runJson("init", file);
  results.import = await runJson("import", file, join(samples, "inputs"));
  results.check = await runJson("check", file);
  results.recommend = await runJson("recommend", file, "--date", "2025-10-20");
  await runJson("check", file);
  untickOverQuota(file);
  results.assign = await runJson("assign", file);
  results.packets = await runJson("packets", file, "--out", join(folder, "out"));
  mkdirSync(join(folder, "back"));
  for (const path of results.packets.json.files) {
    writeFileSync(join(folder, "back", basename(path)), fillScoreSheet(path));
  }
  results.collect = await runJson("collect", file, join(folder, "back"));
  results.rank = await runJson("rank", file);
  // Some still want 复评: only a draft may leave.
  results.export = await runJson("export", file, "--out", join(folder, "lists"), "--draft");
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the samples, from raw inputs to the lists", () => {
  test("every step ends as it should", () => {
    const codes = Object.fromEntries(Object.entries(results).map(([name, { code }]) => [name, code]));
    expect(codes).toEqual({
      init: 0,
      import: 0,
      check: 1,
      recommend: 0,
      assign: 0,
      packets: 0,
      collect: 0,
      rank: 0,
      export: 0,
    });
  });

  test("everything that came is there", async () => {
    expect(await readRecords(file, "案例")).toHaveLength(answers.submissions);
    expect(await readRecords(file, "专家")).toHaveLength(answers.experts);
    expect(await readRecords(file, "联络员")).toHaveLength(answers.liaisons);
    expect(await readRecords(file, "单位")).toHaveLength(answers.units);
  });

  test.for(answers.expected as Expected[])("finds $code $id $nominator $stage", (expected) => {
    const matches = results.check!.json.findings.filter(
      (f: Expected) =>
        f.code === expected.code &&
        (expected.id === undefined || f.id === expected.id) &&
        (expected.nominator === undefined || f.nominator === expected.nominator) &&
        (expected.stage === undefined || f.stage === expected.stage) &&
        (expected.severity === undefined || f.severity === expected.severity),
    );
    expect(matches.length).toBeGreaterThan(0);
  });

  test("and no other error or warning but co-authors without a usable account", () => {
    const planted = new Set(
      (answers.expected as Expected[]).map((e) => [e.code, e.id ?? "", e.id ? "" : e.nominator].join("|")),
    );
    const surplus = results.check!.json.findings.filter(
      (f: Expected) =>
        f.severity !== "info" &&
        !planted.has([f.code, f.id ?? "", f.id ? "" : f.nominator].join("|")) &&
        !(f.code === "AUTHOR-IDENTITY" && f.severity === "warning"),
    );
    expect(surplus).toEqual([]);
  });

  test("findings name the label of the column and the row of the spreadsheet", async () => {
    const rows = await readRecords(file, "案例");
    for (const finding of results.check!.json.findings.filter((f: { sheet: string }) => f.sheet === "案例")) {
      const row = rows.find((r) => r.row === String(finding.row));
      expect(row?.案例编号).toBe(finding.id);
      expect(finding.column === "" || finding.column in (row ?? {})).toBe(true);
    }
  });
});

describe("assign", () => {
  test("keeps every hard constraint", async () => {
    const violations = findPlanViolations({
      submissions: await readRecords(file, "案例"),
      experts: await readRecords(file, "专家"),
      units: await readRecords(file, "单位"),
      reviewers: results.assign!.json.experts,
      pairs: results.assign!.json.pairs,
    });
    expect(violations).toEqual([]);
  });

  test("loads within a stage differ by at most one, among experts who can take any of it", () => {
    const byStage = new Map<string, number[]>();
    for (const { stage, load } of results.assign!.json.experts)
      byStage.set(stage, [...(byStage.get(stage) ?? []), load]);
    for (const loads of byStage.values()) expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });

  test("demand is filled or explained", () => {
    const { pairs, reviews, unfilled } = results.assign!.json;
    const count = new Map<string, number>();
    for (const { submission } of pairs) count.set(submission, (count.get(submission) ?? 0) + 1);
    for (const [submission, filled] of count) {
      const told = unfilled.find((u: { submission: string }) => u.submission === submission);
      expect(filled + (told?.missing ?? 0)).toBe(reviews);
      if (told) expect(told.reason).not.toBe("");
    }
  });

  test("the same seed gives the same result to the byte, another one another", async () => {
    const fresh = join(folder, "fresh.xlsx");
    copyFileSync(file, fresh);
    const again = await runJson("assign", fresh, "--dry-run");
    expect(JSON.stringify(again.json)).toBe(JSON.stringify(results.assign!.json));
    const other = await runJson("assign", fresh, "--dry-run", "--seed", "7");
    expect(JSON.stringify(other.json.pairs)).not.toBe(JSON.stringify(again.json.pairs));
    expect(existsSync(join(folder, "fresh.评审.xlsx"))).toBe(false);
  });
});

const asDraft = (name: string) => name.replace(".", "（草稿）.");

/** All texts of all parts of a zip, inflated. */
function zipTexts(path: string): string[] {
  const bytes = readFileSync(path);
  const texts: string[] = [];
  for (let at = bytes.indexOf("PK\u0001\u0002"); at >= 0; at = bytes.indexOf("PK\u0001\u0002", at + 4)) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const offset = bytes.readUInt32LE(at + 42);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const data = bytes.subarray(start, start + size);
    texts.push(bytes.subarray(at + 46, at + 46 + nameLength).toString("utf8"));
    texts.push((method === 8 ? inflateRawSync(data) : data).toString("utf8"));
  }
  return texts;
}

test("a score sheet says nothing about authors, in no part of the file", async () => {
  const submissions = await readRecords(file, "案例");
  const pairs: { submission: string; expert: string }[] = results.assign!.json.pairs;
  for (const path of results.packets!.json.files as string[]) {
    const expert = basename(path).replace(/^评分表-|\.xlsx$/g, "");
    const texts = zipTexts(path).join("\n");
    expect(texts).toContain("评审编号");
    const own = new Set(pairs.filter((p) => p.expert === expert).map((p) => p.submission));
    for (const row of submissions.filter((s) => own.has(s.案例编号 ?? ""))) {
      const secrets = Object.entries(row).filter(
        ([label, value]) => /作者|单位|账号|联系电话|案例编号/.test(label) && !/身份/.test(label) && value !== "",
      );
      for (const [label, value] of secrets) {
        for (const part of label === "其他作者" ? value.split("、") : [value])
          expect(texts.includes(part), `${label} ${part}`).toBe(false);
      }
    }
  }
}, 120_000);

describe("collect and rank", () => {
  test("every score is taken", () => {
    const { json } = results.collect!;
    expect(json.sheets).toBe(results.packets!.json.files.length);
    expect(json.scores).toBe(results.assign!.json.pairs.length);
    expect([json.rejected, json.conflicts, json.missing]).toEqual([[], [], []]);
  });

  test("the ranking equals an independent recomputation", async () => {
    const expected = recomputeRanking({
      submissions: await readRecords(file, "案例"),
      units: await readRecords(file, "单位"),
      reviewed: await readRecords(review, "参评案例"),
      scores: await readRecords(review, "评分"),
      pairs: await readRecords(review, "分派"),
      reviews: results.assign!.json.reviews,
      range: 20,
      share: 0.3,
    });
    expect(results.rank!.json.groups).toEqual(expected.groups);
    expect(results.rank!.json.arbitration).toEqual(expected.arbitration);
    expect(results.rank!.json.pending).toEqual([]);
  });

  test("the lists are there", () => {
    const names = readdirSync(join(folder, "lists"));
    for (const list of [
      "专家名单.xlsx",
      "评分汇总.xlsx",
      ...["公示名单.docx", "通报名单.xlsx", "发布清单.csv"].map(asDraft),
    ])
      expect(names).toContain(list);
    expect(names.filter((n) => n.startsWith("推荐案例汇总表-"))).toHaveLength(answers.units);
    expect(names.filter((n) => n.startsWith("填报表-"))).toHaveLength(answers.units);
  });
});
