import { createAugmenter, zeroPrices } from "./augment.ts";
import { buildNetwork, type Network, type NetworkInput } from "./network.ts";
import type { TransportProblem } from "./transport.ts";

export interface EvenLoadInput extends NetworkInput {
  /** Reviews each reviewer has already. */
  readonly lockedLoad: Int32Array;
  /** The most reviews each reviewer may have, locked ones included. */
  readonly capacity: Int32Array;
}

/** A transport problem whose every complete solution is a most even plan of greatest demand met. */
export interface EvenLoadProblem extends TransportProblem {
  /** The submission each row stands for: a row is a submission or one that must take a reviewer of a given unit. */
  readonly submissionOf: Int32Array;
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
export function fixEvenLoads(input: EvenLoadInput): EvenLoadProblem {
  const network = fillEvenly(input);
  return restrictToOptima(network, input);
}

/**
 * Successive shortest paths: the distance of a reviewer is the cost of its next unit, so all demand that can go to
 * reviewers under load L goes there before any goes to load L + 1.
 */
function fillEvenly(input: EvenLoadInput): Network {
  const { lockedLoad, capacity, pairs } = input;
  const free = { ...pairs, cost: new Int32Array(pairs.cost.length) };
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

/**
 * An optimal dual: the level of a node is the highest load from which a unit could move to it (the distance from the
 * sink in the residual graph, halved). Levels never fall along a residual arc, and where they rise the arc's reduced
 * cost is positive. So in every optimum a candidate pair above its submission's level is not used, a unit below its
 * submission's level is used, and a reviewer's load is its level or one less, as far as capacity and locked reviews
 * allow. Conversely every flow that keeps to this, and gives each submission as many reviewers as here, is an optimum.
 *
 * A unit that must be used becomes a row of its own with demand 1, so that what remains is again a transport problem.
 */
function restrictToOptima(network: Network, input: EvenLoadInput): EvenLoadProblem {
  const { cellStart, cellSubmission, chosen, slotReviewer, slotPair } = network;
  const { submissionLevel, reviewerLevel } = findLevels(network, input.lockedLoad);
  const submissionOf = Array.from(network.demand.keys());
  const demand = submissionOf.map(() => 0);
  const size = slotPair.length;
  const pairs = { submission: new Int32Array(size), reviewer: new Int32Array(size), cost: new Int32Array(size) };
  let kept = 0;
  for (const cell of cellSubmission.keys()) {
    let row = cellSubmission[cell]!;
    let level = submissionLevel[row]!;
    if (level < 0) continue;
    const slot = chosen[cell]!;
    if (slot >= 0 && reviewerLevel[slotReviewer[slot]!]! < level) {
      level = reviewerLevel[slotReviewer[slot]!]!;
      submissionOf.push(row);
      row = demand.push(0) - 1;
    }
    if (slot >= 0) demand[row]!++;
    for (let k = cellStart[cell]!; k < cellStart[cell + 1]!; k++) {
      if (reviewerLevel[slotReviewer[k]!] !== level) continue;
      pairs.submission[kept] = row;
      pairs.reviewer[kept] = slotReviewer[k]!;
      pairs.cost[kept++] = input.pairs.cost[slotPair[k]!]!;
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
    unitOf: input.unitOf,
    pairs: {
      submission: pairs.submission.subarray(0, kept),
      reviewer: pairs.reviewer.subarray(0, kept),
      cost: pairs.cost.subarray(0, kept),
    },
    minLoad: bound(1),
    maxLoad: bound(0),
  };
}

interface Levels {
  /** -1: no load can move there. */
  readonly submissionLevel: Int32Array;
  readonly reviewerLevel: Int32Array;
}

/** Reaches out from the reviewers that have something to give, the highest load first. */
function findLevels(network: Network, lockedLoad: Int32Array): Levels {
  const { submissions, slotStart, slotReviewer, slotCell, chosen, cellStart, cellSubmission } = network;
  const { firstCell, nextCell, load } = network;
  const submissionLevel = new Int32Array(submissions).fill(-1);
  const reviewerLevel = new Int32Array(network.reviewers).fill(-1);
  const total = lockedLoad.map((locked, j) => locked + load[j]!);
  const givers = Array.from(total.keys()).filter((j) => firstCell[j]! >= 0);
  givers.sort((a, b) => total[b]! - total[a]!);
  const queue: number[] = [];
  for (const giver of givers) {
    const level = total[giver]!;
    const reach = (reviewer: number) => {
      if (reviewerLevel[reviewer]! >= 0) return;
      reviewerLevel[reviewer] = level;
      queue.push(reviewer);
    };
    reach(giver);
    for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
      for (let cell = firstCell[from]!; cell >= 0; cell = nextCell[cell]!) {
        for (let k = cellStart[cell]!; k < cellStart[cell + 1]!; k++) reach(slotReviewer[k]!);
        const submission = cellSubmission[cell]!;
        if (submissionLevel[submission]! >= 0) continue;
        submissionLevel[submission] = level;
        for (let k = slotStart[submission]!; k < slotStart[submission + 1]!; k++) {
          if (chosen[slotCell[k]!]! < 0) reach(slotReviewer[k]!);
        }
      }
    }
  }
  return { submissionLevel, reviewerLevel };
}
