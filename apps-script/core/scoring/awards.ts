import type { Award } from "../notice/notice.ts";

/** Shares are percentages with at most four decimals; whole millionths keep 0.29 × 50 from becoming 14.499…. */
const unit = 1_000_000;

/**
 * How many submissions of a group stand above the line of each award, higher awards included: shares added up, times
 * the size of the group, rounded half up.
 */
export function awardLines(awards: readonly Award[], size: number): number[] {
  let share = 0;
  return awards.map((award) => {
    share += Math.round(award.share * unit);
    return Math.floor((share * size * 2 + unit) / (2 * unit));
  });
}

/** A run of submissions that tie in everything; `start` counts the submissions ranked above it. */
export interface TieRun {
  readonly start: number;
  readonly size: number;
}

export interface GivenAward {
  /** Index into the awards; awards.length = none. */
  readonly award: number;
  /** The run of ties lies across the line of this award: the committee has to decide. */
  readonly tiedAtLine: number | undefined;
}

/**
 * The award of a run of ties: the highest whose line the whole run stands above. A run across a line gets the award
 * below it until the committee decides, so that no award is ever given beyond its share by itself.
 */
export function awardOfRun(lines: readonly number[], run: TieRun): GivenAward {
  const award = lines.findIndex((line) => run.start + run.size <= line);
  const tied = lines.findIndex((line) => run.start < line && run.start + run.size > line);
  return { award: award < 0 ? lines.length : award, tiedAtLine: tied < 0 ? undefined : tied };
}
