import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { rememberUnitNames } from "../../../apps-script/core/award/unit-names.ts";
import { readRanking } from "../../../apps-script/core/ranking/read-ranking.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, notice, shared } from "../review-fixture.ts";

const given = shared({}, 6);
const first = assigned(given, { reviews: 1 });

/** The review workbook with a row in 汇总 or 结果. */
function withRow(sheet: string, cells: Readonly<Record<string, CellValue>>, review = first) {
  const { rows } = sheetNamed(review, sheet);
  const header = (rows[0] ?? []).map(String);
  return Object.entries(cells).reduce(
    (book, [label, value]) => typeCell(book, sheet, rows.length + 1, header.indexOf(label) + 1, value),
    review,
  );
}

const read = (review: typeof first, award = given) => readRanking(readAward(award, notice), readReview(review, notice));

describe("结果 read back", () => {
  test.for([
    { award: "优秀案例", wins: true },
    { award: "未获奖", wins: false },
    { award: "", wins: false },
  ])("award “$award” wins: $wins", ({ award, wins }) => {
    const { results } = read(withRow("结果", { 案例编号: "A001", 推荐单位: "兴庆区教育局", 奖项: award }));
    expect(results).toMatchObject([{ id: "A001", award, isWinner: wins }]);
  });

  test("a row is its submission's in whatever letters, and after its unit has another name", () => {
    const award = readAward(given, notice);
    const [submission] = award.submissions;
    const { id = "", nominator = "" } = submission ?? {};
    const review = withRow("结果", { 案例编号: id.toLowerCase(), 推荐单位: nominator, 奖项: "优秀案例" });
    expect(read(review).results[0]?.key).toBe(submission?.sharedKey);
    const remembered = applyPatch(given, { sheets: rememberUnitNames(given, award.units) });
    const names = sheetNamed(remembered, "单位").rows;
    const row = names.findIndex((cells) => cells.includes(nominator)) + 1;
    const renamed = typeCell(remembered, "单位", row, (names[0] ?? []).indexOf("单位名称") + 1, "新名教育局");
    const after = typeCell(
      renamed,
      "案例",
      2,
      (sheetNamed(renamed, "案例").rows[0] ?? []).indexOf("推荐单位") + 1,
      "新名教育局",
    );
    const [moved] = readAward(after, notice).submissions;
    expect(moved?.nominator).toBe("新名教育局");
    expect(read(review, after).results[0]?.key).toBe(moved?.sharedKey);
  });

  test("the same number of two units is two submissions", () => {
    const one = withRow("结果", { 案例编号: "A001", 推荐单位: "兴庆区教育局", 奖项: "优秀案例" });
    const two = withRow("结果", { 案例编号: "A001", 推荐单位: "同心县教育局", 奖项: "" }, one);
    expect(new Set(read(two).results.map(({ key }) => key)).size).toBe(2);
  });
});

test("a line of 汇总 without 评审编号 is a submission that nobody has been asked to review, in whatever letters", () => {
  const waiting = withRow("汇总", { 案例编号: "A009", 备注: "待评：未分派" });
  const both = withRow("汇总", { 评审编号: "P10001", 案例编号: "A010" }, waiting);
  const { isUnassigned, lines } = read(both);
  expect(["A009", "a００9", "A010", "A011"].map(isUnassigned)).toEqual([true, true, false, false]);
  expect(lines).toHaveLength(2);
});
