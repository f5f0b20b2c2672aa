/** Who has sent what, how experts score, and what the scores look like: as `remind`, `rank` and 进度 tell it, for the page to draw. */
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { type AwardProgress, readProgress, stageLabels } from "../../../apps-script/core/progress/award-progress.ts";
import { listReminders } from "../../../apps-script/core/progress/reminders.ts";
import { liaisonsOf, type MissingThing, type UnitProgress } from "../../../apps-script/core/progress/unit-progress.ts";
import type { ExpertProfile } from "../../../apps-script/core/ranking/expert-overview.ts";
import { schoolsTrack } from "../../../apps-script/core/ranking/group-overview.ts";
import { type RankOutcome, rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { type ReviewData, readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { applicationSheetLabels, progressSheet } from "../../../apps-script/core/schema/application.ts";
import {
  expertOverviewSheet,
  groupOverviewSheet,
  reviewersSheet,
  reviewSheetOrder,
} from "../../../apps-script/core/schema/review.ts";
import { type KeyOf, labelOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import { readTableIfThere, type TableRow } from "../../../apps-script/core/tables/table.ts";
import { compareText } from "../../../apps-script/core/text/compare.ts";
import { cleanCode, pairKey } from "../../../apps-script/core/text/identity.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { buildRankingView } from "../../../apps-script/dialogs/ranking-view.ts";
import { openForReading, reviewPath } from "../../award-files/award-files.ts";
import { today } from "../../award-files/next-step.ts";
import { requireSettings } from "../../award-files/settings-guard.ts";
import { isThere, readBytes } from "../../disk/disk.ts";
import { digestBytes } from "../../disk/files.ts";
import type { AwardOverview, ExpertPage, ExpertRow, GroupRow, UnitCell, UnitRow } from "../protocol.ts";
import { tableOf } from "./case-search.ts";

interface OpenedAward {
  readonly application: WorkbookSnapshot;
  readonly review: WorkbookSnapshot | undefined;
  /** As 参数 has it. */
  readonly notice: Notice;
  readonly ranked: RankOutcome | undefined;
}

/** How the experts score, by the digests of both workbooks: pages of experts are opened one after the other. */
let lastProfiles: { readonly digests: string; readonly experts: readonly ExpertProfile[] } | undefined;

function openAward(path: string): OpenedAward {
  const file = openForReading(`/${path}`);
  const application = file.workbook.snapshot;
  requireSettings(`/${path}`, application);
  const reviewFile = openReviewToRead(path);
  const review = reviewFile?.workbook.snapshot;
  const base = noticeOf(application);
  const { notice } = readAward(application, base).settings;
  const ranked = review && rankReview(application, review, base);
  lastProfiles = ranked && { digests: `${file.digest} ${reviewFile?.digest}`, experts: ranked.profiles.experts };
  return { application, review, notice, ranked };
}

export function openReviewToRead(path: string) {
  const beside = reviewPath(`/${path}`);
  return isThere(beside) ? openForReading(beside, { kind: "review" }) : undefined;
}

type Column = KeyOf<typeof progressSheet> | KeyOf<typeof groupOverviewSheet>;

const columns: readonly { readonly key: Column; readonly stage: keyof typeof stageLabels }[] = [
  { key: "submissions", stage: "submission" },
  { key: "errors", stage: "submission" },
  { key: "experts", stage: "submission" },
  { key: "sealed", stage: "submission" },
  { key: "liaisons", stage: "submission" },
  { key: "recommended", stage: "recommendation" },
  { key: "cases", stage: "review" },
  { key: "ranked", stage: "review" },
  { key: "awarded", stage: "ranking" },
];

const columnOf: Readonly<Record<MissingThing["kind"], Column>> = {
  submissions: "submissions",
  recommendations: "recommended",
  experts: "experts",
  seal: "sealed",
  liaisons: "liaisons",
};

const labelOfColumn = (key: Column) =>
  progressSheet.columns.some((column) => column.key === key)
    ? labelOf(progressSheet, key as KeyOf<typeof progressSheet>)
    : labelOf(groupOverviewSheet, key as KeyOf<typeof groupOverviewSheet>);

/** In review, with all reviews, and with an award, by name of the unit. */
function countReviewed(unitOf: ReadonlyMap<string, string>, { result }: RankOutcome) {
  const counts = new Map<string, { cases: number; ranked: number; awarded: number }>();
  const count = (id: string, what: Partial<Record<"cases" | "ranked" | "awarded", number>>) => {
    const unit = unitOf.get(id) ?? "";
    const { cases, ranked, awarded } = counts.get(unit) ?? { cases: 0, ranked: 0, awarded: 0 };
    counts.set(unit, {
      cases: cases + (what.cases ?? 0),
      ranked: ranked + (what.ranked ?? 0),
      awarded: awarded + (what.awarded ?? 0),
    });
  };
  for (const { ranking } of result.groups)
    for (const { id, award } of ranking) count(id, { cases: 1, ranked: 1, awarded: award === "" ? 0 : 1 });
  for (const id of result.pending) count(id, { cases: 1 });
  return counts;
}

function readUnits(
  { application, ranked }: OpenedAward,
  { units }: AwardProgress,
  reminders: ReadonlyMap<UnitProgress, string>,
): UnitRow[] {
  const award = readAward(application, noticeOf(application));
  const unitOf = new Map(award.submissions.map(({ id, unit, nominator }) => [id, unit?.name ?? nominator]));
  const reviewed = ranked && countReviewed(unitOf, ranked);
  const last = readTableIfThere(application, progressSheet, applicationSheetLabels);
  const errors = new Map(last?.rows.map((row) => [row.text("nominator"), row.text("errors")]));
  return units.map((progress): UnitRow => {
    const { unit, missing, silent, submissions, recommended, experts, liaisons, sealed } = progress;
    const own = reviewed?.get(unit.name) ?? { cases: 0, ranked: 0, awarded: 0 };
    const wrong = errors.get(unit.name) ?? "";
    const open = own.cases - own.ranked;
    const texts: Readonly<Record<string, string>> = {
      ...{
        submissions: `${submissions}`,
        recommended: `${recommended}`,
        experts: `${experts}`,
        liaisons: `${liaisons}`,
      },
      sealed: sealed ? "已收" : "未收",
      errors: wrong,
      ...(reviewed && { cases: `${own.cases}`, ranked: `${own.ranked}`, awarded: `${own.awarded}` }),
    };
    const lacks: Readonly<Record<string, string>> = {
      errors: Number(wrong) > 0 ? "待改" : "",
      ranked: open > 0 ? `${open} 个待评` : "",
    };
    return {
      unit: unit.name,
      silent,
      cells: columns.map(({ key }): UnitCell => {
        const own = missing.filter(({ kind }) => columnOf[kind] === key).map(({ short }) => short);
        return { text: texts[key] ?? "", lacks: own.length > 0 ? own.join("、") : (lacks[key] ?? "") };
      }),
      liaisons: liaisonsOf(award, unit),
      reminder: reminders.get(progress) ?? "",
    };
  });
}

function readExperts(
  { ranked }: OpenedAward,
  review: ReviewData,
  progress: AwardProgress,
  reminders: ReadonlyMap<string, string>,
): ExpertRow[] {
  const records = new Map(review.tables.reviewers.rows.map((row) => [cleanCode(row.text("expert")), row]));
  const gone = new Set(progress.review?.experts.flatMap(({ expert, withdrawn }) => (withdrawn ? [expert] : [])));
  const told = new Map(ranked?.result.experts.map((each) => [each.expert, each]));
  return (ranked?.profiles.experts ?? []).map(
    ({ expert, name, stage, assigned, scored, late, mean, spread, severity, severityError }): ExpertRow => ({
      ...{ id: expert, name, stage, assigned, scored, late, mean, spread, severity, severityError },
      unit: records.get(expert)?.text("unit") ?? "",
      phone: records.get(expert)?.text("phone") ?? "",
      withdrawn: gone.has(expert),
      status: told.get(expert)?.status ?? "",
      doubts: told.get(expert)?.doubts ?? "",
      reminder: reminders.get(expert) ?? "",
    }),
  );
}

function readGroups(ranked: RankOutcome): GroupRow[] {
  const { groups } = buildRankingView(ranked, () => "");
  return ranked.profiles.groups.map(({ group: { field, track }, pending, awards }): GroupRow => {
    const isSame = (other: { readonly field: string; readonly track: string }) =>
      other.field === field && other.track === track;
    return {
      name: `${field} · ${track === "" ? schoolsTrack : track}`,
      pending,
      awards,
      scores: ranked.result.groups.find(isSame)?.ranking.map(({ score }) => score) ?? [],
      histogram: groups.find(isSame)?.histogram ?? [],
    };
  });
}

/** @throws InputError, WorkbookStructureError */
export function readOverview(path: string): AwardOverview {
  const opened = openAward(path);
  const { application, review, notice, ranked } = opened;
  const progress = readProgress(application, review, noticeOf(application), today());
  const { units, experts } = listReminders(progress);
  const toUnits = new Map(units.map(({ unit, text }) => [unit, text]));
  const toExperts = new Map(experts.map(({ expert, text }) => [expert.expert, text]));
  return {
    columns: columns.map(({ key, stage }) => ({ stage: stageLabels[stage], label: labelOfColumn(key) })),
    units: readUnits(opened, progress, toUnits),
    experts: review ? readExperts(opened, readReview(review, notice), progress, toExperts) : [],
    groups: ranked ? readGroups(ranked) : [],
    calibration: ranked?.result.calibration.summary ?? "",
  };
}

/** @throws InputError, WorkbookStructureError */
export function readExpert(path: string, id: string): ExpertPage {
  const file = openReviewToRead(path);
  if (!file) return { tables: [], items: [], cases: [] };
  const { snapshot } = file.workbook;
  const notice = noticeOf(snapshot);
  const { items } = notice.rubric;
  if (lastProfiles?.digests !== `${digestBytes(readBytes(`/${path}`))} ${file.digest}`) openAward(path);
  const review = readReview(snapshot, notice);
  const isOwn = (row: TableRow) => cleanCode(row.text("expert")) === id;
  const reviewed = new Map(review.reviewed.map(({ reviewId, record }) => [reviewId, record]));
  const rows = new Map(review.scores.map((row) => [pairKey(row.reviewId, row.expert), row]));
  const profile = lastProfiles?.experts.find(({ expert }) => expert === id);
  const complete = new Map(profile?.reviews.map((each) => [each.reviewId, each]));
  return {
    tables: [reviewersSheet, expertOverviewSheet].flatMap((spec) => tableOf(snapshot, spec, reviewSheetOrder, isOwn)),
    items: items.map(({ label }) => label),
    cases: review.pairs
      .filter(({ expert }) => expert === id)
      .sort((a, b) => compareText(a.reviewId, b.reviewId))
      .map(({ reviewId, record, status }) => {
        const row = rows.get(pairKey(reviewId, id));
        const own = complete.get(reviewId);
        return {
          ...{ reviewId, id: record.text("id"), status, round: record.text("round") },
          title: reviewed.get(reviewId)?.text("title") ?? "",
          field: reviewed.get(reviewId)?.text("field") ?? "",
          scores: items.map((_, i) => {
            const halves = row?.items[i];
            return halves === undefined ? null : halves / 2;
          }),
          total: own?.points ?? null,
          others: own?.others ?? null,
          late: own?.late ?? false,
          comment: row?.record.text("comment") ?? "",
        };
      }),
  };
}
