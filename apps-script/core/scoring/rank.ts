import type { Award } from "../notice/notice.ts";
import { compareText } from "../text/compare.ts";
import type { Aggregate } from "./aggregate.ts";
import { awardLines, awardOfRun, type TieRun } from "./awards.ts";
import { compareFractions } from "./fraction.ts";

/** What the committee has decided about a submission by hand. */
export type Ruling =
  | { readonly kind: "cancel" }
  /** Index into the awards; awards.length = none. */
  | { readonly kind: "adjust"; readonly award: number }
  /** What the ranking gives stands, also for a tie at the award line. */
  | { readonly kind: "uphold" };

/** A submission with all its reviews. */
export interface Contender {
  readonly id: string;
  readonly aggregate: Aggregate;
  readonly ruling: Ruling | undefined;
}

export interface RankedContender {
  readonly id: string;
  /** Shared by contenders that tie in everything: 1, 2, 2, 4. */
  readonly rank: number;
  /** Index into the awards; awards.length = none. */
  readonly award: number;
  readonly adjusted: boolean;
  /** Where this contender ties at the line of an award and the committee has to decide. */
  readonly tie?: {
    /** Index of that award. */
    readonly award: number;
    /** Awards that are left for those who tie. */
    readonly places: number;
  };
}

/**
 * Best first: final score, then the dimensions of `tieOrder` in turn, then the lower 极差; 0 where all of them are equal.
 *
 * @param tieOrder keys of dimensions, from the notice's rubric
 */
export function compareAggregates(a: Aggregate, b: Aggregate, tieOrder: readonly string[]): number {
  const byScore = compareFractions(b.final, a.final);
  if (byScore !== 0) return byScore;
  for (const key of tieOrder) {
    const [lower, higher] = [a.dimensions[key], b.dimensions[key]];
    const byDimension = lower && higher ? compareFractions(higher, lower) : 0;
    if (byDimension !== 0) return byDimension;
  }
  return a.range - b.range;
}

/** Runs of contenders that tie, best first. */
function findRuns(sorted: readonly Contender[], tieOrder: readonly string[]): Contender[][] {
  const runs: Contender[][] = [];
  for (const contender of sorted) {
    const [last] = runs.slice(-1);
    if (last?.[0] && compareAggregates(last[0].aggregate, contender.aggregate, tieOrder) === 0) last.push(contender);
    else runs.push([contender]);
  }
  return runs;
}

interface Place {
  readonly contender: Contender;
  readonly run: TieRun;
}

/**
 * Ranks one group and gives the awards.
 *
 * The number of awards is a share of all contenders, those cancelled by a ruling included: the next in line moves up
 * into their place. A contender whose award the committee has adjusted holds that award and leaves the line; its own
 * place goes with it if it stood above or at the line, and is free for the next in line if it lost the award. An award
 * given to one from below the line comes on top and takes nobody's place. A tie across a line is open until adjustments
 * leave no tie there, or all who are left in it are upheld.
 */
export function rankGroup(
  contenders: readonly Contender[],
  awards: readonly Award[],
  tieOrder: readonly string[],
): RankedContender[] {
  const lines = awardLines(awards, contenders.length);
  const sorted = contenders
    .filter((c) => c.ruling?.kind !== "cancel")
    .sort((a, b) => compareAggregates(a.aggregate, b.aggregate, tieOrder) || compareText(a.id, b.id));
  const places: Place[] = [];
  for (const run of findRuns(sorted, tieOrder)) {
    const start = places.length;
    for (const contender of run) places.push({ contender, run: { start, size: run.length } });
  }

  const adjusted = (place: Place) =>
    place.contender.ruling?.kind === "adjust" ? place.contender.ruling.award : undefined;
  const openLines = lines.map((line, award) => {
    const holders = places.filter((p) => (adjusted(p) ?? awards.length) <= award && p.run.start < line);
    return Math.max(0, line - holders.length);
  });
  const openRuns = new Map<number, TieRun>();
  let above = 0;
  for (const place of places) {
    if (adjusted(place) !== undefined) continue;
    const known = openRuns.get(place.run.start);
    openRuns.set(place.run.start, known ? { start: known.start, size: known.size + 1 } : { start: above, size: 1 });
    above++;
  }

  // Those who tie at a line stay below it where the committee upholds that for each of them.
  const upheldRuns = new Set([...openRuns.keys()]);
  for (const { contender, run } of places) if (contender.ruling === undefined) upheldRuns.delete(run.start);

  return places.map((place) => {
    const rank = place.run.start + 1;
    const award = adjusted(place);
    if (award !== undefined) return { id: place.contender.id, rank, award, adjusted: true };
    const run = openRuns.get(place.run.start) ?? place.run;
    const { award: given, tiedAtLine } = awardOfRun(openLines, run);
    const base = { id: place.contender.id, rank, award: given, adjusted: false };
    const isSettled = tiedAtLine === undefined || upheldRuns.has(place.run.start);
    if (isSettled) return base;
    return { ...base, tie: { award: tiedAtLine, places: (openLines[tiedAtLine] ?? 0) - run.start } };
  });
}
