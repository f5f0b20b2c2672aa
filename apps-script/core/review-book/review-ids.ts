import { createDraw, hashText } from "../assignment/seeded-random.ts";
import type { Submission } from "../award/award.ts";
import { compareText } from "../text/compare.ts";

/** Five digits leave room for twice as many submissions as a region of this size sends. */
const fewestDigits = 5;

/**
 * 评审编号 for submissions that have none: unused numbers, drawn in an order that the seed shuffles, so that a number
 * gives away neither unit nor author nor the order of entry. The same whatever the order of the rows.
 *
 * Those of a unit's own review begin with another letter and are drawn anew: 专家编号 are the same in every review, so a
 * score sheet that comes back to the wrong one is known by nothing but its 评审编号.
 *
 * @param unit 单位名称 of the unit whose own review this is
 */
export function drawReviewIds(
  submissions: readonly Submission[],
  taken: Iterable<string>,
  seed: number,
  unit?: string,
): Map<Submission, string> {
  const used = new Set(taken);
  let digits = fewestDigits;
  while (9 * 10 ** (digits - 1) < 2 * (used.size + submissions.length)) digits++;
  const lowest = 10 ** (digits - 1);
  const letter = unit === undefined ? "P" : "C";
  const draw = createDraw(hashText(seed, unit === undefined ? "review ids" : `review ids of ${unit}`));
  const shuffled = submissions
    .map((submission) => ({ submission, order: hashText(seed, submission.key) }))
    .sort((a, b) => a.order - b.order || compareText(a.submission.key, b.submission.key));
  const ids = new Map<Submission, string>();
  for (const { submission } of shuffled) {
    let id: string;
    do id = `${letter}${lowest + draw(9 * lowest)}`;
    while (used.has(id));
    used.add(id);
    ids.set(submission, id);
  }
  return ids;
}

/** Whether a text looks like a 评审编号, of this review or another. */
export const isReviewId = (text: string) => /^[PC]\d+$/.test(text);
