/** Milliseconds between two looks at a job: quick while it moves, slower the longer nothing happens. */
const quickest = 2_000;
const slowest = 30_000;
const growth = 1.5;

export const firstDelay = quickest;

export function nextDelay(delay: number, moved: boolean): number {
  return moved ? quickest : Math.min(slowest, Math.round(delay * growth));
}
