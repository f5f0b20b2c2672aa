/** 各组情况: how each ranking group stands, so that nobody has to count in 汇总. */
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { type GeneratedLook, missingTable, replaceRows } from "../review-book/generated-sheet.ts";
import { isCancelledByDecision } from "../review-book/rulings.ts";
import { groupOverviewSheet, rankingFrame, reviewSheetOrder } from "../schema/review.ts";
import { awardLines } from "../scoring/awards.ts";
import { pointsOf } from "../scoring/fraction.ts";
import { groupKey, type RankingGroup, rankingGroupOf } from "../scoring/ranking-group.ts";
import { readTableIfThere } from "../tables/table.ts";
import type { CellValue, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import type { Account } from "./account.ts";
import type { AssessedGroup, Assessment, RankedCandidate } from "./assess.ts";

/** How the group of the direct schools is named on a sheet when they rank apart. */
export const schoolsTrack = "厅直属学校";

/** Points; null where nothing is ranked. */
export interface GroupProfile {
  readonly group: RankingGroup;
  readonly ranked: number;
  readonly pending: number;
  /** By a ruling. */
  readonly cancelled: number;
  /** Of all awards. */
  readonly places: number;
  readonly awarded: number;
  /** The lowest final score with an award that no ruling gave. */
  readonly line: number | null;
  /** The same of each award, the highest first. */
  readonly awards: readonly { readonly label: string; readonly awarded: number; readonly line: number | null }[];
  readonly mean: number | null;
  readonly median: number | null;
  readonly highest: number | null;
  readonly lowest: number | null;
  /** Submissions that got 复评. */
  readonly arbitrated: number;
}

function median(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function profileGroup(
  { group, scored, pending, ranked }: AssessedGroup,
  besides: { readonly unassigned: number; readonly cancelled: number },
  awards: Settings["awards"],
): GroupProfile {
  const scores = ranked.map(({ candidate }) => pointsOf(candidate.standing.aggregate.final)).sort((a, b) => a - b);
  const winners = ranked.filter(({ place }) => place.award < awards.length);
  const lineOf = (group: readonly RankedCandidate[]) => {
    const byRank = group.filter(({ place }) => !place.adjusted);
    return byRank.length === 0
      ? null
      : Math.min(...byRank.map(({ candidate }) => pointsOf(candidate.standing.aggregate.final)));
  };
  const [[lowest = null], [highest = null]] = [scores, scores.slice(-1)];
  const [places = 0] = awardLines(awards, scored.length).slice(-1);
  return {
    group,
    ranked: ranked.length,
    pending: pending.length + besides.unassigned,
    cancelled: scored.length - ranked.length + besides.cancelled,
    places,
    awarded: winners.length,
    line: lineOf(winners),
    awards: awards.map(({ label }, award) => {
      const own = winners.filter(({ place }) => place.award === award);
      return { label, awarded: own.length, line: lineOf(own) };
    }),
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    median: median(scores),
    highest,
    lowest,
    arbitrated: [...scored, ...pending].filter(({ standing }) => standing.pairs.some((p) => p.arbitration && p.active))
      .length,
  };
}

/** The ranking groups that anybody stands in, in the order of the notice. */
export function profileGroups(
  { groups, outside }: Assessment,
  { unassigned, ruledOut }: Pick<Account, "unassigned" | "ruledOut">,
  settings: Settings,
): GroupProfile[] {
  const besides = new Map<string, { group: RankingGroup; unassigned: number; cancelled: number }>();
  const count = (group: RankingGroup | undefined, what: "unassigned" | "cancelled") => {
    if (!group) return;
    const counts = besides.get(groupKey(group)) ?? { group, unassigned: 0, cancelled: 0 };
    besides.set(groupKey(group), { ...counts, [what]: counts[what] + 1 });
  };
  for (const { submission } of unassigned) count(rankingGroupOf(submission, settings), "unassigned");
  for (const submission of ruledOut) count(rankingGroupOf(submission, settings), "cancelled");
  for (const { standing, group, decision } of outside) {
    if (standing.inReview && isCancelledByDecision(decision)) count(group, "cancelled");
  }
  const known = new Set(groups.map(({ group }) => groupKey(group)));
  const others = [...besides.values()]
    .filter(({ group }) => !known.has(groupKey(group)))
    .map(({ group }): AssessedGroup => ({ group, scored: [], pending: [], ranked: [] }));
  return [...groups, ...others]
    .sort((a, b) => a.group.order - b.group.order)
    .map((group) =>
      profileGroup(group, besides.get(groupKey(group.group)) ?? { unassigned: 0, cancelled: 0 }, settings.awards),
    );
}

const score = "0.00";

export const groupLook: GeneratedLook = {
  formats: { line: score, mean: score, median: score, highest: score, lowest: score },
  centred: ["cases", "ranked", "pending", "cancelled", "places", "awarded", "arbitrated"],
  bold: ["group", "places", "awarded"],
  wrapped: [],
  conditionalFormats: ({ top, bottom, column, cell }) => [
    {
      area: { top, left: column("pending"), bottom, right: column("pending") },
      formula: `AND(ISNUMBER(${cell("pending")}),${cell("pending")}>0)`,
      style: { fill: palette.warningFill, font: { color: palette.warningInk } },
    },
  ],
};

/** 各组情况; undefined in a workbook from before there was one. */
export function readGroupTable(snapshot: WorkbookSnapshot) {
  return readTableIfThere(snapshot, groupOverviewSheet, reviewSheetOrder);
}

/** Fills 各组情况, which is made before 汇总 when the workbook has none. */
export function writeGroupOverview(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  profiles: readonly GroupProfile[],
): SheetPatch {
  const table = readGroupTable(snapshot) ?? missingTable(groupOverviewSheet);
  return replaceRows(notice, snapshot, table, groupLook, {
    rows: profiles.map(({ group, awards: _, ...counts }): Record<string, CellValue> => {
      const track = group.track === "" ? schoolsTrack : group.track;
      return {
        group: `${group.field} · ${track}`,
        cases: counts.ranked + counts.pending + counts.cancelled,
        ...counts,
      };
    }),
    key: "group",
    createBefore: snapshot.sheets.find(({ name }) => name === rankingFrame.label)?.name ?? null,
  });
}
