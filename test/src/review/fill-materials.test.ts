import { expect, test } from "vitest";
import { assign, runReview } from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview } from "./review-desk.ts";

/** 评审编号 and 评审材料 of each case. */
function materials(award: ReturnType<typeof newReview>): [unknown, unknown][] {
  const [header = [], ...rows] = cellsOf(award, award.review, "参评案例");
  return rows.map((row) => [row[header.indexOf("评审编号")], row[header.indexOf("评审材料")] ?? null]);
}

const fill = (award: ReturnType<typeof newReview>, pattern: string) => {
  award.answers.push(pattern);
  runReview(award, "fillReviewMaterials");
  return award.told.at(-1);
};

test("every case by its number; a second pattern changes nothing and says so", () => {
  const award = newReview({}, 3);
  expect(fill(award, "https://x.cn/{评审编号}.zip")).toContain("“参评案例”表还是空的");
  assign(award);
  expect(fill(award, "https://x.cn/{编号}.zip")).toContain("不能写“编号”");
  expect(fill(award, "https://x.cn/{评审编号}.zip")).toContain("评审材料：新填 3 个案例，还没有的 0 个。");
  const filled = materials(award);
  expect(filled.map(([, material]) => material)).toEqual(filled.map(([id]) => `https://x.cn/${id}.zip`));
  expect(cellsOf(award, award.review, "日志").at(-1)?.[4]).toBe("新填 3，原样保留 0");
  expect(fill(award, "https://y.cn/{评审编号}.zip")).toContain("原样保留“https://x.cn/");
  expect(materials(award)).toEqual(filled);
});
