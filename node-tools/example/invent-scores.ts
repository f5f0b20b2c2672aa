import { createDraw, hashPair, hashText } from "../../apps-script/core/assignment/seeded-random.ts";
import type { RubricItem } from "../../apps-script/core/notice/notice.ts";

/** In points of the whole rubric: spread of quality, of severity, of one reading, and how far a blunder lies off. */
const spread = { mean: 78, quality: 7, severity: 3, reading: 4, item: 0.7, blunder: 24 };
const oneBlunderIn = 60;

/** About normal, mean 0 and standard deviation 1: a sum of uniform draws. */
function drawNormal(seed: number): number {
  const draw = createDraw(seed);
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += draw(1 << 20) / (1 << 20);
  return sum - 6;
}

/**
 * Plausible scores of one expert, an entry for each review id in order, by item key, in steps of 0.5: a submission's
 * quality, the expert's severity and noise. A few are far off, so that some ranges call for arbitration. The same
 * arguments give the same scores, whatever stands beside them in the list.
 */
export function inventScores(
  seed: number,
  expert: string,
  reviewIds: readonly string[],
  items: readonly RubricItem[],
): Record<string, number>[] {
  const whole = items.reduce((sum, item) => sum + item.max, 0);
  const severity = drawNormal(hashText(seed, expert)) * spread.severity;
  return reviewIds.map((reviewId) => {
    const reading = hashPair(hashText(seed, expert), hashText(seed + 1, reviewId));
    const quality = drawNormal(hashText(seed + 2, reviewId)) * spread.quality;
    const blunder = reading % oneBlunderIn === 0 ? spread.blunder : 0;
    const total = spread.mean + quality - severity + drawNormal(reading) * spread.reading - blunder;
    return Object.fromEntries(
      items.map((item, i) => {
        const points = (total / whole) * item.max + drawNormal(hashPair(reading, i + 1)) * spread.item;
        return [item.key, Math.round(Math.min(item.max, Math.max(0, points)) * 2) / 2];
      }),
    );
  });
}
