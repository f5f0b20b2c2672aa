import type { AwardData, Submission } from "../award/award.ts";
import { mostRowsKept } from "../text/per-object.ts";

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

/** Computes what one case alone tells once, however many rules ask for it; in a unit's form however often it is judged. */
export function perCase<T, Award extends AwardData = AwardData>(
  compute: (submission: Submission, award: Award) => T,
): (submission: Submission, award: Award) => T {
  const known = new WeakMap<Submission, Pick<AwardData, "settings" | "units"> & { readonly value: T }>();
  /** By row. */
  const knownOnce = perAward((): { readonly submission: Submission; readonly value: T }[] => []);
  return (submission, award) => {
    const { settings, units } = award;
    if (!keepsEachCase(award)) {
      const values = knownOnce(award);
      const { row } = submission.record;
      const before = values[row];
      if (before?.submission === submission) return before.value;
      const value = compute(submission, award);
      values[row] = { submission, value };
      return value;
    }
    const before = known.get(submission);
    if (before?.settings === settings && before.units === units) return before.value;
    const value = compute(submission, award);
    known.set(submission, { settings, units, value });
    return value;
  };
}

/** Whether what was made of its rows is remembered. */
export const keepsEachCase = ({ submissions }: AwardData): boolean => submissions.length <= mostRowsKept;
