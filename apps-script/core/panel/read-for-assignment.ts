import type { AwardData, Submission, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { type PlacedReview, placeReviewed } from "../review-book/find-reviewed.ts";
import { type ReviewData, readReview } from "../review-book/read-review.ts";
import { drawReviewIds } from "../review-book/review-ids.ts";
import { blankReviewSnapshot } from "../review-book/review-workbook.ts";
import { isCancelledByDecision, type Rulings, readRulings } from "../review-book/rulings.ts";
import { findEligibleSubmissions, ReviewBlockedError, requireValidSettings } from "../rules/eligible.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";
import type { AssignOptions } from "./review-plan.ts";

/** A submission that gets experts. */
export interface Participant {
  readonly submission: Submission;
  readonly reviewId: string;
}

/** Everything an assignment starts from. */
export interface AssignmentInput {
  readonly award: AwardData;
  /** Without the pairs of rows of 参评案例 that may be one of several submissions: they stay as they are. */
  readonly review: ReviewData;
  readonly placed: Pick<PlacedReview, "found" | "unsure">;
  readonly rulings: Rulings;
  /** The unit whose own review this is. */
  readonly home: Unit | undefined;
  /** Experts a submission. */
  readonly reviews: number;
  readonly seed: number;
  readonly participants: readonly Participant[];
}

/**
 * Reads both workbooks and finds out who takes part: the recommended, clean submissions that no ruling cancels and of
 * which it is beyond doubt which row of 参评案例 is theirs.
 *
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function readForAssignment(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  options: AssignOptions,
  fixed: Partial<Settings>,
): AssignmentInput {
  const read = readAward(awardSnapshot, notice);
  const award = { ...read, settings: { ...read.settings, ...fixed } };
  requireValidSettings(award);
  const { settings } = award;
  const snapshot = reviewSnapshot ?? blankReviewSnapshot(settings.notice);
  const placed = placeReviewed(award, readReview(snapshot, settings.notice));
  const unsure = new Set(placed.unsure.map((each) => each.reviewed.reviewId));
  const review = { ...placed, pairs: placed.pairs.filter((pair) => !unsure.has(pair.reviewId)) };
  const rulings = readRulings(review, award);
  const home = findHome(award, options.unit);
  const seed = options.seed ?? settings.seed;
  const unclear = new Set(placed.unsure.flatMap((each) => each.candidates));
  const eligible = listCandidates(award, options.eligible).filter(
    (s) => !unclear.has(s) && !isCancelledByDecision(rulings.inForce.get(s.key)),
  );
  return {
    award,
    review,
    placed,
    rulings,
    home,
    reviews: options.reviews ?? settings.reviews,
    seed,
    participants: giveReviewIds(eligible, review, seed, home?.name),
  };
}

function findHome(award: AwardData, name: string | undefined): Unit | undefined {
  if (name === undefined) return undefined;
  const home = award.units.find((unit) => unit.name === name);
  if (home) return home;
  throw new ReviewBlockedError(`“${award.tables.units.name}”表里没有“${name}”，不能分派它的初评。`);
}

function listCandidates(award: AwardData, keys: readonly string[] | undefined): readonly Submission[] {
  if (!keys) return findEligibleSubmissions(award);
  const chosen = new Set(keys);
  return award.submissions.filter((s) => chosen.has(s.key));
}

/** Rows of 参评案例 keep their numbers. */
function giveReviewIds(
  eligible: readonly Submission[],
  review: ReviewData,
  seed: number,
  unit: string | undefined,
): Participant[] {
  const known = new Map(review.reviewed.filter((r) => r.reviewId !== "").map((r) => [r.key, r.reviewId]));
  const fresh = eligible.filter((s) => !known.has(s.key));
  const drawn = drawReviewIds(fresh, [...known.values(), ...review.pairs.map((p) => p.reviewId)], seed, unit);
  return eligible.map((submission) => ({
    submission,
    reviewId: known.get(submission.key) ?? drawn.get(submission) ?? "",
  }));
}
