/**
 * Whether sweeps of faults try all that they can (`npm run test:faults`, by hand or at night) or some of it, as in every run of
 * `.ci/run`, which sets `SWEEP=quick`.
 */
export const isThorough = process.env.SWEEP !== "quick";

/** All cases of a long table, or every eighth one. */
export const sampled = <T>(all: readonly T[], every = 8): readonly T[] =>
  all.filter((_, i) => isThorough || i % every === 0);

/** Runs of a long property: all of them, or a third. */
export const runsOf = (count: number) => (isThorough ? count : Math.ceil(count / 3));
