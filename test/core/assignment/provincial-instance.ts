import type { TransportProblem } from "../../../apps-script/core/assignment/transport.ts";

/** mulberry32: numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Row {
  readonly unit: number;
  readonly stage: number;
  readonly field: number;
}

export interface ProvincialInstance {
  readonly submissions: readonly Row[];
  readonly reviewers: readonly Row[];
  /** Eligible pairs: stages meet, units differ, and not one of the 1 % declared conflicts. */
  readonly eligible: { readonly submission: number[]; readonly reviewer: number[]; readonly cost: number[] };
}

/**
 * 28 bureaus (15 reviewers, 200 submissions each) and 20 direct schools (2 reviewers, 20 submissions each), three
 * stages, four fields. A pair costs 5 for another field and 0 to 4 at random. With three reviewers a submission from
 * three units, and loads of floor or ceil within each stage, the least total cost is 6276.
 */
export function makeProvincialInstance(): ProvincialInstance {
  const draw = mulberry32(1);
  const submissions: Row[] = [];
  const reviewers: Row[] = [];
  for (let unit = 0; unit < 48; unit++) {
    const bureau = unit < 28;
    for (let i = 0; i < (bureau ? 200 : 20); i++) {
      const u = draw();
      submissions.push({ unit, stage: u < 0.5 ? 0 : u < 0.8 ? 1 : 2, field: i % 4 });
    }
    for (let i = 0; i < (bureau ? 15 : 2); i++) {
      const stage = bureau ? i % 3 : Math.floor(draw() * 3);
      reviewers.push({ unit, stage, field: Math.floor(draw() * 4) });
    }
  }
  const eligible = { submission: [] as number[], reviewer: [] as number[], cost: [] as number[] };
  const drawPair = mulberry32(77);
  for (const [s, submission] of submissions.entries()) {
    for (const [r, reviewer] of reviewers.entries()) {
      const declared = drawPair() < 0.01;
      const taste = Math.floor(drawPair() * 5);
      if (declared || submission.stage !== reviewer.stage || submission.unit === reviewer.unit) continue;
      eligible.submission.push(s);
      eligible.reviewer.push(r);
      eligible.cost.push((submission.field === reviewer.field ? 0 : 5) + taste);
    }
  }
  return { submissions, reviewers, eligible };
}

/** The instance with three reviews a submission and even loads in each stage; pair costs as given. */
export function toTransport(
  { submissions, reviewers, eligible }: ProvincialInstance,
  cost: number[],
): TransportProblem {
  const share = [0, 1, 2].map((stage) => {
    const count = (rows: readonly Row[]) => rows.filter((row) => row.stage === stage).length;
    return (3 * count(submissions)) / count(reviewers);
  });
  return {
    demand: new Int32Array(submissions.length).fill(3),
    unitOf: Int32Array.from(reviewers, (r) => r.unit),
    pairs: {
      submission: Int32Array.from(eligible.submission),
      reviewer: Int32Array.from(eligible.reviewer),
      cost: Int32Array.from(cost),
    },
    minLoad: Int32Array.from(reviewers, (r) => Math.floor(share[r.stage]!)),
    maxLoad: Int32Array.from(reviewers, (r) => Math.ceil(share[r.stage]!)),
  };
}
