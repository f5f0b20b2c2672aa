import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { describeCancellation, readRulings } from "../../../apps-script/core/review-book/rulings.ts";
import { typeCell } from "../in-memory-workbook.ts";
import { assigned, notice, recommendedSubmission, shared } from "../review-fixture.ts";

const review = assigned(shared({}, 2));
const twoAwards = { 奖项及比例: "一等奖 10%；二等奖 20%" };

function rule({ cancelled = false, row }: { cancelled?: boolean; row: readonly (string | null)[] }) {
  const [first, second] = [0, 1].map(recommendedSubmission);
  const submissions = [{ ...first, ...(cancelled && { status: "取消资格" }) }, { ...second }];
  const award = readAward(shared({ submissions, settings: twoAwards }), notice);
  const cells = [String(first?.id), ...row];
  const book = cells.reduce((found, value, c) => (value ? typeCell(found, "裁定", 4, c + 1, value) : found), review);
  const { inForce, unapplied } = readRulings(readReview(book, notice), award);
  return { decision: [...inForce.values()].at(0), told: unapplied.map(({ reason }) => reason) };
}

describe("the award that 调整奖项 gives", () => {
  const adjust = (reason: string, award: string | null = null) =>
    rule({ row: ["调整奖项", null, reason, null, null, award] });

  test.for([
    { name: "the column", reason: "不宜二等奖", column: "一等奖", award: "一等奖" },
    { name: "the only one that the reason names", reason: "增补为二等奖", column: null, award: "二等奖" },
  ])("is that of $name", ({ reason, column, award }) => {
    const { decision, told } = adjust(reason, column);
    expect(told).toEqual([]);
    expect(decision?.award).toBe(award);
  });

  test.for([
    { name: "two awards", reason: "由一等奖改为二等奖" },
    { name: "no award", reason: "酌情" },
  ])("is not guessed from a reason that names $name", ({ reason }) => {
    const { decision, told } = adjust(reason);
    expect(decision).toBeUndefined();
    expect(told).toEqual([expect.stringContaining("没有写明调整后的奖项")]);
  });
});

test.for([
  {
    name: "kind and reason",
    row: ["取消资格", "抄袭剽窃", "与论文雷同"],
    text: "裁定取消资格（抄袭剽窃）：与论文雷同",
  },
  { name: "a kind", row: ["取消资格", "抄袭剽窃"], text: "裁定取消资格（抄袭剽窃）" },
  { name: "a reason", row: ["取消资格", null, "与论文雷同"], text: "裁定取消资格：与论文雷同" },
  { name: "neither", row: ["取消资格"], text: "裁定取消资格" },
])("a submission that is cancelled in 案例 may be ruled out with $name", ({ row, text }) => {
  const { decision, told } = rule({ cancelled: true, row });
  expect(told).toEqual([]);
  expect(decision && describeCancellation(decision)).toBe(text);
});
