import { describe, expect, test } from "vitest";
import {
  explainPattern,
  fillMaterials,
  readMaterialTable,
} from "../../../apps-script/core/review-book/fill-materials.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { assigned, notice, shared } from "../review-fixture.ts";

const review = assigned(shared({}, 3));
const reviewed = readReview(review, notice).reviewed;
const [first, second] = reviewed;
const materialsOf = (snapshot: typeof review) => readReview(snapshot, notice).reviewed.map(({ material }) => material);
const filledBy = (source: Parameters<typeof fillMaterials>[2], snapshot = review) => {
  const outcome = fillMaterials(snapshot, notice, source);
  return { ...outcome, after: materialsOf(applyPatch(snapshot, { sheets: [outcome.patch] })) };
};

describe("a pattern", () => {
  test("puts each number in its place, fit for an address", () => {
    const { filled, missing, after } = filledBy("https://example.org/{案例编号}/{评审编号}.zip");
    expect(after).toEqual(reviewed.map(({ id, reviewId }) => `https://example.org/${id}/${reviewId}.zip`));
    expect([filled, missing]).toEqual([reviewed.length, []]);
  });

  test("what stands there already stays and is told; a second run changes nothing", () => {
    const { row } = first!.record;
    const column = review.sheets.find(({ name }) => name === "参评案例")!.rows[0]!.indexOf("评审材料") + 1;
    const typed = applyPatch(review, { sheets: [{ name: "参评案例", edits: [{ row, column, value: "光盘一" }] }] });
    const { after, kept, patch } = filledBy("盘符/{评审编号}", typed);
    expect(after[0]).toBe("光盘一");
    expect(kept).toEqual([{ row, reviewId: first!.reviewId, now: "光盘一", offered: `盘符/${first!.reviewId}` }]);
    const again = filledBy("盘符/{评审编号}", applyPatch(typed, { sheets: [patch] }));
    expect([again.filled, again.patch.edits]).toEqual([0, []]);
  });

  test.for([
    { pattern: "https://example.org/{评审编号}", says: undefined },
    { pattern: "https://example.org/all.zip", says: "否则所有案例的材料都一样" },
    { pattern: "https://example.org/{编号}", says: "不能写“编号”" },
  ])("$pattern", ({ pattern, says }) => {
    const told = explainPattern(pattern);
    if (says === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(says);
  });
});

describe("a table", () => {
  const table = (...rows: CellValue[][]) => readMaterialTable({ rows });

  test.for<{ name: string; rows: CellValue[][] }>([
    { name: "without a header", rows: [["NUMBER", "一.zip"]] },
    { name: "with a header below a title", rows: [["材料清单"], ["评审编号", "评审材料"], ["NUMBER", "一.zip"]] },
    {
      name: "columns the other way round",
      rows: [
        ["链接", "备注", "案例编号"],
        ["一.zip", "", "NUMBER"],
      ],
    },
    { name: "a link", rows: [["NUMBER", { kind: "link", text: "点这里", target: "https://example.org/一" }]] },
  ])("$name, by either number", ({ rows }) => {
    for (const number of [first!.reviewId, first!.id.toLowerCase(), ` ${first!.reviewId} `]) {
      const typed = rows.map((row) => row.map((value) => (value === "NUMBER" ? number : value)));
      expect(filledBy(table(...typed)).after[0]).toMatch(/一(\.zip)?$/);
    }
  });

  test("what cannot be used is told by its row; cases without material are named", () => {
    const { rejected, filled, missing } = filledBy(
      table(
        ["评审编号", "材料"],
        [first!.reviewId, "一.zip"],
        ["R999", "二.zip"],
        [second!.reviewId, ""],
        ["", "三.zip"],
        [first!.id, "四.zip"],
      ),
    );
    expect(rejected).toEqual([
      { row: 3, reason: "“R999”不是“参评案例”表里的评审编号或案例编号" },
      { row: 4, reason: `“${second!.reviewId}”没有写材料` },
      { row: 5, reason: "“三.zip”前面没有编号" },
      { row: 6, reason: `“${first!.id}”与第 2 行说法不一，用了那一行的` },
    ]);
    expect(filled).toBe(1);
    expect(missing).toEqual(reviewed.slice(1).map(({ reviewId }) => reviewId));
  });
});
