/**
 * Whether sweeps of faults try all that they can (`npm run test:faults`, by hand or at night) or some of it, as in every run of
 * `.ci/run`, which sets `SWEEP=quick`.
 */
export const isThorough = process.env.SWEEP !== "quick";

/** All cases of a long table, or every fifth one. */
export const sampled = <T>(all: readonly T[], every = 5): readonly T[] =>
  all.filter((_, i) => isThorough || i % every === 0);
