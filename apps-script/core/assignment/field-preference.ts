import { compareText, type EligiblePairs } from "./eligibility.ts";
import type { ReviewSubmission } from "./problem.ts";
import { hashText } from "./seeded-random.ts";

/** What a pair costs, by the submission's and the reviewer's index. */
export type PairCost = (submission: number, reviewer: number) => number;

/**
 * Prices the soft aim about fields: a reviewer judges stated fields only, and as often as possible one field of them;
 * and where it cannot be helped, one field besides.
 *
 * A field that the reviewer did not state costs one more than the number of reviewers; another field than the preferred
 * one of its sort costs 1. Plans of even loads differ by exchanges that pass each reviewer once, so what comes of the 1s
 * never outweighs a mismatch: the cheapest plan has the fewest mismatches and, among those, the fewest reviews outside
 * the preferred fields.
 */
export function priceFields(eligible: EligiblePairs, seed: number): PairCost {
  const { submissions, reviewers } = eligible;
  const preferences = choosePreferredFields(eligible, seed);
  const stated = reviewers.map((r) => (r.fields.length === 0 ? undefined : new Set(r.fields)));
  const mismatch = reviewers.length + 1;
  return (s, r) => {
    const { field } = submissions[s]!;
    const { home, spare } = preferences[r]!;
    if (stated[r]?.has(field) === false) return mismatch + (spare === undefined || spare === field ? 0 : 1);
    return home === undefined || home === field ? 0 : 1;
  };
}

interface FieldPreference {
  /** The preferred field among those the reviewer may judge; undefined when none is in demand. */
  home?: string;
  /** The preferred field among those not stated; undefined when homes cover the demand of all of them. */
  spare?: string;
}

/**
 * Shares out the fields among the reviewers of each stage, in proportion to the demand. Reviewers with locked reviews
 * are placed first, then those with the narrowest choice, ties in seeded order.
 */
function choosePreferredFields(eligible: EligiblePairs, seed: number): FieldPreference[] {
  const { submissions, reviewers } = eligible;
  const locked = countLockedFields(eligible);
  const preferences: FieldPreference[] = reviewers.map(() => ({}));
  const stageOf = (r: number) => (reviewers[r]!.anyStage ? undefined : reviewers[r]!.stage);
  const breadth = (r: number) => reviewers[r]!.fields.length || Number.POSITIVE_INFINITY;
  const keys = reviewers.map((r) => hashText(seed, `field ${r.id}`));
  const order = [...reviewers.keys()].sort(
    (a, b) => locked[b]!.size - locked[a]!.size || Math.sign(breadth(a) - breadth(b)) || keys[a]! - keys[b]!,
  );
  for (const stage of new Set(reviewers.map((_, r) => stageOf(r)))) {
    const demand = countDemand(submissions, stage);
    const members = order.filter((r) => stageOf(r) === stage && reviewers[r]!.available);
    const total = [...demand.values()].reduce((sum, n) => sum + n, 0);
    const supply = new Map<string, number>();
    const lack = (field: string) => (demand.get(field)! / total) * members.length - (supply.get(field) ?? 0);

    for (const r of members) {
      const { fields, nominator } = reviewers[r]!;
      const habit = (field: string) => locked[r]!.get(field) ?? 0;
      const open = (field: string) => (lack(field) > 0 ? 1 : 0);
      // Reviewers of one unit cannot review together, so a field with few units could not be filled.
      const colleagues = (field: string) =>
        members.filter((m) => preferences[m]!.home === field && reviewers[m]!.nominator === nominator).length;
      const home = pickGreatest(
        [...demand.keys()].filter((field) => fields.length === 0 || fields.includes(field)),
        keys[r]!,
        (field) => [habit(field), open(field), -colleagues(field), lack(field)],
      );
      if (home === undefined) continue;
      preferences[r]!.home = home;
      supply.set(home, (supply.get(home) ?? 0) + 1);
    }

    const lacking = new Map([...demand.keys()].map((field) => [field, lack(field)]));
    const given = new Map<string, number>();
    for (const r of members) {
      const { fields } = reviewers[r]!;
      const spare = pickGreatest(
        [...demand.keys()].filter((field) => fields.length > 0 && !fields.includes(field) && lacking.get(field)! > 0),
        keys[r]!,
        // D'Hondt's divisors: each field is given in proportion to what it lacks.
        (field) => [lacking.get(field)! / (1 + (given.get(field) ?? 0))],
      );
      if (spare === undefined) continue;
      preferences[r]!.spare = spare;
      given.set(spare, (given.get(spare) ?? 0) + 1);
    }
  }
  return preferences;
}

/** The field whose ranks, compared from the first, are greatest; ties in an order drawn from the key. */
function pickGreatest(fields: string[], key: number, rank: (field: string) => number[]): string | undefined {
  const ranked = fields.map((field) => ({ field, ranks: [...rank(field), hashText(key, field)] }));
  ranked.sort((a, b) => {
    const i = a.ranks.findIndex((value, k) => value !== b.ranks[k]);
    return i < 0 ? compareText(a.field, b.field) : b.ranks[i]! - a.ranks[i]!;
  });
  return ranked[0]?.field;
}

/** Demand by field of the submissions that reviewers of the stage may take; without a stage, of all submissions. */
function countDemand(submissions: readonly ReviewSubmission[], stage: string | undefined): Map<string, number> {
  const sums = new Map<string, number>();
  for (const submission of submissions) {
    const meets = stage === undefined || submission.anyStage || submission.stage === stage;
    if (!meets || submission.demand === 0) continue;
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
