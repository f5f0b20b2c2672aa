// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { EligiblePairs } from "./eligibility.ts";
import { createDraw } from "./seeded-random.ts";

/** The pairs a plan is searched among, as parallel arrays, by submission. */
export interface CandidatePairs {
  readonly submission: Int32Array;
  readonly reviewer: Int32Array;
}

/** As many pairs are searched at once; more would take more time than they save. */
const MOST_PAIRS = 300_000;
/** Where there are more, this many of each submission are searched first. */
const FIRST_PAIRS = 64;

/**
 * All eligible pairs, shuffled within each submission by the seed and the ids; of a large problem a random part of
 * each submission's, to which `addCandidates` adds what the prices of the plan found show to be missing.
 */
export function listCandidates(eligible: EligiblePairs, most = MOST_PAIRS, first = FIRST_PAIRS): CandidatePairs {
  const { submissions, reviewers, allowed, submissionKeys } = eligible;
  const each = allowed.size() <= most ? reviewers.length : first;
  const found = growingPairs(Math.min(allowed.size(), submissions.length * each));
  const row = new Int32Array(reviewers.length);
  for (const s of submissions.keys()) {
    const count = allowed.list(s, row);
    const draw = createDraw(submissionKeys[s]!);
    for (let i = 0; i < Math.min(count, each); i++) {
      const k = i + draw(count - i);
      const r = row[k]!;
      row[k] = row[i]!;
      found.push(s, r);
    }
  }
  return found.take();
}

/** The candidates with some more pairs behind them. */
export function addCandidates(known: CandidatePairs, more: CandidatePairs): CandidatePairs {
  const join = (a: Int32Array, b: Int32Array) => {
    const joined = new Int32Array(a.length + b.length);
    joined.set(a);
    joined.set(b, a.length);
    return joined;
  };
  return { submission: join(known.submission, more.submission), reviewer: join(known.reviewer, more.reviewer) };
}

interface GrowingPairs {
  readonly push: (submission: number, reviewer: number) => void;
  readonly take: () => CandidatePairs;
}

/** Parallel arrays that grow. */
export function growingPairs(expected: number): GrowingPairs {
  let submission = new Int32Array(Math.max(16, expected));
  let reviewer = new Int32Array(Math.max(16, expected));
  let length = 0;
  const grow = (values: Int32Array) => {
    const larger = new Int32Array(values.length * 2);
    larger.set(values);
    return larger;
  };
  return {
    push(s, r) {
      if (length === submission.length) [submission, reviewer] = [grow(submission), grow(reviewer)];
      submission[length] = s;
      reviewer[length++] = r;
    },
    take: () => ({ submission: submission.subarray(0, length), reviewer: reviewer.subarray(0, length) }),
  };
}
