import { solveTransport, type TransportProblem } from "../../apps-script/core/assignment/transport.ts";
import { makeProvincialInstance, toTransport } from "../core/assignment/provincial-instance.ts";
import { makeRandom } from "../generator/random.ts";
import { solveWithHighs, underloadCost, unmetCost } from "./highs.ts";

/** The whole region, and what makes it tight. */
export const instances = {
  provincial: "全区 6,000 × 460",
  conflicts: "密集回避：八成不可评",
  few: "专家只有四分之一",
  locked: "半数评审已定",
} as const;

export type InstanceName = keyof typeof instances;

export function makeInstance(name: InstanceName): TransportProblem {
  const instance = makeProvincialInstance();
  const random = makeRandom(3);
  const { submissions, reviewers, eligible } = instance;
  const staying = (keep: (p: number) => boolean) => {
    const kept = [...eligible.submission.keys()].filter(keep);
    return {
      submission: kept.map((p) => eligible.submission[p]!),
      reviewer: kept.map((p) => eligible.reviewer[p]!),
      cost: kept.map((p) => eligible.cost[p]!),
    };
  };
  if (name === "conflicts") {
    const left = staying(() => random.chance(0.2));
    return toTransport({ submissions, reviewers, eligible: left }, left.cost);
  }
  if (name === "few") {
    // Every fourth: the others have nothing to review, and those that stay four times as much.
    const stays = reviewers.map((_, r) => r % 4 === 0);
    const left = staying((p) => stays[eligible.reviewer[p]!]!);
    const whole = toTransport({ submissions, reviewers, eligible: left }, left.cost);
    return { ...whole, ...spreadOver(submissions, reviewers, stays) };
  }
  const whole = toTransport(instance, eligible.cost);
  return name === "locked" ? lockHalf(whole) : whole;
}

interface Staged {
  readonly stage: number;
}

function spreadOver(submissions: readonly Staged[], reviewers: readonly Staged[], stays: readonly boolean[]) {
  const share = [0, 1, 2].map((stage) => {
    const judged = submissions.filter((s) => s.stage === stage).length;
    return (3 * judged) / reviewers.filter((r, i) => r.stage === stage && stays[i]).length;
  });
  const bound = (round: (value: number) => number) =>
    Int32Array.from(reviewers, (r, i) => (stays[i] ? round(share[r.stage]!) : 0));
  return { minLoad: bound(Math.floor), maxLoad: bound(Math.ceil) };
}

/** About half of the reviews stand, drawn at random: their units are taken, and so is that part of the loads. */
function lockHalf(problem: TransportProblem): TransportProblem {
  const { demand, unitOf, pairs, minLoad, maxLoad } = problem;
  const random = makeRandom(5);
  const left = demand.slice();
  const load = new Int32Array(unitOf.length);
  const taken = new Set<number>();
  for (const p of random.shuffle([...pairs.reviewer.keys()])) {
    const [s, r] = [pairs.submission[p]!, pairs.reviewer[p]!];
    const cell = s * 1000 + unitOf[r]!;
    // One or two of three, in turn.
    if (left[s]! <= 1 + (s % 2) || taken.has(cell) || load[r]! >= minLoad[r]!) continue;
    taken.add(cell);
    left[s]!--;
    load[r]!++;
  }
  const open = [...pairs.reviewer.keys()].filter(
    (p) => !taken.has(pairs.submission[p]! * 1000 + unitOf[pairs.reviewer[p]!]!),
  );
  const pick = (values: Int32Array) => Int32Array.from(open, (p) => values[p]!);
  return {
    demand: left,
    unitOf,
    pairs: { submission: pick(pairs.submission), reviewer: pick(pairs.reviewer), cost: pick(pairs.cost) },
    minLoad: minLoad.map((least, r) => Math.max(0, least - load[r]!)),
    maxLoad: maxLoad.map((most, r) => most - load[r]!),
  };
}

export interface SolverAnswer {
  readonly seconds: number;
  /** In words where there is none. */
  readonly cost: number | string;
  /** Unmet reviews, and those below the least loads, where the solver gives the plan. */
  readonly unmet?: number;
  readonly underload?: number;
}

function judge(problem: TransportProblem, chosen: Iterable<number>): Omit<SolverAnswer, "seconds"> {
  const load = new Int32Array(problem.unitOf.length);
  let filled = 0;
  let cost = 0;
  for (const p of chosen) {
    load[problem.pairs.reviewer[p]!]!++;
    cost += problem.pairs.cost[p]!;
    filled++;
  }
  const unmet = problem.demand.reduce((sum, d) => sum + d, 0) - filled;
  const underload = problem.minLoad.reduce((sum, least, r) => sum + Math.max(0, least - load[r]!), 0);
  return { cost: cost + unmetCost * unmet + underloadCost * underload, unmet, underload };
}

/** Each submission in turn takes the least loaded reviewer of a new unit, the cheaper one at equal loads. */
function chooseGreedily({ demand, unitOf, pairs, maxLoad }: TransportProblem): number[] {
  const load = new Int32Array(unitOf.length);
  const bySubmission: number[][] = Array.from(demand, () => []);
  for (const [p, s] of pairs.submission.entries()) bySubmission[s]!.push(p);
  const chosen: number[] = [];
  for (const [s, own] of bySubmission.entries()) {
    const units = new Set<number>();
    for (let i = 0; i < demand[s]!; i++) {
      let best = -1;
      for (const p of own) {
        const r = pairs.reviewer[p]!;
        if (units.has(unitOf[r]!) || load[r]! >= maxLoad[r]!) continue;
        const rival = best < 0 ? undefined : pairs.reviewer[best]!;
        const less = rival === undefined || load[r]! < load[rival]!;
        if (less || (load[r] === load[rival!] && pairs.cost[p]! < pairs.cost[best]!)) best = p;
      }
      if (best < 0) break;
      chosen.push(best);
      load[pairs.reviewer[best]!]!++;
      units.add(unitOf[pairs.reviewer[best]!]!);
    }
  }
  return chosen;
}

const HIGHS_SECONDS = 300;

export const solvers = {
  ours: (problem: TransportProblem) => judge(problem, solveTransport(problem).chosen),
  greedy: (problem: TransportProblem) => judge(problem, chooseGreedily(problem)),
  async highs(problem: TransportProblem) {
    const cost = await solveWithHighs(problem, HIGHS_SECONDS);
    return { cost: cost ?? `${HIGHS_SECONDS} 秒内未完成` };
  },
} satisfies Record<string, (problem: TransportProblem) => unknown>;
