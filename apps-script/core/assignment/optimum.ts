// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { bridgeFields } from "./bridge-fields.ts";
import { addCandidates, type CandidatePairs } from "./candidates.ts";
import { writeCertificate } from "./certificate.ts";
import type { EligiblePairs } from "./eligibility.ts";
import { type EvenLoads, fixEvenLoads } from "./even-loads.ts";
import { type FieldPrices, priceFields } from "./field-preference.ts";
import { findMissingPairs } from "./missing-pairs.ts";
import type { Panels } from "./panels.ts";
import type { Certificate } from "./problem.ts";
import { solveTransport } from "./transport.ts";

export interface Optimum {
  /** The reviewers of each submission, locked ones first. */
  readonly panels: Panels;
  readonly even: EvenLoads;
  readonly certificate: Certificate;
}

/**
 * A plan of the greatest demand met, then of the most even loads, then of the fewest reviews outside stated fields, then
 * outside home fields: among the candidates, and then among more and more of the eligible pairs until prices show that
 * no other pair would help. Home fields are drawn anew, once, where too many reviewers would have to leave theirs.
 */
export function findOptimum(eligible: EligiblePairs, seed: number, first: CandidatePairs): Optimum {
  let candidates = first;
  let fields: FieldPrices | undefined;
  let isBridged = false;
  for (;;) {
    const even = fixEvenLoads({ ...eligible, pairs: candidates });
    fields ??= priceFields(eligible, even.example, seed);
    const { costs, mismatch } = fields;
    const { submissionOf } = even;
    const { submission, reviewer } = even.pairs;
    const cost = submission.map((row, p) => costs[submissionOf[row]!]![reviewer[p]!]!);
    const { demand, minLoad, maxLoad } = even;
    const { unitOf } = eligible;
    const solution = solveTransport({ demand, unitOf, pairs: { submission, reviewer, cost }, minLoad, maxLoad });
    const panels = eligible.lockedReviewers.map((members) => [...members]);
    for (const p of solution.chosen) panels[submissionOf[submission[p]!]!]!.push(reviewer[p]!);
    const all = candidates.reviewer.length === eligible.allowed.size();
    const missing = all ? undefined : findMissingPairs(eligible, panels, even, solution, costs);
    if (missing === undefined || missing.reviewer.length === 0) {
      const bridged = isBridged ? undefined : bridgeFields(eligible, panels, fields);
      isBridged = true;
      if (bridged !== undefined) {
        fields = bridged;
        continue;
      }
      return { panels, even, certificate: writeCertificate(eligible, even, solution, { cost, mismatch }) };
    }
    candidates = addCandidates(candidates, missing);
  }
}
