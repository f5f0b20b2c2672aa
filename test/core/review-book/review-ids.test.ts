import { expect, test } from "vitest";
import type { Submission } from "../../../apps-script/core/award/award.ts";
import { drawReviewIds, isReviewId } from "../../../apps-script/core/review-book/review-ids.ts";

const submissions = Array.from({ length: 200 }, (_, i) => ({ key: `S${i}` }) as Submission);
const draw = (unit?: string) => [...drawReviewIds(submissions, [], 2025, unit).values()];

test("a number tells whether it is of the award's review or of a unit's own", () => {
  expect(draw().filter((id) => !id.startsWith("P"))).toEqual([]);
  expect(draw("兴庆区教育局").filter((id) => !id.startsWith("C"))).toEqual([]);
});

test.for([
  { name: "the award's and a unit's", one: draw(), other: draw("兴庆区教育局"), shared: 0 },
  { name: "two units'", one: draw("沙坡头区教育局"), other: draw("兴庆区教育局"), shared: 3 },
])("a score sheet of another review is told by its numbers: $name", ({ one, other, shared }) => {
  expect(one.every(isReviewId)).toBe(true);
  expect(other.every(isReviewId)).toBe(true);
  // By chance 200 of 90,000 numbers meet 200 others 0.4 times.
  expect(one.filter((id) => other.includes(id)).length).toBeLessThanOrEqual(shared);
});

test("the numbers grow by a digit when half of those there are would be given", () => {
  const given = Array.from({ length: 44_999 }, (_, i) => `P${10_000 + i}`);
  const lengthAfter = (taken: readonly string[]) =>
    [...drawReviewIds(submissions.slice(0, 1), taken, 2025).values()].map((id) => id.length);
  expect(lengthAfter(given)).toEqual([6]);
  expect(lengthAfter([...given, "P99999"])).toEqual([7]);
});
