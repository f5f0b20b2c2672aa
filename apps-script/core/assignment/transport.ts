// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { createAugmenter, type Prices, zeroPrices } from "./augment.ts";
import { buildNetwork, type Network, type NetworkInput } from "./network.ts";

export interface TransportProblem extends NetworkInput {
  /** Bounds of each reviewer's load. */
  readonly minLoad: Int32Array;
  readonly maxLoad: Int32Array;
}

export interface TransportSolution {
  /** Indices into the candidate pairs, by submission. */
  readonly chosen: Int32Array;
  readonly cost: number;
  /** Demand met, for each submission. */
  readonly filled: Int32Array;
  readonly load: Int32Array;
  /**
   * Dual prices that prove it optimal: along a candidate pair that is free to be used, the reviewer's price is at most
   * the submission's plus the cost, and equal to it where the pair is used; a reviewer under `maxLoad` is not below the
   * sink, one above `minLoad` not above it. A submission that is not served in full is at most 0, one that is served
   * at all at least 0.
   */
  readonly prices: Readonly<Prices>;
}

/**
 * The cheapest assignment of reviewers to submissions: each submission gets at most its demand, from different units;
 * each reviewer at most its `maxLoad`. As much demand as possible is met, then as much of `minLoad`, then the sum of
 * the pair costs is least.
 *
 * Costs are non-negative integers; time and memory grow with the largest path cost, so keep them small. Ties are broken
 * by the order of the pairs and of the submissions.
 *
 * Primal–dual successive shortest paths (Ford & Fulkerson 1957; Ahuja, Magnanti & Orlin, Network Flows, §9.8) with
 * bucketed distances (Dial 1969). The lower bounds are a first sink of cost 0, the rest of the capacity a second one
 * that costs more than any path.
 */
export function solveTransport(problem: TransportProblem): TransportSolution {
  const network = buildNetwork(problem);
  const prices = zeroPrices(network);
  const augmenter = createAugmenter(network, prices);
  const raisePrices = createPriceRaiser(network, prices);
  for (const limit of [problem.minLoad, problem.maxLoad]) {
    const free = Array.from(network.load.keys()).filter((j) => network.load[j]! < limit[j]!);
    if (free.length === 0) continue;
    prices.sink = free.reduce((least, j) => Math.min(least, prices.reviewer[j]!), Number.POSITIVE_INFINITY);
    while (augmenter.run(limit) && raisePrices(limit)) {}
  }
  const slots = network.chosen.filter((slot) => slot >= 0);
  return {
    chosen: slots.map((slot) => network.slotPair[slot]!),
    cost: slots.reduce((sum, slot) => sum + network.slotCost[slot]!, 0),
    filled: network.filled,
    load: network.load,
    prices,
  };
}

/**
 * Returns a function that raises the prices by the shortest distances in the residual graph, cut off at the distance of
 * the nearest reviewer under its limit, so that a path to it becomes tight. It answers false when there is none.
 */
function createPriceRaiser(network: Network, prices: Prices): (limit: Int32Array) => boolean {
  const { submissions, reviewers, demand, filled, load, chosen, firstCell, nextCell } = network;
  const { slotStart, slotReviewer, slotCost, slotCell, cellStart, cellSubmission } = network;
  const submissionPrice = prices.submission;
  const reviewerPrice = prices.reviewer;
  const FAR = 0x7fffffff;
  const nodes = submissions + reviewers;
  const distance = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  const previous = new Int32Array(nodes);
  /** First node of each distance, or -1; the nodes of one distance are a doubly linked list. */
  let bucket = new Int32Array(1024).fill(-1);
  let highest = 0;
  let nearest = FAR;

  function unlink(node: number): void {
    const before = previous[node]!;
    const after = next[node]!;
    if (before >= 0) next[before] = after;
    else bucket[distance[node]!] = after;
    if (after >= 0) previous[after] = before;
  }

  function offer(node: number, d: number): void {
    // What lies beyond the nearest free reviewer is raised by that distance whatever its own.
    if (d >= distance[node]! || d >= nearest) return;
    if (distance[node]! !== FAR) unlink(node);
    if (d >= bucket.length) {
      const larger = new Int32Array(Math.max(d + 1, bucket.length * 2)).fill(-1);
      larger.set(bucket);
      bucket = larger;
    }
    if (d > highest) highest = d;
    distance[node] = d;
    const after = bucket[d]!;
    next[node] = after;
    previous[node] = -1;
    if (after >= 0) previous[after] = node;
    bucket[d] = node;
  }

  function offerReviewer(reviewer: number, d: number, limit: Int32Array): void {
    offer(submissions + reviewer, d);
    if (load[reviewer]! >= limit[reviewer]!) return;
    const toSink = d + reviewerPrice[reviewer]! - prices.sink;
    if (toSink < nearest) nearest = toSink;
  }

  function scanSubmission(submission: number, d: number, limit: Int32Array): void {
    const base = d + submissionPrice[submission]!;
    const end = slotStart[submission + 1]!;
    for (let slot = slotStart[submission]!; slot < end; slot++) {
      const reviewer = slotReviewer[slot]!;
      const reach = base + slotCost[slot]! - reviewerPrice[reviewer]!;
      if (reach >= nearest || reach >= distance[submissions + reviewer]!) continue;
      if (chosen[slotCell[slot]!]! < 0) offerReviewer(reviewer, reach, limit);
    }
  }

  function scanReviewer(reviewer: number, d: number, limit: Int32Array): void {
    for (let cell = firstCell[reviewer]!; cell >= 0; cell = nextCell[cell]!) {
      const base = d + reviewerPrice[reviewer]! - slotCost[chosen[cell]!]!;
      const submission = cellSubmission[cell]!;
      offer(submission, base - submissionPrice[submission]!);
      const end = cellStart[cell + 1]!;
      for (let slot = cellStart[cell]!; slot < end; slot++) {
        const other = slotReviewer[slot]!;
        if (other !== reviewer) offerReviewer(other, base + slotCost[slot]! - reviewerPrice[other]!, limit);
      }
    }
  }

  return (limit) => {
    distance.fill(FAR);
    bucket.fill(-1);
    highest = 0;
    nearest = FAR;
    for (let s = 0; s < submissions; s++) if (filled[s]! < demand[s]!) offer(s, -submissionPrice[s]!);
    for (let d = 0; d <= highest && d < nearest; d++) {
      for (let node = bucket[d]!; node >= 0; node = bucket[d]!) {
        unlink(node);
        if (node < submissions) scanSubmission(node, d, limit);
        else scanReviewer(node - submissions, d, limit);
      }
    }
    if (nearest === FAR) return false;
    for (let s = 0; s < submissions; s++) submissionPrice[s]! += Math.min(distance[s]!, nearest);
    for (let r = 0; r < reviewers; r++) reviewerPrice[r]! += Math.min(distance[submissions + r]!, nearest);
    prices.sink += nearest;
    return true;
  };
}
