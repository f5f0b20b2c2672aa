import { planAssignment } from "../assignment/plan.ts";
import type { LockedPair, PlanCost } from "../assignment/problem.ts";
import { chooseKeptPairs } from "../assignment/repair.ts";
import type { AwardData, Submission, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { assessReview } from "../ranking/assess.ts";
import { findMiddlingExperts, proposeSpareReviews } from "../ranking/spare-reviews.ts";
import { readStandings } from "../ranking/standing.ts";
import { describeUnsure, placeReviewed } from "../review-book/find-reviewed.ts";
import { type Pair, type ReviewData, readReview } from "../review-book/read-review.ts";
import { drawReviewIds } from "../review-book/review-ids.ts";
import { blankReviewSnapshot } from "../review-book/review-workbook.ts";
import { describeUnapplied, isCancelledByDecision, readRulings } from "../review-book/rulings.ts";
import { findEligibleSubmissions, ReviewBlockedError, requireValidSettings } from "../rules/eligible.ts";
import { reviewersSheet } from "../schema/review.ts";
import { compareText } from "../text/compare.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { makeProblemConflict, problemReviewer, problemSubmission } from "./assignment-problem.ts";
import { countUnits, whyAssigned } from "./assignment-reason.ts";
import { findConflicts } from "./conflicts.ts";
import { describeDifference } from "./difference.ts";
import { assessPlan, type ListedPrices, listPrices } from "./plan-quality.ts";
import { gatherExperts } from "./reviewers.ts";
import { lockedPair, moveAway, sortPairs } from "./sort-pairs.ts";
import { describeSuspicion, type SuspicionCost, weighSuspicion } from "./weigh-suspicion.ts";
import { type AddedPair, type Round, writeAssignment } from "./write-assignment.ts";

export interface AssignOptions {
  /** Experts a submission; 参数 when absent. */
  readonly reviews?: number;
  readonly seed?: number;
  /** Evens the loads of what is not scored yet, at the price of more moves. */
  readonly rebalance?: boolean;
  /** 单位名称 of the unit whose own review this is; the award is then what `viewFirstReview` shows. */
  readonly unit?: string;
  /** Keys of the submissions that take part, where that is known; else the recommended, clean ones. */
  readonly eligible?: readonly string[];
}

/** What `assign --json` prints. */
export interface AssignResult {
  readonly reviews: number;
  readonly seed: number;
  /** Every pair in force, earlier ones included: 案例编号 and 专家编号. */
  readonly pairs: readonly { readonly submission: string; readonly expert: string }[];
  readonly experts: readonly {
    readonly id: string;
    readonly account: string;
    readonly nominator: string;
    readonly stage: string;
    readonly load: number;
  }[];
  readonly unfilled: readonly { readonly submission: string; readonly missing: number; readonly reason: string }[];
  /** Pairs without a score that were in force before and are no longer. */
  readonly moved: number;
  /** What keeping pairs apart on suspicion comes to. */
  readonly suspected: SuspicionCost;
}

export interface ReviewPlan {
  readonly result: AssignResult;
  readonly patch: WorkbookPatch;
  /** For the log. */
  readonly facts: PlanCost & {
    /** The unit whose own review this is. */
    readonly unit?: string;
    readonly submissions: number;
    readonly added: number;
    readonly kept: number;
    /** Of the pairs that are gone, those that were still possible and gave way to others. */
    readonly gaveWay: number;
    /** Whether the certificate of optimality holds. */
    readonly proved: boolean;
  };
  /** How good the plan is, in Chinese, a line each: see `assessPlan`. */
  readonly quality: readonly string[];
  /** Why experts are missing and the least change that would help, in Chinese, a line for each cause. */
  readonly shortages: readonly string[];
  /** Dual prices that prove it. */
  readonly certificate: ListedPrices;
  /** What changes against the plan in force, in Chinese, a line each; empty when there was none or nothing does. */
  readonly difference: readonly string[];
  /** What keeping pairs apart on suspicion comes to and how to let one pass, in Chinese. */
  readonly suspicion: readonly string[];
  /** What the administrator should know, in Chinese. */
  readonly notes: readonly string[];
}

/**
 * Assigns experts to the recommended, clean submissions (DESIGN §5), or repairs what is there: scored pairs stay, those
 * without a score go where they have become impossible, and of the rest as few move as meeting the demand takes;
 * submissions whose scores lie too far apart get one more expert, once, and the spare reviews of 参数 go where the
 * award is least certain.
 *
 * @param awardSnapshot the shared workbook
 * @param reviewSnapshot the review workbook; undefined before the first assignment
 * @param fixed choices that override 参数, for the assignments of earlier versions
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function planReview(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  options: AssignOptions = {},
  fixed: Partial<Settings> = {},
): ReviewPlan {
  const read = readAward(awardSnapshot, notice);
  const award = { ...read, settings: { ...read.settings, ...fixed } };
  requireValidSettings(award);
  const { settings } = award;
  const reviews = options.reviews ?? settings.reviews;
  const seed = options.seed ?? settings.seed;
  const known = placeReviewed(
    award,
    readReview(reviewSnapshot ?? blankReviewSnapshot(settings.notice), settings.notice),
  );
  // Whose these are somebody has to say first: they stay as they are.
  const unsure = new Set(known.unsure.map((each) => each.reviewed.reviewId));
  const review = { ...known, pairs: known.pairs.filter((pair) => !unsure.has(pair.reviewId)) };
  const unclear = new Set(known.unsure.flatMap((each) => each.candidates));

  const rulings = readRulings(review, award);
  const chosen = options.eligible && new Set(options.eligible);
  const candidates = chosen ? award.submissions.filter((s) => chosen.has(s.key)) : findEligibleSubmissions(award);
  const eligible = candidates.filter((s) => !unclear.has(s) && !isCancelledByDecision(rulings.inForce.get(s.key)));
  const home = options.unit === undefined ? undefined : award.units.find((unit) => unit.name === options.unit);
  if (options.unit !== undefined && !home)
    throw new ReviewBlockedError(`“${award.tables.units.name}”表里没有“${options.unit}”，不能分派它的初评。`);
  const withinUnit = home !== undefined;
  const { experts, notes } = gatherExperts(award, review, home);
  const conflicts = findConflicts(award, review, experts, withinUnit);
  const conflict = conflicts.reason;
  const reviewIds = giveReviewIds(eligible, review, seed, home?.name);
  const expertById = new Map(experts.map((e) => [e.id, e]));
  const submissionByReviewId = new Map(eligible.map((s) => [reviewIds.get(s)!, s]));
  const arbitrationIds = new Set(
    readStandings(award, review, settings).flatMap((s) => (s.arbitration ? [s.reviewed.reviewId] : [])),
  );

  const reviewers = new Map(experts.map((e) => [e.id, problemReviewer(e, withinUnit)]));
  const submissionOf = (pair: Pair) => submissionByReviewId.get(pair.reviewId);
  const sorted = sortPairs(review, {
    submissionOf,
    problemSubmission: (submission) => problemSubmission(award, submission, 0),
    reviewerOf: (pair) => reviewers.get(pair.expert),
    conflict,
  });
  const lock = (pair: Pair): LockedPair => lockedPair(pair, submissionOf(pair));

  const standing = groupByFilledKey([...sorted.scored, ...sorted.open], (pair) => pair.reviewId);
  const standingOf = (reviewId: string) => standing.get(reviewId) ?? [];
  const spare = findSpareReviews(award, review);
  const arbitrated = (id: string) => arbitrationIds.has(id) || standingOf(id).some((p) => p.arbitration);
  const hasSpare = (id: string) => spare.reviewIds.has(id) || standingOf(id).some((p) => p.spare);
  const firstRound = (id: string) => Math.max(reviews, countFirstRound(standingOf(id)));
  const held = sorted.open.map(lock);
  const heldKeys = new Set(held.map(keyOf));
  const problem = {
    seed,
    submissions: eligible.map((submission) => {
      const id = reviewIds.get(submission)!;
      const demand = firstRound(id) + (arbitrated(id) ? 1 : 0) + (hasSpare(id) ? 1 : 0);
      return problemSubmission(award, submission, demand);
    }),
    reviewers: [...reviewers.values()],
    withinUnit,
    locked: sorted.scored.map(lock),
    conflict: makeProblemConflict(eligible, (submission, expert) => {
      const reason = conflict(submission, expert);
      if (reason !== undefined || !spare.reviewIds.has(reviewIds.get(submission)!)) return reason;
      const isHeld = heldKeys.has(keyOf({ submission: submission.key, reviewer: expert }));
      return !isHeld && spare.middling?.has(expert) === false ? notMiddling : undefined;
    }),
  };
  const rebalance = options.rebalance ?? false;
  const staying = new Set(held.length === 0 ? [] : chooseKeptPairs({ ...problem, held, rebalance }).map(keyOf));
  const stays = (pair: Pair) => staying.has(keyOf(lock(pair)));
  const kept = [...sorted.scored, ...sorted.open.filter(stays)];
  const gaveWay = sorted.open.filter((pair) => !stays(pair));
  const before = countByExpert([...sorted.scored, ...sorted.open]);
  const causeOf = ({ expert }: Pair) =>
    before.get(expert)! > (reviewers.get(expert)!.capacity ?? Number.POSITIVE_INFINITY)
      ? "capacity"
      : rebalance
        ? "evenness"
        : "demand";
  const dropped = [...sorted.dropped, ...gaveWay.map((pair) => moveAway(pair, causeOf(pair)))];
  const rest = { ...problem, locked: kept.map(lock) };
  const plan = planAssignment(rest);
  const suspicion = weighSuspicion(rest, plan, eligible, conflicts);
  const { proved, lines: quality } = assessPlan(rest, plan);
  const keptBySubmission = groupByFilledKey(kept, (pair) => pair.reviewId);
  /** The round of the nth new pair of a submission, from 1: what is missing of the first, then 复评, then 加评. */
  const roundOf = (id: string, nth: number): Round => {
    const there = keptBySubmission.get(id) ?? [];
    const beyond = nth - (firstRound(id) - countFirstRound(there));
    if (beyond <= 0) return "first";
    const lacksArbitration = arbitrated(id) && !there.some((p) => p.arbitration);
    return lacksArbitration && beyond === 1 ? "arbitration" : hasSpare(id) ? "spare" : "arbitration";
  };

  const eligibleByKey = new Map(eligible.map((s) => [s.key, s]));
  const added: AddedPair[] = [];
  const panelUnits = countUnits(plan.pairs, expertById);
  const newInRound = new Map<string, number>();
  for (const pair of plan.pairs) {
    if (pair.locked) continue;
    const submission = eligibleByKey.get(pair.submission)!;
    const reviewId = reviewIds.get(submission)!;
    const expert = expertById.get(pair.reviewer)!;
    const nth = (newInRound.get(reviewId) ?? 0) + 1;
    newInRound.set(reviewId, nth);
    const round = roundOf(reviewId, nth);
    const panel = withinUnit ? undefined : panelUnits.get(pair.submission)!;
    added.push({
      submission,
      reviewId,
      expert,
      round,
      reason: whyAssigned(submission, expert, round, panel, spare.middling !== undefined),
    });
  }
  added.sort((a, b) => compareText(a.reviewId, b.reviewId) || compareText(a.expert.id, b.expert.id));

  const idOf = (key: string) =>
    eligibleByKey.get(key)?.id ?? review.reviewed.find((r) => r.reviewId === key)?.id ?? key;
  const lacksSpareOnly = ({ submission, missing }: { readonly submission: string; readonly missing: number }) => {
    const known = eligibleByKey.get(submission);
    return missing === 1 && known !== undefined && spare.reviewIds.has(reviewIds.get(known)!);
  };
  const recommended = award.submissions.filter((s) => s.recommended && !s.cancelled).length;
  return {
    result: {
      reviews,
      seed,
      pairs: plan.pairs
        .map((pair) => ({ submission: idOf(pair.submission), expert: pair.reviewer }))
        .sort((a, b) => compareText(a.submission, b.submission) || compareText(a.expert, b.expert)),
      experts: experts.map((e) => ({
        id: e.id,
        account: e.account,
        nominator: e.nominators[0]!.name,
        stage: e.stage,
        load: plan.loads.get(e.id) ?? 0,
      })),
      unfilled: plan.unfilled
        .filter((u) => !lacksSpareOnly(u))
        .map((u) => ({ submission: idOf(u.submission), missing: u.missing, reason: u.reason }))
        .sort((a, b) => compareText(a.submission, b.submission)),
      moved: dropped.length,
      suspected: suspicion,
    },
    patch: writeAssignment({
      award,
      review,
      isNew: reviewSnapshot === undefined,
      reviews,
      eligible,
      reviewIds,
      experts,
      added,
      dropped,
    }),
    facts: {
      ...plan.cost,
      ...(home ? { unit: home.name } : {}),
      submissions: eligible.length,
      added: added.length,
      kept: kept.length,
      gaveWay: gaveWay.length,
      proved,
    },
    quality,
    certificate: listPrices(plan.certificate, idOf),
    shortages: plan.shortages
      .filter(({ submissions }) => plan.unfilled.some((u) => submissions.includes(u.submission) && !lacksSpareOnly(u)))
      .map(({ explanation }) => explanation),
    difference: describeDifference({ before: review.pairs.filter((p) => p.active), added, dropped }),
    suspicion: describeSuspicion(suspicion),
    notes: [
      ...known.found.map(({ to, reviewId, reason }) => `${to}（评审编号 ${reviewId}）${reason}：评审编号和评分不变。`),
      ...known.unsure.map((each) => `${describeUnsure(each)}。`),
      ...(home ? [describeFirstReview(home)] : []),
      ...(!home && recommended > eligible.length + unclear.size
        ? [
            `已推荐的 ${recommended} 个案例中有 ${recommended - eligible.length - unclear.size} 个检查未通过、超出名额或已被取消，未分派专家；运行“检查”可看到原因。`,
          ]
        : []),
      ...plan.unfilled
        .filter(lacksSpareOnly)
        .map((u) => `“${idOf(u.submission)}”没有宽严适中、又不需回避的专家可加评，未加评。`)
        .sort(compareText),
      ...notes,
      ...rulings.unapplied.map((each) => `${describeUnapplied(each)}。`),
    ],
  };
}

