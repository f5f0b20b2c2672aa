// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { growingPairs, listCandidates } from "./candidates.ts";
import { type EligiblePairs, findEligiblePairs } from "./eligibility.ts";
import { type EvenLoadInput, type EvenLoads, fillMost, SHORT_LEVEL } from "./even-loads.ts";
import type { Panels } from "./panels.ts";
import type { AssignmentProblem, Shortage } from "./problem.ts";
import { solveTransport } from "./transport.ts";

/** The capacity of a reviewer without limit. */
const UNLIMITED = 0x7fffffff;

/**
 * Puts the minimum cut into words. What unmet demand reaches in the residual graph is the side of the source (Ford &
 * Fulkerson 1956): these submissions have every eligible reviewer outside the cut's units, and every reviewer they
 * share is at capacity. Stages whose submissions compete for the same reviewers are reported together.
 *
 * The remedies are computed, each by solving again: that many more reviewers of new units are as good as that much less
 * demand, so the smallest number is the smallest relief under which all demand can be met; and a reviewer over capacity
 * is paid only where those under it cannot help, so the raise is the smallest.
 */
export function explainShortages(eligible: EligiblePairs, panels: Panels, even: EvenLoads): Shortage[] {
  const { submissions, reviewers, lockedReviewers, demand, withinUnit } = eligible;
  const lacks = (s: number) => lockedReviewers[s]!.length + demand[s]! - panels[s]!.length;
  if (![...submissions.keys()].some((s) => demand[s]! > 0 && lacks(s) > 0)) return [];
  return groupCut(eligible, even).map((cut) => {
    const own = cut.filter((s) => demand[s]! > 0 && lacks(s) > 0);
    const missing = own.reduce((sum, s) => sum + lacks(s), 0);
    const isolated = isolateCut(eligible, cut, even);
    const facts = {
      stages: [...new Set(own.map((s) => (submissions[s]!.anyStage ? "" : submissions[s]!.stage)))].sort(compareText),
      fields: [...new Set(own.map((s) => submissions[s]!.field))].sort(compareText),
      submissions: own.map((s) => submissions[s]!.id).sort(compareText),
      missing,
      withinUnit,
      moreReviewers: findMoreReviewers(eligible, cut, isolated),
      raises: findRaises(isolated).map(([r, by]) => ({ reviewer: reviewers[r]!.id, by })),
    };
    return { ...facts, explanation: describeCut(eligible, cut, even, facts) };
  });
}

