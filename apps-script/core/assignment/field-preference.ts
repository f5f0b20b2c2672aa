import { compareText, type EligiblePairs } from "./eligibility.ts";
import type { ReviewSubmission } from "./problem.ts";
import { hashText } from "./seeded-random.ts";

/** What a pair costs, by the submission's and the reviewer's index. */
export type PairCost = (submission: number, reviewer: number) => number;

/**
 * Prices the soft aim about fields: a reviewer judges stated fields only, and then as often as possible one home field.
 *
 * A field that the reviewer did not state costs one more than the number of reviewers, another field than home costs 1.
 * Between two plans of even loads lies a set of exchange cycles that pass each reviewer once, so the sum of home costs
 * never outweighs a mismatch: the cheapest plan has the fewest mismatches and, among those, the fewest reviews away from
 * home.
 */
export function priceFields(eligible: EligiblePairs, seed: number): PairCost {
  const { submissions, reviewers } = eligible;
  const homes = chooseHomeFields(eligible, seed);
  const stated = reviewers.map((r) => (r.fields.length === 0 ? undefined : new Set(r.fields)));
  const mismatch = reviewers.length + 1;
  return (s, r) => {
    const { field } = submissions[s]!;
    if (stated[r]?.has(field) === false) return mismatch;
    return homes[r] === undefined || homes[r] === field ? 0 : 1;
  };
}

/**
 * A home field for each reviewer with a choice of fields (none stated, or several): the field of most of the locked
 * reviews, else one that has less than its share of the stage's reviewers (shares follow the demand), and among those
 * the one with the fewest from the reviewer's unit, for these cannot review together. Reviewers with locked reviews and
 * with the narrowest choice are placed first, ties in seeded order. Undefined where no field of the stage is possible.
 */
function chooseHomeFields(eligible: EligiblePairs, seed: number): (string | undefined)[] {
  const { submissions, reviewers } = eligible;
  const locked = countLockedFields(eligible);
  const homes: (string | undefined)[] = reviewers.map(() => undefined);
  const stageOf = (r: number) => (reviewers[r]!.anyStage ? undefined : reviewers[r]!.stage);
  const breadth = (r: number) => reviewers[r]!.fields.length || Number.POSITIVE_INFINITY;
  const keys = reviewers.map((r) => hashText(seed, `home ${r.id}`));
  const order = [...reviewers.keys()].sort(
    (a, b) => locked[b]!.size - locked[a]!.size || Math.sign(breadth(a) - breadth(b)) || keys[a]! - keys[b]!,
  );
  for (const stage of new Set(reviewers.map((_, r) => stageOf(r)))) {
    const demand = countDemand(submissions, stage);
    const members = order.filter((r) => stageOf(r) === stage && reviewers[r]!.available);
    const total = [...demand.values()].reduce((sum, n) => sum + n, 0);
    const supply = new Map<string, number>();
    const supplyOfUnit = new Map<string, number>();
    for (const r of members) {
      const { fields } = reviewers[r]!;
      const possible = [...demand.keys()].filter((field) => fields.length === 0 || fields.includes(field));
      const fromUnit = (field: string) => JSON.stringify([reviewers[r]!.nominator, field]);
      const want = (field: string) => (demand.get(field)! / total) * members.length - (supply.get(field) ?? 0);
      const habit = (field: string) => locked[r]!.get(field) ?? 0;
      const full = (field: string) => (want(field) > 0 ? 0 : 1);
      const colleagues = (field: string) => supplyOfUnit.get(fromUnit(field)) ?? 0;
      const tie = (field: string) => hashText(keys[r]!, field);
      possible.sort(
        (a, b) =>
          habit(b) - habit(a) ||
          full(a) - full(b) ||
          colleagues(a) - colleagues(b) ||
          want(b) - want(a) ||
          tie(a) - tie(b) ||
          compareText(a, b),
      );
      const home = possible[0];
      if (home === undefined) continue;
      homes[r] = home;
      supply.set(home, (supply.get(home) ?? 0) + 1);
      supplyOfUnit.set(fromUnit(home), colleagues(home) + 1);
    }
  }
  return homes;
}

/** Demand by field of the submissions that reviewers of the stage may take; without a stage, of all submissions. */
function countDemand(submissions: readonly ReviewSubmission[], stage: string | undefined): Map<string, number> {
  const sums = new Map<string, number>();
  for (const submission of submissions) {
    if (stage !== undefined && !submission.anyStage && submission.stage !== stage) continue;
    sums.set(submission.field, (sums.get(submission.field) ?? 0) + submission.demand);
  }
  return sums;
}

function countLockedFields({ submissions, reviewers, lockedReviewers }: EligiblePairs): Map<string, number>[] {
  const counts = reviewers.map(() => new Map<string, number>());
  for (const [s, members] of lockedReviewers.entries()) {
    const { field } = submissions[s]!;
    for (const r of members) counts[r]!.set(field, (counts[r]!.get(field) ?? 0) + 1);
  }
  return counts;
}
