import { expect, test } from "vitest";
import type { Submission, Unit } from "../../../apps-script/core/award/award.ts";
import { listNewPairs } from "../../../apps-script/core/panel/new-pairs.ts";
import type { ReviewExpert } from "../../../apps-script/core/panel/reviewers.ts";
import type { Rounds } from "../../../apps-script/core/panel/rounds.ts";
import type { Pair } from "../../../apps-script/core/review-book/read-review.ts";

const unit = (name: string) => ({ name }) as Unit;
const expert = (id: string, nominator: string, fields: readonly string[] = []) =>
  ({ id, nominators: [unit(nominator)], fields }) as unknown as ReviewExpert;
const experts = [expert("E001", "甲局", ["teaching"]), expert("E002", "乙局", ["research"]), expert("E003", "乙局")];
const submission = (key: string) => ({ key, id: key, field: { key: "teaching" } }) as unknown as Submission;
const participants = [
  { submission: submission("b"), reviewId: "P2" },
  { submission: submission("a"), reviewId: "P1" },
];
const kept = [{ reviewId: "P1", expert: "E001" }] as unknown as readonly Pair[];
/** The first new one makes up the first round, the second is for 复评. */
const rounds: Rounds = {
  demandOf: () => 0,
  roundOf: (_id, there, nth) => (there.length + nth > 2 ? "arbitration" : "first"),
};
const pairs = [
  { submission: "a", reviewer: "E001", locked: true },
  { submission: "a", reviewer: "E002", locked: false },
  { submission: "a", reviewer: "E003", locked: false },
  { submission: "b", reviewer: "E001", locked: false },
];

const told = (home: Unit | undefined) =>
  listNewPairs(pairs, { participants, home }, experts, rounds, kept, false).map(
    ({ reviewId, expert: { id }, round, reason }) => [reviewId, id, round, reason],
  );

test("what is new, by 评审编号 and expert, with round and reason", () => {
  expect(told(undefined)).toEqual([
    ["P1", "E002", "first", "领域不匹配（为使评审量均衡）；3 名专家来自 2 个推荐单位"],
    ["P1", "E003", "arbitration", "极差超过阈值，增加一名专家复评；未填擅长领域；3 名专家来自 2 个推荐单位"],
    ["P2", "E001", "first", "领域匹配；1 名专家来自 1 个推荐单位"],
  ]);
});

test("in a unit's own review nobody asks which units the experts come from", () => {
  expect(told(unit("甲局")).map(([, , , reason]) => reason)).toEqual([
    "领域不匹配（为使评审量均衡）",
    "极差超过阈值，增加一名专家复评；未填擅长领域",
    "领域匹配",
  ]);
});

test.for([
  { severitiesTold: true, reason: "获奖与否最难分辨，加评一名宽严适中的专家" },
  { severitiesTold: false, reason: "获奖与否最难分辨，加评一名专家（宽严尚不能判定，未作挑选）" },
])("加评, severities known: $severitiesTold", ({ severitiesTold, reason }) => {
  const spare: Rounds = { demandOf: () => 0, roundOf: () => "spare" };
  const [added] = listNewPairs(pairs, { participants, home: unit("甲局") }, experts, spare, kept, severitiesTold);
  expect(added?.reason).toBe(`${reason}；领域不匹配（为使评审量均衡）`);
});