const notMiddling = "宽严不居中";

/** The submissions that get one more review, and who may give it (undefined: anybody). */
function findSpareReviews(
  award: AwardData,
  review: ReviewData,
): { readonly reviewIds: ReadonlySet<string>; readonly middling: ReadonlySet<string> | undefined } {
  if (award.settings.spareReviews === 0) return { reviewIds: new Set(), middling: undefined };
  const assessment = assessReview(award, review);
  const proposal = proposeSpareReviews(assessment, award.settings);
  return {
    reviewIds: new Set(proposal.map(({ standing }) => standing.reviewed.reviewId)),
    middling: findMiddlingExperts(assessment.calibration),
  };
}

/** Rows of 参评案例 keep their numbers. */
function giveReviewIds(
  eligible: readonly Submission[],
  review: ReviewData,
  seed: number,
  unit: string | undefined,
): Map<Submission, string> {
  const known = new Map(review.reviewed.filter((r) => r.reviewId !== "").map((r) => [r.key, r.reviewId]));
  const fresh = eligible.filter((s) => !known.has(s.key));
  const drawn = drawReviewIds(fresh, [...known.values(), ...review.pairs.map((p) => p.reviewId)], seed, unit);
  return new Map(eligible.map((s) => [s, known.get(s.key) ?? drawn.get(s)!]));
}

const keyOf = (pair: LockedPair) => JSON.stringify([pair.submission, pair.reviewer]);

function countByExpert(pairs: readonly Pair[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { expert } of pairs) counts.set(expert, (counts.get(expert) ?? 0) + 1);
  return counts;
}

const countFirstRound = (pairs: readonly Pair[]) => pairs.filter((p) => !p.arbitration && !p.spare).length;

/** How a unit's own review differs from the award's. */
function describeFirstReview(unit: Pick<Unit, "name">): string {
  return `“${unit.name}”的初评：专家由本单位选派，所以不按推荐单位（含上下级）回避，也不要求各专家来自不同推荐单位；作者、作者单位、声明回避等照常回避。人手不够时，把另请的专家填在“${reviewersSheet.label}”表，再分派一次。`;
}