/** The submissions of the cut, together where a stage or a reviewer at capacity links them. */
function groupCut({ submissions, allowed, reviewers }: EligiblePairs, even: EvenLoads): (readonly number[])[] {
  const cut = [...submissions.keys()].filter((s) => even.submissionLevel[s] === SHORT_LEVEL);
  const stageOf = (s: number) => (submissions[s]!.anyStage ? "" : submissions[s]!.stage);
  const parent = new Map<string, string>(cut.map((s) => [stageOf(s), stageOf(s)]));
  const find = (key: string): string => (parent.get(key) === key ? key : find(parent.get(key)!));
  const stageOfReviewer = new Map<number, string>();
  const row = new Int32Array(reviewers.length);
  for (const s of cut) {
    const count = allowed.list(s, row);
    for (let i = 0; i < count; i++) {
      const r = row[i]!;
      if (even.reviewerLevel[r] !== SHORT_LEVEL) continue;
      const known = stageOfReviewer.get(r);
      if (known === undefined) stageOfReviewer.set(r, stageOf(s));
      else parent.set(find(known), find(stageOf(s)));
    }
  }
  const groups = new Map<string, number[]>();
  for (const s of cut) addToGroup(groups, find(stageOf(s)), s);
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

/** The fewest that suffice; of the one stage that needs them, if they need be of one only. */
function findMoreReviewers(
  { submissions }: EligiblePairs,
  cut: readonly number[],
  isolated: EvenLoadInput,
): Shortage["moreReviewers"] {
  const isEnough = (count: number, helps: (s: number) => boolean) => {
    const relieved = isolated.demand.map((d, s) => (helps(s) ? Math.max(0, d - count) : d));
    return fillMost({ ...isolated, demand: relieved }).every((filled, s) => filled === relieved[s]);
  };
  let count = 1;
  while (!isEnough(count, () => true)) count++;
  const stages = [...new Set(cut.filter((s) => !submissions[s]!.anyStage).map((s) => submissions[s]!.stage))];
  const stage = stages
    .sort(compareText)
    .find((only) => isEnough(count, (s) => submissions[s]!.anyStage || submissions[s]!.stage === only));
  return { count, stage: stage ?? "" };
}

/**
 * The problem of the cut's submissions alone. They are all that use the reviewers unmet demand reaches; a unit with any
 * other reviewer serves each of them already, so it is as good as one without limit.
 */
function isolateCut(
  { submissions, reviewers, demand, unitOf, lockedLoad, capacity, allowed }: EligiblePairs,
  cut: readonly number[],
  even: EvenLoads,
): EvenLoadInput {
  const own = new Int32Array(submissions.length);
  const pairs = growingPairs(cut.length);
  const row = new Int32Array(reviewers.length);
  for (const s of cut) {
    own[s] = demand[s]!;
    const count = allowed.list(s, row);
    for (let i = 0; i < count; i++) pairs.push(s, row[i]!);
  }
  return {
    demand: own,
    unitOf,
    pairs: pairs.take(),
    lockedLoad,
    capacity: capacity.map((most, r) => (even.reviewerLevel[r] === SHORT_LEVEL ? most : UNLIMITED)),
  };
}

/** The least raise of capacities that meets all demand; none where no raise does. */
function findRaises({ demand, unitOf, pairs, lockedLoad, capacity }: EvenLoadInput): [number, number][] {
  const room = capacity.map((most, r) => (most === UNLIMITED ? most : Math.max(0, most - lockedLoad[r]!)));
  const { filled, load } = solveTransport({
    demand,
    unitOf,
    pairs: { ...pairs, cost: new Int32Array(pairs.reviewer.length) },
    minLoad: room,
    maxLoad: room.map(() => UNLIMITED),
  });
  if (filled.some((count, s) => count < demand[s]!)) return [];
  return [...load].map((l, r): [number, number] => [r, l - room[r]!]).filter(([, by]) => by > 0);
}

type CutFacts = Omit<Shortage, "fields" | "explanation">;

function nameStages(stages: readonly string[]): string {
  return stages.map((stage) => stage || "不限学段").join("、");
}

function describeRange(values: readonly number[]): string {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return least === most ? `${least}` : `${least}～${most}`;
}

function describeCut(eligible: EligiblePairs, cut: readonly number[], even: EvenLoads, facts: CutFacts): string {
  const { reviewers, allowed, unitOf, demand, capacity, lockedLoad, withinUnit } = eligible;
  const row = new Int32Array(reviewers.length);
  const short = new Set(facts.submissions);
  const own = cut.filter((s) => short.has(eligible.submissions[s]!.id));
  const rest = own.map((s) => [...row.subarray(0, allowed.list(s, row))]);
  const full = [...new Set(rest.flat())].filter((r) => even.reviewerLevel[r] === SHORT_LEVEL);
  const room = full.reduce((sum, r) => sum + Math.max(0, capacity[r]! - lockedLoad[r]!), 0);
  const still = own.some((s) => eligible.lockedReviewers[s]!.length > 0) ? "还" : "";
  const needed = describeRange(own.map((s) => demand[s]!));
  const units = describeRange(rest.map((each) => new Set(each.map((r) => unitOf[r])).size));
  return [
    `${nameStages(facts.stages)}：${facts.submissions.length} 个案例共缺 ${facts.missing} 人次评审；`,
    `${still ? "除已分派的以外，" : ""}回避后每案仅余 ${describeRange(rest.map((each) => each.length))} 名专家`,
    withinUnit
      ? `，每案${still}需 ${needed} 名；`
      : `、来自 ${units} 个推荐单位，每案${still}需 ${needed} 个不同单位；`,
    full.length > 0
      ? `其中 ${full.length} 名已达评审上限（合计还可评 ${room} 份，须由 ${cut.length} 个案例分用）；`
      : "",
    describeRemedy(facts),
  ].join("");
}

/** The smallest change that would suffice, as a sentence. */
export function describeRemedy({
  moreReviewers,
  raises,
  withinUnit,
}: Pick<Shortage, "moreReviewers" | "raises" | "withinUnit">): string {
  const { count, stage } = moreReviewers;
  const experts = stage === "" ? "不限学段的专家" : `${stage}专家`;
  const more = withinUnit
    ? `至少再增 ${count} 名${experts}（无须回避，评审件数不限）`
    : `至少再增 ${count} 个单位的 ${count} 名${experts}（各来自一个新单位，无须回避，评审件数不限）`;
  const listed = raises.slice(0, 3).map(({ reviewer, by }) => `${reviewer} 提高 ${by} 份`);
  const total = raises.reduce((sum, { by }) => sum + by, 0);
  const raise = `，或把评审上限合计提高 ${total} 份（${listed.join("、")}${raises.length > 3 ? "等" : ""}）`;
  return `${more}${raises.length > 0 ? raise : ""}。`;
}

/** The reviews that no plan can supply, however uneven: demand less the greatest flow. */
export function countUnmet(problem: AssignmentProblem): number {
  const eligible = findEligiblePairs(problem);
  const filled = fillMost({ ...eligible, pairs: listCandidates(eligible, Number.POSITIVE_INFINITY) });
  return eligible.demand.reduce((sum, demand, s) => sum + demand - (filled[s] ?? 0), 0);
}
