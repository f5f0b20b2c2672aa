// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { createAugmenter, zeroPrices } from "./augment.ts";
import { type CandidatePairs, growingPairs } from "./candidates.ts";
import { buildNetwork, type Network } from "./network.ts";

export interface EvenLoadInput {
  readonly demand: Int32Array;
  readonly unitOf: Int32Array;
  readonly pairs: CandidatePairs;
  /** Reviews each reviewer has already. */
  readonly lockedLoad: Int32Array;
  /** The most reviews each reviewer may have, locked ones included. */
  readonly capacity: Int32Array;
}

/** The level of what unmet demand reaches: higher than any load. */
export const SHORT_LEVEL = 0x100000;

/** What every plan of greatest demand met and most even loads has in common. */
export interface EvenLoads {
  /**
   * Rows of a transport problem whose every complete solution is such a plan, of whatever costs: a row is a submission,
   * or one that must take a reviewer of a given unit. The first rows are the submissions in their order.
   */
  readonly submissionOf: Int32Array;
  readonly demand: Int32Array;
  readonly pairs: CandidatePairs;
  readonly minLoad: Int32Array;
  readonly maxLoad: Int32Array;
  /** Dual prices: see `restrictToOptima`. -1 where no load can move to, `SHORT_LEVEL` where unmet demand could. */
  readonly submissionLevel: Int32Array;
  readonly reviewerLevel: Int32Array;
  /** One such plan. */
  readonly example: CandidatePairs;
}

/**
 * Reduces the choice among all plans to the choice among those that meet the most demand and whose total loads, sorted
 * from the highest, are lexicographically least.
 *
 * The loads of the plans that meet the most demand are the integer points of a base polyhedron (an M-convex set). On
 * such a set the lexicographically least sorted vectors are exactly the minimisers of the sum of squares, and a vector
 * is one when no unit of load can move from a reviewer to another with at least two fewer (A. Frank & K. Murota,
 * Decreasing minimization on M-convex sets: background and structures, Mathematical Programming 195, 2022). The sum of
 * squares is a convex cost on the arc reviewer → sink: the unit that brings a load from l to l + 1 costs 2l + 1.
 *
 * That makes it a minimum-cost flow, and complementary slackness with any one optimal dual solution describes all of
 * its optima: see `restrictToOptima`.
 */
export function fixEvenLoads(input: EvenLoadInput): EvenLoads {
  const network = fillEvenly(input);
  return restrictToOptima(network, input);
}

/**
 * Successive shortest paths: the distance of a reviewer is the cost of its next unit, so all demand that can go to
 * reviewers under load L goes there before any goes to load L + 1.
 */
function fillEvenly(input: EvenLoadInput): Network {
  const { lockedLoad, capacity, pairs } = input;
  const free = { ...pairs, cost: new Int32Array(pairs.reviewer.length) };
  const network = buildNetwork({ ...input, pairs: free });
  const augmenter = createAugmenter(network, zeroPrices(network));
  const { demand, filled, load } = network;
  const room = capacity.map((most, j) => Math.max(0, most - lockedLoad[j]!));
  for (let level = 1; level < Number.POSITIVE_INFINITY; ) {
    const blocked = augmenter.run(room.map((most, j) => Math.min(most, Math.max(load[j]!, level - lockedLoad[j]!))));
    if (filled.every((met, s) => met === demand[s])) break;
    // What unmet demand does not reach now it never will: later paths run within what it reaches.
    if (blocked) for (const j of room.keys()) if (!augmenter.reached[j]) room[j] = load[j]!;
    level = room.reduce(
      (least, most, j) => (load[j]! < most ? Math.min(least, lockedLoad[j]! + load[j]! + 1) : least),
      Number.POSITIVE_INFINITY,
    );
  }
  return network;
}

/** The most demand that can be met: reviews of each submission. */
export function fillMost(input: EvenLoadInput): Int32Array {
  return fillEvenly(input).filled;
}

/**
 * An optimal dual: the level of a node is the highest load from which a unit could move to it (the distance from the
 * sink in the residual graph, halved), and `SHORT_LEVEL` where unmet demand could. Levels never fall along a residual
 * arc, and where they rise the arc's reduced cost is positive. So in every optimum a candidate pair above its
 * submission's level is not used, a unit below its submission's level is used, and a reviewer's load is its level or
 * one less, as far as capacity and locked reviews allow. Conversely every flow that keeps to this is an optimum.
 *
 * A unit that must be used becomes a row of its own with demand 1, so that what remains is again a transport problem.
 */
