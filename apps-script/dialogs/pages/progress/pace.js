/** Milliseconds between two looks at a job: quick while it moves, slower the longer nothing happens. */
const quickest = 2000;
const slowest = 30000;
const growth = 1.5;
export const firstDelay = quickest;
export function nextDelay(delay, moved) {
  return moved ? quickest : Math.min(slowest, Math.round(delay * growth));
}
