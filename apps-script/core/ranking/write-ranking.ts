import type { Notice } from "../notice/notice.ts";
import { type GeneratedLook, layRows, type Places, replaceRows } from "../review-book/generated-sheet.ts";
import { type ReviewData, readReview } from "../review-book/read-review.ts";
import { rankingFrame } from "../schema/review.ts";
import { columnOf, helpOf } from "../schema/sheet-spec.ts";
import { type Fraction, pointsOf } from "../scoring/fraction.ts";
import type { CellValue, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { calibratedPoints, describeCalibration, type ReviewCalibration, standardErrorOf } from "./calibrate-review.ts";
import { groupLook, readGroupTable, schoolsTrack } from "./group-overview.ts";
import type { RankingRow } from "./ranking-rows.ts";
import { overviewLook, readOverviewTable } from "./write-expert-overview.ts";

const points = (value: Fraction): CellValue => pointsOf(value);

function trackOf(row: RankingRow): string {
  if (!row.group) return row.standing.reviewed.record.text("track");
  return row.group.track === "" ? schoolsTrack : row.group.track;
}

function rankingCells(row: RankingRow, calibration: ReviewCalibration): Record<string, CellValue> {
  const { reviewed, submission, scores, aggregate } = row.standing;
  return {
    rank: row.rank ?? null,
    reviewId: reviewed.reviewId,
    id: reviewed.id,
    title: submission?.title ?? reviewed.record.text("title"),
    field: row.group?.field ?? reviewed.record.text("field"),
    track: trackOf(row),
    count: scores.length,
    ...(aggregate
      ? {
          mean: points(aggregate.mean),
          trimmed: points(aggregate.trimmed),
          calibrated: calibratedPoints(calibration, reviewed.key),
          standardError: standardErrorOf(calibration, reviewed.key),
          range: aggregate.range / 2,
          ...Object.fromEntries(Object.entries(aggregate.dimensions).map(([key, value]) => [key, points(value)])),
          final: points(aggregate.final),
        }
      : {}),
    award: row.award ?? "",
    remark: row.remark,
    rawRank: row.evidence?.rawRank ?? null,
    calibratedRank: row.evidence?.calibratedRank ?? null,
    probability: row.evidence?.probability ?? null,
  };
}

function resultCells(row: RankingRow): Record<string, CellValue> {
  const { submission, reviewed, aggregate } = row.standing;
  return {
    field: row.group?.field ?? "",
    track: trackOf(row),
    rank: row.rank ?? null,
    award: row.award ?? "",
    id: reviewed.id,
    title: submission?.title ?? "",
    nominator: submission?.unit?.name ?? submission?.nominator ?? "",
    authors: submission?.authors.map((a) => a.name).join("、") ?? "",
    final: aggregate ? points(aggregate.final) : null,
  };
}

const score = "0.00";
const centred = ["field", "track", "award"];
const bold = ["rank", "final", "award"];
const winners = ({ top, bottom, right, cell }: Places) => ({
  area: { top, left: 1, bottom, right },
  formula: `LEN(${cell("award")})>0`,
  style: { fill: palette.goodFill },
});

const rankingLook = ({ rubric }: Notice): GeneratedLook => ({
  formats: {
    mean: score,
    trimmed: score,
    calibrated: score,
    standardError: score,
    ...Object.fromEntries(rubric.dimensions.map(({ key }) => [key, score])),
    final: score,
    probability: "0%",
  },
  centred,
  bold,
  wrapped: ["title", "remark"],
  conditionalFormats: (places) => {
    const { top, bottom, right, column, cell } = places;
    return [
      winners(places),
      {
        area: { top, left: 1, bottom, right },
        formula: `AND(LEN(${cell("id")})>0,LEN(${cell("rank")})=0)`,
        style: { fill: palette.computed, font: { color: palette.softInk } },
      },
      {
        area: { top, left: column("remark"), bottom, right: column("remark") },
        formula: `ISNUMBER(SEARCH("请在裁定表",${cell("remark")}))`,
        style: { fill: palette.warningFill, font: { color: palette.warningInk } },
      },
    ];
  },
});

const resultsLook: GeneratedLook = {
  formats: { final: score },
  centred,
  bold,
  wrapped: ["title", "nominator", "authors"],
  conditionalFormats: (places) => [winners(places)],
};

/** Fills 汇总 with every submission of the review and 结果 with the ranked ones. */
export function writeRanking(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  review: ReviewData,
  calibration: ReviewCalibration,
  rows: readonly RankingRow[],
): SheetPatch[] {
  const ranked = rows.filter((row) => row.rank !== undefined);
  const { ranking, results } = review.tables;
  const help = helpOf(columnOf(rankingFrame, "calibrated"), notice);
  return [
    replaceRows(notice, snapshot, ranking, rankingLook(notice), {
      rows: rows.map((row) => rankingCells(row, calibration)),
      key: "id",
      headerNotes: { calibrated: `${help}\n本次：${describeCalibration(calibration)}。` },
    }),
    replaceRows(notice, snapshot, results, resultsLook, { rows: ranked.map(resultCells), key: "id" }),
  ];
}

/**
 * Lays 汇总, 结果, 各组情况 and 专家情况 out for as many rows as a ranking of this review can have, for a host in which that costs
 * too much to be done with every ranking.
 */
export function layRankingSheets(notice: Notice, snapshot: WorkbookSnapshot): SheetPatch[] {
  const { tables } = readReview(snapshot, notice);
  const [overview, groups] = [readOverviewTable(snapshot), readGroupTable(snapshot)];
  const submissions = tables.reviewed.rows.length;
  return [
    layRows(notice, tables.ranking, rankingLook(notice), submissions),
    layRows(notice, tables.results, resultsLook, submissions),
    ...(groups ? [layRows(notice, groups, groupLook, notice.fields.length * (notice.tracks.length + 1))] : []),
    ...(overview ? [layRows(notice, overview, overviewLook, tables.reviewers.rows.length)] : []),
  ];
}
