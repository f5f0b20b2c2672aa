import type { AssignmentProblem, LockedPair } from "../../../apps-script/core/assignment/problem.ts";
import { hashPair } from "../../../apps-script/core/assignment/seeded-random.ts";
import { makeRandom } from "../../generator/random.ts";

export interface RegionalOptions {
  readonly submissions: number;
  readonly units: number;
  readonly reviewers: number;
  /** The share of pairs in conflict. */
  readonly conflicts?: number;
  /** The share of reviewers who stated a field. */
  readonly stated?: number;
  /** The most reviews of each reviewer, as a multiple of the mean load. */
  readonly capacity?: number;
  /** The share of the reviews that stand already. */
  readonly locked?: number;
  readonly seed: number;
}

const STAGES = ["小学", "初中", "高中"];
const SHARES = [0.5, 0.8, 1];
const FIELDS = ["teaching", "research", "governance", "evaluation"];
const REVIEWS = 3;

/**
 * A region: submissions of all units, half of them of primary schools; reviewers of all units and stages in turn. What
 * is locked was drawn at random among what the constraints allow.
 */
export function makeRegionalProblem(options: RegionalOptions): AssignmentProblem {
  const { conflicts = 0.01, stated = 0, locked = 0, capacity, seed } = options;
  const random = makeRandom(seed);
  const name = (letter: string, index: number) => `${letter}${`${index}`.padStart(6, "0")}`;
  const submissions = Array.from({ length: options.submissions }, (_, i) => {
    const u = random.below(1000) / 1000;
    const field = FIELDS[i % 4]!;
    return {
      number: i,
      id: name("S", i),
      stage: STAGES[SHARES.findIndex((share) => u < share)]!,
      anyStage: false,
      field,
      track: "城市",
      group: field,
      nominator: `单位${random.below(options.units)}`,
      demand: REVIEWS,
    };
  });
  const mean = (REVIEWS * options.submissions) / options.reviewers;
  const reviewers = Array.from({ length: options.reviewers }, (_, i) => {
    const stage = Math.floor(i / options.units) % 3;
    // Half of the submissions are of the first stage: so is half of what its third of the reviewers may take.
    const most = capacity === undefined ? {} : { capacity: Math.ceil(mean * capacity * [1.5, 0.9, 0.6][stage]!) };
    return {
      number: i,
      id: name("E", i),
      nominator: `单位${i % options.units}`,
      stage: STAGES[stage]!,
      anyStage: false,
      fields: random.chance(stated) ? [random.pick(FIELDS)] : [],
      available: true,
      ...most,
    };
  });
  const limit = conflicts * 0x100000000;
  /** Asked of hundreds of millions of pairs, so the numbers stand beside the ids. */
  const numberOf = (of: object) => (of as { readonly number: number }).number;
  const conflict: AssignmentProblem["conflict"] = (s, r) =>
    hashPair(hashPair(seed, numberOf(s)), numberOf(r)) < limit ? "回避声明" : undefined;

  const pairs: LockedPair[] = [];
  const loads = new Map<string, number>();
  for (const submission of submissions) {
    const units = new Set([submission.nominator]);
    for (let tries = 0; tries < 20 && units.size <= REVIEWS; tries++) {
      const reviewer = random.pick(reviewers);
      const load = loads.get(reviewer.id) ?? 0;
      const fits = reviewer.stage === submission.stage && !units.has(reviewer.nominator) && load < mean;
      if (!fits || conflict(submission, reviewer) !== undefined) continue;
      units.add(reviewer.nominator);
      if (!random.chance(locked)) continue;
      loads.set(reviewer.id, load + 1);
      pairs.push({ submission: submission.id, reviewer: reviewer.id });
    }
  }
  return { submissions, reviewers, conflict, locked: pairs, seed };
}
