import { planAssignment } from "../assignment/plan.ts";
import type { AssignmentPlan, AssignmentProblem } from "../assignment/problem.ts";
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { compareText } from "../text/compare.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";
import { type PosedProblem, poseProblem } from "./assignment-problem.ts";
import { describeDifference, listNotes } from "./describe-assignment.ts";
import { type KeptPairs, keepPairs } from "./keep-pairs.ts";
import { listNewPairs } from "./new-pairs.ts";
import { assessPlan, listPrices } from "./plan-quality.ts";
import { type AssignmentInput, readForAssignment } from "./read-for-assignment.ts";
import type { AssignOptions, AssignResult, ReviewPlan } from "./review-plan.ts";
import { describeSuspicion, weighSuspicion } from "./weigh-suspicion.ts";
import { type AddedPair, writeAssignment } from "./write-assignment.ts";

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
  const input = readForAssignment(awardSnapshot, reviewSnapshot, notice, options, fixed);
  const posed = poseProblem(input);
  const { experts, rounds, extra, sorted, lock } = posed;
  const pairs = keepPairs(sorted, posed.problem, lock, options.rebalance ?? false);
  const problem = { ...posed.problem, locked: pairs.kept.map(lock) };
  const plan = planAssignment(problem);
  const added = listNewPairs(plan.pairs, input, experts, rounds, pairs.kept, extra.middling !== undefined);
  const { award, review, reviews, participants } = input;
  const isNew = reviewSnapshot === undefined;
  return {
    ...describePlan({ input, posed, pairs, problem, plan, added }),
    patch: writeAssignment({ award, review, isNew, reviews, participants, experts, added, dropped: pairs.dropped }),
  };
}

interface Planned {
  readonly input: AssignmentInput;
  readonly posed: PosedProblem;
  readonly pairs: KeptPairs;
  /** With the pairs that stay locked. */
  readonly problem: AssignmentProblem;
  readonly plan: AssignmentPlan;
  readonly added: readonly AddedPair[];
}

/** What a plan is and what it costs, for people and programs outside the workbook. */
function describePlan({ input, posed, pairs, problem, plan, added }: Planned): Omit<ReviewPlan, "patch"> {
  const { review, home, participants } = input;
  const submissions = participants.map(({ submission }) => submission);
  const suspicion = weighSuspicion(problem, plan, submissions, posed.conflicts);
  const { proved, lines } = assessPlan(problem, plan);
  const { unfilled, spares } = splitUnfilled(plan, input, posed.extra.spare);
  const short = new Set(unfilled.map(({ submission }) => submission));
  const gaps = plan.shortages.filter((each) => each.submissions.some((key) => short.has(key)));
  const idOf = idsOf(input);
  return {
    result: {
      ...listPlan(plan, input, posed.experts),
      unfilled: unfilled
        .map((each) => ({ ...each, submission: idOf(each.submission) }))
        .sort((a, b) => compareText(a.submission, b.submission)),
      moved: pairs.dropped.length,
      suspected: suspicion,
    },
    facts: {
      ...plan.cost,
      ...(home ? { unit: home.name } : {}),
      submissions: participants.length,
      added: added.length,
      kept: pairs.kept.length,
      gaveWay: pairs.gaveWay,
      proved,
    },
    quality: lines,
    certificate: listPrices(plan.certificate, idOf),
    shortages: gaps.map((gap) => gap.explanation),
    gaps,
    difference: describeDifference({ before: review.pairs.filter((p) => p.active), added, dropped: pairs.dropped }),
    suspicion: describeSuspicion(suspicion),
    notes: listNotes(
      input,
      spares.map(({ submission }) => idOf(submission)),
      posed.notes,
    ),
  };
}

/** 案例编号 by the key of a submission; a pair that stays without its submission has its 评审编号 for a key. */
function idsOf({ participants, review }: AssignmentInput): (key: string) => string {
  const ids = new Map<string, string>();
  for (const { reviewId, id } of review.reviewed) if (!ids.has(reviewId)) ids.set(reviewId, id);
  for (const { submission } of participants) ids.set(submission.key, submission.id);
  return (key) => ids.get(key) ?? key;
}

function listPlan(
  plan: AssignmentPlan,
  input: AssignmentInput,
  experts: PosedProblem["experts"],
): Pick<AssignResult, "reviews" | "seed" | "pairs" | "experts"> {
  const idOf = idsOf(input);
  return {
    reviews: input.reviews,
    seed: input.seed,
    pairs: plan.pairs
      .map((pair) => ({ submission: idOf(pair.submission), expert: pair.reviewer }))
      .sort((a, b) => compareText(a.submission, b.submission) || compareText(a.expert, b.expert)),
    experts: experts.map(({ id, account, nominators, stage }) => ({
      id,
      account,
      nominator: nominators[0].name,
      stage,
      load: plan.loads.get(id) ?? 0,
    })),
  };
}

/** Where nothing is missing but a spare review, nothing is missing that a submission must have. */
function splitUnfilled({ unfilled }: AssignmentPlan, { participants }: AssignmentInput, spare: ReadonlySet<string>) {
  const spareKeys = new Set(participants.flatMap((p) => (spare.has(p.reviewId) ? [p.submission.key] : [])));
  const lacksSpareOnly = ({ submission, missing }: (typeof unfilled)[number]) =>
    missing === 1 && spareKeys.has(submission);
  return {
    unfilled: unfilled.filter((each) => !lacksSpareOnly(each)),
    spares: unfilled.filter(lacksSpareOnly),
  };
}
