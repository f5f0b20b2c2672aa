/** One whole award on the core alone: snapshots in, patches out, no file. */

import { readCleanedCells } from "../../apps-script/core/award/import-record.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { readSettings } from "../../apps-script/core/award/settings.ts";
import { checkAward } from "../../apps-script/core/check/check.ts";
import { recommendSubmissions } from "../../apps-script/core/check/recommend.ts";
import { type ImportInput, planImport } from "../../apps-script/core/import/plan-import.ts";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { planReview } from "../../apps-script/core/panel/assign.ts";
import { rankReview } from "../../apps-script/core/ranking/rank.ts";
import { runRules } from "../../apps-script/core/rules/index.ts";
import { applicationSheetOrder, settingsSheet } from "../../apps-script/core/schema/application.ts";
import { scoreSheet } from "../../apps-script/core/schema/review.ts";
import { collectScoreSheets } from "../../apps-script/core/score-sheets/collect.ts";
import { buildScoreSheets } from "../../apps-script/core/score-sheets/packets.ts";
import type { CollectInput } from "../../apps-script/core/score-sheets/take-file.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { emptySnapshot, type WorkbookPatch, type WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { inventScores } from "../../node-tools/example/invent-scores.ts";
import { makeSnapshot } from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";
import { generateAward } from "../generator/award.ts";
import { benchOptions } from "./options.ts";

export interface Timing {
  readonly step: string;
  readonly seconds: number;
}

/** Quotas grow with the award, so that every submission in order gets reviewed. */
function quotaSettings(scale: number): Record<string, number> {
  const { bureau, school } = notice.quotas;
  const grown = (quota: number) => Math.ceil(quota * Math.max(1, scale));
  return {
    教育局城市赛道名额: grown(bureau.urban.value),
    教育局乡村赛道名额: grown(bureau.rural.value),
    厅直属学校名额: grown(school.value),
  };
}

function fillIn(fileName: string, patch: WorkbookPatch): CollectInput {
  const blank = applyPatch(emptySnapshot, patch);
  const table = readTable(blank, scoreSheet(notice), [scoreSheet(notice).label]);
  const rows = table.rows.filter((row) => row.text("reviewId") !== "");
  const ids = rows.map((row) => row.text("reviewId"));
  const scores = inventScores(notice.defaults.seed, fileName, ids, notice.rubric.items);
  const edits = rows.flatMap((row, i) =>
    notice.rubric.items.map((item) => ({
      row: row.row,
      column: table.positions.get(`item.${item.key}`) ?? 0,
      value: scores[i]?.[item.key] ?? null,
    })),
  );
  const { sheets } = applyPatch(blank, { sheets: [{ name: table.name, edits }] });
  return { file: fileName, digest: fileName, sheets };
}

export function runCore(scale: number): Timing[] {
  const timings: Timing[] = [];
  const time = <T>(step: string, work: () => T): T => {
    const started = performance.now();
    const result = work();
    timings.push({ step, seconds: (performance.now() - started) / 1000 });
    return result;
  };
  const inputs = generateAward(benchOptions(scale)).files.map(
    (file): ImportInput => ({
      file: file.name,
      digest: file.name,
      encoding: "",
      sheets: file.sheets.map(({ name, rows }) => ({ name, hidden: false, rows })),
    }),
  );
  const settings = quotaSettings(scale);
  let application: WorkbookSnapshot = makeSnapshot({
    units: [],
    submissions: [],
    texts: [],
    experts: [],
    liaisons: [],
    settings,
  });
  let review: WorkbookSnapshot = emptySnapshot;

  application = applyPatch(application, time("import", () => planImport(application, inputs, notice)).patch);
  time("rules alone", () => {
    const award = readAward(application, notice);
    return runRules(award, readCleanedCells(application, award.tables));
  });
  application = applyPatch(application, time("check", () => checkAward(application, notice)).patch);
  application = applyPatch(application, time("recommend", () => recommendSubmissions(application, notice)).patch);
  review = applyPatch(review, time("assign", () => planReview(application, undefined, notice)).patch);
  const packets = time("packets", () => buildScoreSheets(application, review, notice));
  const filled = packets.map(({ fileName, patch }) => fillIn(fileName, patch));
  const decided = readSettings(readTable(application, settingsSheet, applicationSheetOrder), notice).settings;
  const now = `${notice.windows.review.value.from}T09:00:00`;
  review = applyPatch(review, time("collect", () => collectScoreSheets(review, decided, filled, { now })).patch);
  time("rank", () => rankReview(application, review, notice));
  return timings;
}
