import type { AwardData, Expert, Liaison, Unit } from "../../award/award.ts";
import type { Cited, Notice } from "../../notice/notice.ts";
import { unitNameKey } from "../../text/identity.ts";

/** Units that must recommend people, each name once (UNIT-DUPLICATE speaks of the others). */
export function distinctUnits(award: AwardData): Unit[] {
  const seen = new Set<string>();
  return award.units.filter((unit) => {
    const name = unitNameKey(unit.name);
    if (name === "" || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

export const sameUnit = (a: Unit | undefined, b: Unit): boolean =>
  a === b || (a !== undefined && unitNameKey(a.name) === unitNameKey(b.name));

/** `还差 2 名` / `多出 1 名`. */
export function describeGap(actual: number, wanted: number): string {
  return actual < wanted ? `还差 ${wanted - actual} 名，请补报` : `多出 ${actual - wanted} 名，请核减`;
}

/** Experts that are too few or too many; `stage` is "" at a direct school, where all stages count together. */
export interface ExpertGap {
  readonly stage: string;
  readonly actual: number;
  readonly wanted: Cited<number>;
}

/** @param own the experts of the unit; withdrawn ones and duplicates count, an unknown stage counts in none */
export function expertGaps(unit: Unit, own: readonly Expert[], { experts, stages }: Notice): ExpertGap[] {
  const counts = {
    school: [{ stage: "", actual: own.length, wanted: experts.school }],
    bureau: stages.map((stage) => ({
      stage,
      actual: own.filter((expert) => expert.stage === stage).length,
      wanted: experts.bureauPerStage,
    })),
  };
  return unit.kind === undefined ? [] : counts[unit.kind].filter(({ actual, wanted }) => actual !== wanted.value);
}

/** Several in one cell count all the same (LIAISON-CELL). */
export const countLiaisons = (own: readonly Liaison[]): number =>
  own.reduce((sum, { people }) => sum + Math.max(1, people.length), 0);
