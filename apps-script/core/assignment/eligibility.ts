import type { AssignmentProblem, LockedPair, Reviewer, ReviewSubmission } from "./problem.ts";
import { hashPair, hashText } from "./seeded-random.ts";

/** The problem in canonical order, with what is locked told apart and the pairs that may be added. */
export interface EligiblePairs {
  /** In an order drawn from the seed and the ids. */
  readonly submissions: readonly ReviewSubmission[];
  /** By id. */
  readonly reviewers: readonly Reviewer[];
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
  /** The eligible pairs, by submission, shuffled within each by the seed and the ids. */
  readonly pairSubmission: Int32Array;
  readonly pairReviewer: Int32Array;
  /** How often each kind of conflict struck, for the submissions it struck. */
  readonly conflicts: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/** Whether stages allow the reviewer to judge the submission. */
export function stagesMeet(submission: ReviewSubmission, reviewer: Reviewer): boolean {
  return submission.anyStage || reviewer.anyStage || submission.stage === reviewer.stage;
}

/** Orders texts by UTF-16 code units, the same on every host and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Finds the pairs that may be added: an available reviewer of the stage, of another unit than the submission's and than
 * those of its locked reviewers, without a conflict. Reviewers who are at their capacity are among them.
 * @throws Error when an id stands twice.
 */
export function findEligiblePairs(problem: AssignmentProblem): EligiblePairs {
  const { seed } = problem;
  const submissionKey = new Map(problem.submissions.map((s) => [s.id, hashText(seed, s.id)]));
  const submissions = [...problem.submissions].sort(
    (a, b) => submissionKey.get(a.id)! - submissionKey.get(b.id)! || compareText(a.id, b.id),
  );
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

  const reviewerKey = reviewers.map((r) => hashText(seed, r.id));
  const pairSubmission = growingInts();
  const pairReviewer = growingInts();
  const conflicts = new Map<number, Map<string, number>>();
  const shuffled = new Float64Array(reviewers.length);
  for (const [s, submission] of submissions.entries()) {
    if (demand[s] === 0) continue;
    const key = submissionKey.get(submission.id)!;
    const taken = new Set(lockedReviewers[s]!.map((r) => unitOf[r]));
    let count = 0;
    for (const [r, reviewer] of reviewers.entries()) {
      if (!reviewer.available || !stagesMeet(submission, reviewer)) continue;
      if (reviewer.nominator === submission.nominator || taken.has(unitOf[r]!)) continue;
      const conflict = problem.conflict(submission, reviewer);
      if (conflict === undefined) {
        // The hash sorts first, the index makes it a strict order and comes back out of the sum.
        shuffled[count++] = hashPair(key, reviewerKey[r]!) * reviewers.length + r;
        continue;
      }
      const kinds = conflicts.get(s) ?? new Map<string, number>();
      conflicts.set(s, kinds.set(conflict, (kinds.get(conflict) ?? 0) + 1));
    }
    for (const value of shuffled.subarray(0, count).sort()) {
      pairSubmission.push(s);
      pairReviewer.push(value % reviewers.length);
    }
  }

  return {
    submissions,
    reviewers,
    unitOf,
    locked: locked.map(([, pair]) => pair),
    lockedReviewers,
    lockedLoad,
    capacity: Int32Array.from(reviewers, (r) => Math.min(r.capacity ?? 0x7fffffff, 0x7fffffff)),
    demand,
    pairSubmission: pairSubmission.take(),
    pairReviewer: pairReviewer.take(),
    conflicts,
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

interface GrowingInts {
  readonly push: (value: number) => void;
  readonly take: () => Int32Array;
}

function growingInts(): GrowingInts {
  let values = new Int32Array(1024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    take: () => values.subarray(0, length),
  };
}
