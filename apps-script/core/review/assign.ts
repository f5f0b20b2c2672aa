import { stagesMeet } from "../assignment/eligibility.ts";
import { planAssignment } from "../assignment/plan.ts";
import type { LockedPair, PlanCost, Reviewer, ReviewSubmission } from "../assignment/problem.ts";
import type { AwardData, Submission } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { pairStatus } from "../schema/choices.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { assessReview } from "./assess.ts";
import { conflictKinds, findConflicts } from "./conflicts.ts";
import { findEligibleSubmissions, requireValidSettings } from "./eligible.ts";
import { decisionsInForce, isCancelledByDecision, type Pair, type ReviewData, readReview } from "./read-review.ts";
import { drawReviewIds } from "./review-ids.ts";
import { blankReviewSnapshot } from "./review-workbook.ts";
import { gatherExperts, type ReviewExpert } from "./reviewers.ts";
import { findMiddlingExperts, proposeSpareReviews } from "./spare-reviews.ts";
import { readStandings } from "./standing.ts";
import { type AddedPair, type DroppedPair, type Round, writeAssignment } from "./write-assignment.ts";

export interface AssignOptions {
  /** Experts a submission; 参数 when absent. */
  readonly reviews?: number;
  readonly seed?: number;
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
}

export interface ReviewPlan {
  readonly result: AssignResult;
  readonly patch: WorkbookPatch;
  /** For the log. */
  readonly facts: PlanCost & { readonly submissions: number; readonly added: number; readonly kept: number };
  /** What the administrator should know, in Chinese. */
  readonly notes: readonly string[];
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Assigns experts to the recommended, clean submissions (DESIGN §5), or tops up what is there: pairs in force stay,
 * except those without a score that have become impossible; submissions whose scores lie too far apart get one more
 * expert, once, and the spare reviews of 参数 go where the award is least certain.
 *
 * @param awardSnapshot the shared workbook
 * @param reviewSnapshot the review workbook; undefined before the first assignment
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function planReview(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  options: AssignOptions = {},
): ReviewPlan {
  const award = readAward(awardSnapshot, notice);
  requireValidSettings(award);
  const { settings } = award;
  const reviews = options.reviews ?? settings.reviews;
  const seed = options.seed ?? settings.seed;
  const review = readReview(reviewSnapshot ?? blankReviewSnapshot(settings.notice), settings.notice);

  const decisions = decisionsInForce(review);
  const eligible = findEligibleSubmissions(award).filter((s) => !isCancelledByDecision(decisions.get(s.id)));
  const { experts, notes } = gatherExperts(award, review);
  const conflict = findConflicts(award, review, experts);
  const reviewIds = giveReviewIds(eligible, review, seed);
  const expertById = new Map(experts.map((e) => [e.id, e]));
  const submissionByReviewId = new Map(eligible.map((s) => [reviewIds.get(s)!, s]));
  const arbitrationIds = new Set(
    readStandings(award, review, settings).flatMap((s) => (s.arbitration ? [s.reviewed.reviewId] : [])),
  );

  const kept: Pair[] = [];
  const dropped: DroppedPair[] = [];
  for (const pair of review.pairs) {
    if (!pair.active) continue;
    const submission = submissionByReviewId.get(pair.reviewId);
    const fate =
      pair.status === pairStatus.scored ? undefined : whyDropped(award, pair, submission, expertById, conflict);
    if (fate === undefined) kept.push(pair);
    else dropped.push(fate);
  }

  const keptBySubmission = new Map<string, Pair[]>();
  for (const pair of kept) keptBySubmission.set(pair.reviewId, [...(keptBySubmission.get(pair.reviewId) ?? []), pair]);
  const keptOf = (reviewId: string) => keptBySubmission.get(reviewId) ?? [];
  const firstRound = (reviewId: string) => keptOf(reviewId).filter((p) => !p.arbitration && !p.spare).length;
  const arbitrated = (reviewId: string) => arbitrationIds.has(reviewId) || keptOf(reviewId).some((p) => p.arbitration);
  const spare = findSpareReviews(award, review);
  const hasSpare = (reviewId: string) => spare.reviewIds.has(reviewId) || keptOf(reviewId).some((p) => p.spare);
  /** The round of the nth new pair of a submission, from 1: what is missing of the first, then 复评, then 加评. */
  const roundOf = (reviewId: string, nth: number): Round => {
    const beyond = nth - Math.max(0, reviews - firstRound(reviewId));
    if (beyond <= 0) return "first";
    const lacksArbitration = arbitrated(reviewId) && !keptOf(reviewId).some((p) => p.arbitration);
    return lacksArbitration && beyond === 1 ? "arbitration" : hasSpare(reviewId) ? "spare" : "arbitration";
  };

  const plan = planAssignment({
    seed,
    submissions: eligible.map((submission) => {
      const reviewId = reviewIds.get(submission)!;
      const further = (arbitrated(reviewId) ? 1 : 0) + (hasSpare(reviewId) ? 1 : 0);
      const demand = Math.max(reviews, firstRound(reviewId)) + further;
      return problemSubmission(award, submission, demand);
    }),
    reviewers: experts.map(problemReviewer),
    locked: kept.map(
      (pair): LockedPair => ({
        submission: submissionByReviewId.get(pair.reviewId)?.key ?? pair.reviewId,
        reviewer: pair.expert,
      }),
    ),
    conflict: makeProblemConflict(
      eligible,
      (submission, expert) =>
        conflict(submission, expert) ??
        (spare.reviewIds.has(reviewIds.get(submission)!) && spare.middling?.has(expert) === false
          ? notMiddling
          : undefined),
    ),
  });

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
    const panel = panelUnits.get(pair.submission)!;
    added.push({
      submission,
      reviewId,
      expert,
      round,
      reason: whyAssigned(submission, expert, round, panel),
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
    facts: { ...plan.cost, submissions: eligible.length, added: added.length, kept: kept.length },
    notes: [
      ...(recommended > eligible.length
        ? [
            `已推荐的 ${recommended} 个案例中有 ${recommended - eligible.length} 个检查未通过、超出名额或已被取消，未分派专家；运行“检查”可看到原因。`,
          ]
        : []),
      ...plan.unfilled
        .filter(lacksSpareOnly)
        .map((u) => `“${idOf(u.submission)}”没有宽严适中、又不需回避的专家可加评，未加评。`)
        .sort(compareText),
      ...notes,
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
function giveReviewIds(eligible: readonly Submission[], review: ReviewData, seed: number): Map<Submission, string> {
  const known = new Map(review.reviewed.filter((r) => r.reviewId !== "").map((r) => [r.key, r.reviewId]));
  const fresh = eligible.filter((s) => !known.has(s.key));
  const drawn = drawReviewIds(fresh, [...known.values(), ...review.pairs.map((p) => p.reviewId)], seed);
  return new Map(eligible.map((s) => [s, known.get(s.key) ?? drawn.get(s)!]));
}

function problemSubmission(award: AwardData, submission: Submission, demand: number): ReviewSubmission {
  const group = rankingGroupOf(submission, award.settings);
  return {
    id: submission.key,
    stage: submission.stage ?? "",
    anyStage: submission.stage === award.settings.notice.otherStage,
    field: submission.field?.key ?? "",
    track: submission.track ?? "",
    group: group ? groupKey(group) : "",
    nominator: submission.unit?.name ?? submission.nominator,
    demand,
  };
}

function problemReviewer(expert: ReviewExpert): Reviewer {
  return {
    id: expert.id,
    nominator: expert.nominators[0]!.name,
    stage: expert.stage,
    anyStage: expert.anyStage,
    fields: expert.fields,
    available: expert.available,
    ...(expert.capacity === undefined ? {} : { capacity: expert.capacity }),
  };
}

type Conflict = (submission: Submission, expert: string) => string | undefined;

function makeProblemConflict(eligible: readonly Submission[], conflict: Conflict) {
  const byKey = new Map(eligible.map((s) => [s.key, s]));
  return (submission: ReviewSubmission, reviewer: Reviewer) => conflict(byKey.get(submission.id)!, reviewer.id);
}

/** Why a pair without a score cannot stand any longer; undefined when it can. */
function whyDropped(
  award: AwardData,
  pair: Pair,
  submission: Submission | undefined,
  experts: ReadonlyMap<string, ReviewExpert>,
  conflict: Conflict,
): DroppedPair | undefined {
  const drop = (status: string, reason: string): DroppedPair => ({ pair, status, reason });
  const expert = experts.get(pair.expert);
  if (!submission) return drop(pairStatus.void, "作废：案例已不在参评范围");
  if (!expert) return drop(pairStatus.void, "作废：评审专家表中已没有该专家");
  if (!expert.available) return drop(pairStatus.void, "作废：专家已退出");
  if (!stagesMeet(problemSubmission(award, submission, 0), problemReviewer(expert))) {
    return drop(pairStatus.void, "作废：学段不符");
  }
  const reason = conflict(submission, expert.id);
  if (reason === undefined) return undefined;
  return reason === conflictKinds.declared
    ? drop(pairStatus.conflicted, `回避：${reason}`)
    : drop(pairStatus.void, `作废：${reason}`);
}

/** Experts and nominating units of each submission's panel. */
function countUnits(
  pairs: readonly { readonly submission: string; readonly reviewer: string }[],
  experts: ReadonlyMap<string, ReviewExpert>,
): Map<string, { experts: number; units: Set<string> }> {
  const panels = new Map<string, { experts: number; units: Set<string> }>();
  for (const { submission, reviewer } of pairs) {
    const panel = panels.get(submission) ?? { experts: 0, units: new Set<string>() };
    panel.experts++;
    panel.units.add(experts.get(reviewer)?.nominators[0]?.name ?? reviewer);
    panels.set(submission, panel);
  }
  return panels;
}

function whyAssigned(
  submission: Submission,
  expert: ReviewExpert,
  round: Round,
  panel: { readonly experts: number; readonly units: ReadonlySet<string> },
): string {
  const field =
    expert.fields.length === 0
      ? "未填擅长领域"
      : submission.field && expert.fields.includes(submission.field.key)
        ? "领域匹配"
        : "领域不匹配（为使评审量均衡）";
  const units = `${panel.experts} 名专家来自 ${panel.units.size} 个推荐单位`;
  const why = {
    first: [],
    arbitration: ["极差超过阈值，增加一名专家复评"],
    spare: ["获奖与否最难分辨，加评一名宽严适中的专家"],
  };
  return [...why[round], field, units].join("；");
}
