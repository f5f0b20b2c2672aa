// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { compareText } from "../text/compare.ts";
import type { CandidatePairs } from "./candidates.ts";
import type { EligiblePairs } from "./eligibility.ts";
import type { Reviewer } from "./problem.ts";
import { hashText } from "./seeded-random.ts";

/** What a pair costs. */
export interface FieldPrices {
  /** By the submission's and the reviewer's index; not negative. */
  readonly costs: readonly Int32Array[];
  /** The cost of a field that the reviewer did not state. */
  readonly mismatch: number;
  readonly preferences: readonly FieldPreference[];
}

/**
 * Prices the soft aim about fields: a reviewer judges stated fields only, and as often as possible one field of them;
 * and where it cannot be helped, one field besides.
 *
 * Another field than the preferred one of its sort costs 1, a field that the reviewer did not state costs more than
 * twice the number of reviewers. Plans of even loads differ by exchanges that pass each reviewer once, so what comes of
 * the 1s never outweighs a mismatch: the cheapest plan has the fewest mismatches and, among those, the fewest reviews
 * outside the preferred fields. And prices of the nodes, rounded to whole mismatches, are prices for mismatches alone.
 *
 * @param example a plan with even loads: how many reviews each reviewer will have, and of which fields each stage has
 */
export function priceFields(eligible: EligiblePairs, example: CandidatePairs, seed: number): FieldPrices {
  return pricePreferences(eligible, choosePreferredFields(eligible, example, seed));
}

/** The prices that given preferences make. */
export function pricePreferences(
  { submissions, reviewers }: EligiblePairs,
  preferences: readonly FieldPreference[],
): FieldPrices {
  const stated = listStatedFields(reviewers);
  const mismatch = 2 * reviewers.length + 2;
  const price = (field: string, r: number) => {
    const { home, spare } = preferences[r]!;
    if (stated[r]?.has(field) === false) return mismatch + (spare === undefined || spare === field ? 0 : 1);
    return home.length === 0 || home.includes(field) ? 0 : 1;
  };
  const byField = new Map(
    [...new Set(submissions.map(({ field }) => field))].map(
      (field) => [field, Int32Array.from(reviewers, (_, r) => price(field, r))] as const,
    ),
  );
  return { mismatch, preferences, costs: submissions.map(({ field }) => byField.get(field)!) };
}

/** The fields each reviewer stated; undefined for one who stated none and may judge any. */
export function listStatedFields(reviewers: readonly Reviewer[]): readonly (ReadonlySet<string> | undefined)[] {
  return reviewers.map((r) => (r.fields.length === 0 ? undefined : new Set(r.fields)));
}

export interface FieldPreference {
  /**
   * One of the fields the reviewer may judge; several where a reviewer must bridge what is left of fields; none: every
   * field.
   */
  home: readonly string[];
  /** The preferred field among those not stated; undefined when homes cover the demand of all of them. */
  spare?: string;
}

/**
 * Shares out the fields among the reviewers of each stage. A reviewer with locked reviews goes first, then those with
 * the narrowest choice, ties in seeded order. Each takes a field that lacks as many reviews as it will have; in the end
 * what fields still lack is less than one reviewer each, and the last few bridge two of them or more.
 */
function choosePreferredFields(eligible: EligiblePairs, example: CandidatePairs, seed: number): FieldPreference[] {
  const { submissions, reviewers, unitOf } = eligible;
  const locked = countLockedFields(eligible);
  const preferences: FieldPreference[] = reviewers.map(() => ({ home: [] }));
  const stageOf = (r: number) => (reviewers[r]!.anyStage ? undefined : reviewers[r]!.stage);
  const breadth = (r: number) => reviewers[r]!.fields.length || Number.POSITIVE_INFINITY;
  const keys = reviewers.map((r) => hashText(seed, `field ${r.id}`));
  const order = [...reviewers.keys()].sort(
    (a, b) => locked[b]!.size - locked[a]!.size || Math.sign(breadth(a) - breadth(b)) || keys[a]! - keys[b]!,
  );
  const load = new Int32Array(reviewers.length);
  const lacks = new Map<string | undefined, Map<string, number>>();
  for (let p = 0; p < example.reviewer.length; p++) {
    const r = example.reviewer[p]!;
    const { field } = submissions[example.submission[p]!]!;
    load[r]!++;
    const lack = lacks.get(stageOf(r)) ?? new Map<string, number>();
    lacks.set(stageOf(r), lack.set(field, (lack.get(field) ?? 0) + 1));
  }
  for (const [stage, lack] of lacks) {
    const fields = [...lack.keys()];
    const members = order.filter((r) => stageOf(r) === stage && reviewers[r]!.available);
    // Reviewers of one unit cannot review together, so a field with few units could not be filled.
    const colleagues = new Map<string, number>();
    for (const r of members) {
      const open = fields.filter((f) => reviewers[r]!.fields.length === 0 || reviewers[r]!.fields.includes(f));
      const first = pickGreatest(open, keys[r]!, (field) => [
        locked[r]!.get(field) ?? 0,
        lack.get(field)! >= load[r]! ? 1 : 0,
        lack.get(field)! > 0 ? 1 : 0,
        lack.get(field)! >= load[r]! ? -(colleagues.get(`${unitOf[r]} ${field}`) ?? 0) : 0,
        lack.get(field)!,
      ]);
      if (first === undefined) continue;
      const home = [first];
      const take = (field: string, most: number) => {
        const taken = Math.min(most, Math.max(0, lack.get(field)!));
        lack.set(field, lack.get(field)! - taken);
        return most - taken;
      };
      let left = take(first, load[r]!);
      for (const field of open.sort((a, b) => lack.get(b)! - lack.get(a)! || compareText(a, b))) {
        if (left === 0 || lack.get(field)! <= 0) break;
        home.push(field);
        left = take(field, left);
      }
      preferences[r]!.home = home;
      colleagues.set(`${unitOf[r]} ${first}`, (colleagues.get(`${unitOf[r]} ${first}`) ?? 0) + 1);
    }

    const given = new Map<string, number>();
    for (const r of members) {
      const { fields: own } = reviewers[r]!;
      const spare = pickGreatest(
        fields.filter((field) => own.length > 0 && !own.includes(field) && lack.get(field)! > 0),
        keys[r]!,
        // D'Hondt's divisors: each field is given in proportion to what it lacks.
        (field) => [lack.get(field)! / (1 + (given.get(field) ?? 0))],
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

function countLockedFields({ submissions, reviewers, lockedReviewers }: EligiblePairs): Map<string, number>[] {
  const counts = reviewers.map(() => new Map<string, number>());
  for (const [s, members] of lockedReviewers.entries()) {
    const { field } = submissions[s]!;
    for (const r of members) counts[r]!.set(field, (counts[r]!.get(field) ?? 0) + 1);
  }
  return counts;
}
