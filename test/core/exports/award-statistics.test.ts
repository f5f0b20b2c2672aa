import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { countAward, type FunnelLine } from "../../../apps-script/core/exports/award-statistics.ts";
import { statisticsTables } from "../../../apps-script/core/exports/statistics-tables.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { placeReviewed } from "../../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeSnapshot } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import {
  assigned,
  fillScoreSheet,
  input,
  items,
  recommendedSubmission,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const random = makeRandom(3);
const cancelled = { ...recommendedSubmission(0), id: "Z900", status: "取消资格", statusKind: "弄虚作假" };
const application = shared({
  submissions: [...Array.from({ length: 60 }, (_, i) => recommendedSubmission(i)), cancelled],
});
const start = assigned(application);
const sheets = scoreSheets(application, start).map((file) =>
  input(
    file,
    fillScoreSheet(file, () => ({ scores: items.map(({ max }) => random.between(max, 2 * max) / 2) })),
  ),
);
const { settings } = readAward(application, ningxia2025);
const review = applyPatch(start, collectScoreSheets(start, settings, sheets, { now: "2025-11-20T09:30:00" }).patch);
const { award, findings } = judgeAward(application, ningxia2025);
const statistics = countAward(award, placeReviewed(award, readReview(review, ningxia2025)), findings);
const { result, profiles } = rankReview(application, review, ningxia2025);
const places = result.groups.flatMap(({ field, track, ranking }) =>
  ranking.map(({ award: prize }) => ({ field, track, won: prize !== "" })),
);

const splits = ["units", "fields", "tracks", "stages", "roles"] as const;
const sum = (lines: readonly FunnelLine[], key: keyof typeof statistics.total) =>
  lines.reduce((all, line) => all + line[key], 0);

describe("the figures of an award", () => {
  test("are those of its ranking: who was ranked, who won, in which field and on which track", () => {
    expect(places.length).toBeGreaterThan(20);
    expect(places.some(({ won }) => won)).toBe(true);
    expect(statistics.total).toMatchObject({ reviewed: places.length, won: places.filter(({ won }) => won).length });
    for (const { label, reviewed, won } of statistics.fields) {
      const own = places.filter(({ field }) => field === label);
      expect([label, reviewed, won]).toEqual([label, own.length, own.filter((place) => place.won).length]);
    }
    // Direct schools rank with 城市, and are told apart.
    const urban = places.filter(({ track }) => track === "城市");
    const [city, , schools] = statistics.tracks;
    expect(schools?.label).toBe("厅直属学校");
    expect((city?.reviewed ?? 0) + (schools?.reviewed ?? 0)).toBe(urban.length);
    expect((city?.won ?? 0) + (schools?.won ?? 0)).toBe(urban.filter(({ won }) => won).length);
  });

  test("of the scores too: award lines, 复评, the ranges", () => {
    const { lines, arbitrated, meanRange, agreement } = statistics.scores ?? {};
    expect(lines?.map(({ profile }) => profile)).toEqual(profiles.groups);
    expect(arbitrated).toEqual({
      count: profiles.groups.reduce((all, group) => all + group.arbitrated, 0),
      of: places.length,
    });
    expect(meanRange).toBeGreaterThan(0);
    expect(agreement?.cases).toBe(places.length);
  });

  test("add up to the whole, however they are split", () => {
    for (const key of splits)
      for (const step of ["submitted", "clean", "recommended", "reviewed", "won"] as const)
        expect([key, step, sum(statistics[key], step)]).toEqual([key, step, statistics.total[step]]);
    expect(statistics.total).toMatchObject({ submitted: 61, recommended: 60 });
  });

  test("tell quotas and findings as they stand", () => {
    const { bureau, school } = ningxia2025.quotas;
    const fields = ningxia2025.fields.length;
    const ofBureau = fields * (bureau.urban.value + bureau.rural.value);
    expect(statistics.quotas.units.map(({ quota }) => quota)).toEqual(
      award.units.map(({ kind }) => (kind === "school" ? fields * school.value : ofBureau)),
    );
    const total = (lines: typeof statistics.quotas.units) => lines.reduce((all, { quota }) => all + quota, 0);
    expect(total(statistics.quotas.groups)).toBe(total(statistics.quotas.units));
    expect(statistics.rules.reduce((all, rule) => all + rule.findings, 0)).toBe(findings.length);
  });

  test("of an award without a review are told as far as there are any", () => {
    const early = judgeAward(makeSnapshot({ submissions: [{}, { field: null }] }), ningxia2025);
    const counted = countAward(early.award, undefined, early.findings);
    expect(counted.scores).toBeUndefined();
    expect(counted.total).toMatchObject({ submitted: 2, clean: 1, reviewed: 0, won: 0 });
    expect(counted.fields.at(-1)).toMatchObject({ label: "未填或不明", submitted: 1 });
    expect(statisticsTables(counted, ningxia2025).map(({ sheet }) => sheet)).not.toContain("评分一致性");
  });

  test("the tables say small numbers as small", () => {
    const whole = statisticsTables(statistics, ningxia2025);
    expect(new Set(whole.map(({ sheet }) => sheet)).size).toBe(whole.length);
    const stages = whole.find(({ sheet }) => sheet === "按学段");
    const rate = (stages?.columns ?? []).findIndex(({ label }) => label === "获奖率");
    const cells = (stages?.rows ?? []).map((row) => ("heading" in row ? "" : [row[4], row[rate]]));
    for (const [reviewed, shown] of cells as [number, string][])
      expect(shown).toMatch(reviewed === 0 ? /^—$/ : reviewed < 10 ? /（数少）$/ : /%$/);
  });
});
