// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { CandidatePairs } from "./candidates.ts";
import type { EligiblePairs } from "./eligibility.ts";
import { type EvenLoads, SHORT_LEVEL } from "./even-loads.ts";
import type { Certificate, Price } from "./problem.ts";
import type { TransportSolution } from "./transport.ts";

interface Potentials {
  readonly row: Int32Array;
  readonly reviewer: Int32Array;
  /** Of the source of unmet demand, and of the sink of even loads. */
  source: number;
  sink: number;
}

/**
 * Writes the dual prices of a plan for its unmet demand, loads and mismatches: levels from the even loads, field prices
 * from the transport.
 *
 * The transport's prices also count what lies outside home fields. Divided by a mismatch they are prices for mismatches
 * nearly everywhere, and what is not is lowered until it is (Bellman 1958, Ford 1956); as no cheaper plan exists, there
 * is no negative cycle and that ends.
 */
export function writeCertificate(
  eligible: EligiblePairs,
  even: EvenLoads,
  solution: TransportSolution,
  { cost, mismatch }: { readonly cost: Int32Array; readonly mismatch: number },
): Certificate {
  const { prices } = solution;
  const whole = (price: number) => Math.round(price / mismatch);
  const potentials: Potentials = {
    row: prices.submission.map(whole),
    reviewer: prices.reviewer.map(whole),
    source: 0,
    sink: whole(prices.sink),
  };
  const mismatches = cost.map((c) => Math.floor(c / mismatch));
  const used = new Uint8Array(cost.length);
  for (const p of solution.chosen) used[p] = 1;
  const lowerOnce = createLowering(eligible, even, solution, { mismatches, used, potentials });
  while (lowerOnce()) {}

  const submissions = new Map<string, Price>();
  for (const [s, { id }] of eligible.submissions.entries()) {
    const level = even.submissionLevel[s]!;
    if (level < 0) continue;
    const short = level === SHORT_LEVEL;
    const missing = solution.filled[s]! < even.demand[s]!;
    const field = missing ? 0 : (short ? potentials.source : potentials.sink) - potentials.row[s]!;
    submissions.set(id, { shortage: short ? 1 : 0, load: short ? 0 : level, field });
  }
  const reviewers = new Map<string, Price>();
  for (const [r, { id }] of eligible.reviewers.entries()) {
    const level = even.reviewerLevel[r]!;
    if (level < 0) reviewers.set(id, { shortage: 0, load: eligible.lockedLoad[r]! + solution.load[r]! + 1, field: 0 });
    else if (level === SHORT_LEVEL) {
      reviewers.set(id, { shortage: 1, load: 0, field: potentials.source - potentials.reviewer[r]! });
    } else reviewers.set(id, { shortage: 0, load: level, field: potentials.sink - potentials.reviewer[r]! });
  }
  return { submissions, reviewers };
}

/** Returns a function that lowers every potential above what an arc of the residual graph allows; true if it lowered any. */
function createLowering(
  { unitOf }: EligiblePairs,
  { pairs, demand, submissionLevel, submissionOf, reviewerLevel, minLoad, maxLoad }: EvenLoads,
  { filled, load }: TransportSolution,
  {
    mismatches,
    used,
    potentials,
  }: { readonly mismatches: Int32Array; readonly used: Uint8Array; readonly potentials: Potentials },
): () => boolean {
  const { row, reviewer } = potentials;
  const cellStart = listCells(pairs, unitOf);
  const isShort = (s: number) => submissionOf[s] === s && submissionLevel[s] === SHORT_LEVEL;
  const shortRows = Array.from(demand.keys()).filter(isShort);
  return () => {
    let lowered = false;
    const lower = (values: Int32Array, index: number, most: number) => {
      if (values[index]! <= most) return;
      values[index] = most;
      lowered = true;
    };
    for (let cell = 0; cell + 1 < cellStart.length; cell++) {
      const from = cellStart[cell]!;
      const to = cellStart[cell + 1]!;
      const s = pairs.submission[from]!;
      let base = row[s]!;
      for (let p = from; p < to; p++) {
        if (used[p] === 0) continue;
        base = reviewer[pairs.reviewer[p]!]! - mismatches[p]!;
        lower(row, s, base);
      }
      for (let p = from; p < to; p++) lower(reviewer, pairs.reviewer[p]!, base + mismatches[p]!);
    }
    for (const s of shortRows) {
      if (filled[s]! < demand[s]!) lower(row, s, potentials.source);
      if (filled[s]! > 0 && potentials.source > row[s]!) {
        potentials.source = row[s]!;
        lowered = true;
      }
    }
    for (const [r, level] of reviewerLevel.entries()) {
      if (level < 0 || level === SHORT_LEVEL) continue;
      if (load[r]! > minLoad[r]!) lower(reviewer, r, potentials.sink);
      if (load[r]! < maxLoad[r]! && potentials.sink > reviewer[r]!) {
        potentials.sink = reviewer[r]!;
        lowered = true;
      }
    }
    return lowered;
  };
}

/** First pair of each run of pairs of one row and unit, and the end. */
function listCells({ submission, reviewer }: CandidatePairs, unitOf: Int32Array): number[] {
  const starts: number[] = [];
  for (let p = 0; p < submission.length; p++) {
    const same = p > 0 && submission[p] === submission[p - 1] && unitOf[reviewer[p]!] === unitOf[reviewer[p - 1]!];
    if (!same) starts.push(p);
  }
  return [...starts, submission.length];
}
