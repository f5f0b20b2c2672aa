import type { AwardData, Unit } from "../../award/award.ts";
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