function restrictToOptima(network: Network, input: EvenLoadInput): EvenLoads {
  const { cellStart, cellSubmission, chosen, slotReviewer } = network;
  const { submissionLevel, reviewerLevel } = findLevels(network, input.lockedLoad);
  const submissionOf = Array.from(network.demand.keys());
  // Which submissions stay short is open, so theirs is all they lack.
  const demand = submissionOf.map((s) => (submissionLevel[s] === SHORT_LEVEL ? network.demand[s]! : 0));
  const kept = growingPairs(slotReviewer.length);
  const example = growingPairs(input.demand.length);
  for (const cell of cellSubmission.keys()) {
    const submission = cellSubmission[cell]!;
    let row = submission;
    let level = submissionLevel[submission]!;
    if (level < 0) continue;
    const slot = chosen[cell]!;
    if (slot >= 0) {
      const holder = slotReviewer[slot]!;
      example.push(submission, holder);
      if (reviewerLevel[holder]! < level) {
        if (level === SHORT_LEVEL) demand[row]!--;
        level = reviewerLevel[holder]!;
        submissionOf.push(row);
        row = demand.push(1) - 1;
      } else if (level < SHORT_LEVEL) demand[row]!++;
    }
    for (let k = cellStart[cell]!; k < cellStart[cell + 1]!; k++) {
      if (reviewerLevel[slotReviewer[k]!] === level) kept.push(row, slotReviewer[k]!);
    }
  }
  const bound = (slack: number) =>
    input.lockedLoad.map((locked, j) => {
      const total = Math.min(input.capacity[j]!, reviewerLevel[j]! - slack);
      return Math.max(0, total - locked);
    });
  return {
    submissionOf: Int32Array.from(submissionOf),
    demand: Int32Array.from(demand),
    pairs: kept.take(),
    minLoad: bound(1),
    maxLoad: bound(0),
    submissionLevel,
    reviewerLevel,
    example: example.take(),
  };
}

interface Levels {
  /** -1: no load can move there. */
  readonly submissionLevel: Int32Array;
  readonly reviewerLevel: Int32Array;
}

/** Reaches out from unmet demand, then from the reviewers that have something to give, the highest load first. */
function findLevels(network: Network, lockedLoad: Int32Array): Levels {
  const { submissions, slotStart, slotReviewer, slotCell, chosen, cellStart, cellSubmission } = network;
  const { firstCell, nextCell, load, demand, filled } = network;
  const submissionLevel = new Int32Array(submissions).fill(-1);
  const reviewerLevel = new Int32Array(network.reviewers).fill(-1);
  const total = lockedLoad.map((locked, j) => locked + load[j]!);
  const queue: number[] = [];

  function reachReviewer(reviewer: number, level: number): void {
    if (reviewerLevel[reviewer]! >= 0) return;
    reviewerLevel[reviewer] = level;
    queue.push(reviewer);
  }

  function reachSubmission(submission: number, level: number): void {
    if (submissionLevel[submission]! >= 0) return;
    submissionLevel[submission] = level;
    for (let k = slotStart[submission]!; k < slotStart[submission + 1]!; k++) {
      if (chosen[slotCell[k]!]! < 0) reachReviewer(slotReviewer[k]!, level);
    }
  }

  function reachOn(level: number): void {
    for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
      for (let cell = firstCell[from]!; cell >= 0; cell = nextCell[cell]!) {
        for (let k = cellStart[cell]!; k < cellStart[cell + 1]!; k++) reachReviewer(slotReviewer[k]!, level);
        reachSubmission(cellSubmission[cell]!, level);
      }
    }
  }

  for (let s = 0; s < submissions; s++) if (filled[s]! < demand[s]!) reachSubmission(s, SHORT_LEVEL);
  reachOn(SHORT_LEVEL);
  const givers = Array.from(total.keys()).filter((j) => firstCell[j]! >= 0);
  givers.sort((a, b) => total[b]! - total[a]!);
  for (const giver of givers) {
    reachReviewer(giver, total[giver]!);
    reachOn(total[giver]!);
  }
  return { submissionLevel, reviewerLevel };
}
