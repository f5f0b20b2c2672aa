import type { AwardData } from "../award/award.ts";

/** Computes an index once for an award, however many rules ask for it. */
export function perAward<T>(compute: (award: AwardData) => T): (award: AwardData) => T {
  const known = new WeakMap<object, T>();
  return (award) => {
    // The context of a run is a copy of the award; its tables are the same objects.
    let index = known.get(award.tables);
    if (index === undefined) {
      index = compute(award);
      known.set(award.tables, index);
    }
    return index;
  };
}
