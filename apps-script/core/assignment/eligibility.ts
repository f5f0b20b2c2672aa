// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { compareText } from "../text/compare.ts";
import { type BitMatrix, createBitMatrix } from "./bit-matrix.ts";
import type { AssignmentProblem, LockedPair, Reviewer, ReviewSubmission } from "./problem.ts";
import { hashText } from "./seeded-random.ts";

/** The problem in canonical order, with what is locked and the pairs that may be added. */
export interface EligiblePairs {
  /** In an order drawn from the seed and the ids. */
  readonly submissions: readonly ReviewSubmission[];
  /** By id. */
  readonly reviewers: readonly Reviewer[];
  /** A random number of each submission, drawn from the seed and its id, in [0, 2^32). */
  readonly submissionKeys: readonly number[];
  /** Number of each reviewer's nominating unit. */
  readonly unitOf: Int32Array;
  /** Locked pairs, each once; also those whose submission or reviewer is not in the problem. */
  readonly locked: readonly LockedPair[];
  /** Reviewers locked to each submission; those not in the problem are left out. */
  readonly lockedReviewers: readonly (readonly number[])[];
  readonly lockedLoad: Int32Array;
  readonly capacity: Int32Array;
  /** Demand left after the locked pairs. */
  readonly demand: Int32Array;
  /** The eligible pairs: submissions by reviewers. */
  readonly allowed: BitMatrix;
  /** How often each kind of conflict struck, for the submissions it struck. */
  readonly conflicts: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly withinUnit: boolean;
}

/** Whether stages allow the reviewer to judge the submission. */
export function stagesMeet(submission: ReviewSubmission, reviewer: Reviewer): boolean {
  return submission.anyStage || reviewer.anyStage || submission.stage === reviewer.stage;
}

/**
 * Finds the pairs that may be added: an available reviewer of the stage, of another unit than the submission's and than
 * those of its locked reviewers, without a conflict. Reviewers who are at their capacity are among them.
 * @throws Error when an id stands twice.
 */
export function findEligiblePairs(problem: AssignmentProblem): EligiblePairs {
  const { seed } = problem;
  const keyed = problem.submissions.map((submission) => ({ submission, key: hashText(seed, submission.id) }));
  keyed.sort((a, b) => a.key - b.key || compareText(a.submission.id, b.submission.id));
  const submissions = keyed.map(({ submission }) => submission);
  const reviewers = [...problem.reviewers].sort((a, b) => compareText(a.id, b.id));
  const submissionIndex = indexById(submissions);
  const reviewerIndex = indexById(reviewers);
  const units = new Map<string, number>();
  const unitOf = Int32Array.from(reviewers, (r) => {
    if (!units.has(r.nominator)) units.set(r.nominator, units.size);
    return units.get(r.nominator)!;
  });

  const lockedLoad = new Int32Array(reviewers.length);
  const lockedReviewers: number[][] = submissions.map(() => []);
  const demand = Int32Array.from(submissions, (s) => s.demand);
  const locked = [...new Map(problem.locked.map((pair) => [JSON.stringify([pair.submission, pair.reviewer]), pair]))];
  for (const [, pair] of locked) {
    const submission = submissionIndex.get(pair.submission);
    const reviewer = reviewerIndex.get(pair.reviewer);
    if (submission !== undefined) demand[submission]!--;
    if (reviewer !== undefined) lockedLoad[reviewer]!++;
    if (submission !== undefined && reviewer !== undefined) lockedReviewers[submission]!.push(reviewer);
  }
  for (const [s, left] of demand.entries()) demand[s] = Math.max(0, left);

  const allowed = createBitMatrix(submissions.length, reviewers.length);
  const conflicts = new Map<number, Map<string, number>>();
  const candidates = groupByStage(reviewers);
  /** By unit: the number behind the last submission that its reviewers are barred from. */
  const barred = new Int32Array(units.size);
  for (const [s, submission] of submissions.entries()) {
    if (demand[s] === 0) continue;
    for (const r of lockedReviewers[s]!) barred[unitOf[r]!] = s + 1;
    const nominator = units.get(submission.nominator);
    if (nominator !== undefined) barred[nominator] = s + 1;
    for (const r of candidates(submission)) {
      if (barred[unitOf[r]!] === s + 1) continue;
      const conflict = problem.conflict(submission, reviewers[r]!);
      if (conflict === undefined) {
        allowed.add(s, r);
        continue;
      }
      const kinds = conflicts.get(s) ?? new Map<string, number>();
      conflicts.set(s, kinds.set(conflict, (kinds.get(conflict) ?? 0) + 1));
    }
  }

  return {
    submissions,
    reviewers,
    submissionKeys: keyed.map(({ key }) => key),
    unitOf,
    locked: locked.map(([, pair]) => pair),
    lockedReviewers,
    lockedLoad,
    capacity: Int32Array.from(reviewers, (r) => Math.min(r.capacity ?? 0x7fffffff, 0x7fffffff)),
    demand,
    allowed,
    conflicts,
    withinUnit: problem.withinUnit ?? false,
  };
}

/** The available reviewers whose stage meets a submission's. */
function groupByStage(reviewers: readonly Reviewer[]): (submission: ReviewSubmission) => readonly number[] {
  const available = [...reviewers.keys()].filter((r) => reviewers[r]!.available);
  const byStage = new Map<string, number[]>();
  return (submission) => {
    if (submission.anyStage) return available;
    const { stage } = submission;
    const known = byStage.get(stage);
    if (known !== undefined) return known;
    const meeting = available.filter((r) => stagesMeet(submission, reviewers[r]!));
    byStage.set(stage, meeting);
    return meeting;
  };
}

function indexById(rows: readonly { readonly id: string }[]): Map<string, number> {
  const index = new Map(rows.map((row, i) => [row.id, i]));
  if (index.size < rows.length) {
    const twice = rows.find((row, i) => index.get(row.id) !== i);
    throw new Error(`assignment: the id ${JSON.stringify(twice?.id)} stands twice`);
  }
  return index;
}
