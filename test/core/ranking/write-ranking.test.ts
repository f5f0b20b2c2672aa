import { expect, test } from "vitest";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { assigned, notice, shared } from "../review-fixture.ts";

const award = shared({}, 6);
const review = assigned(award);
const { patch } = rankReview(award, review, notice);
const after = applyPatch(review, patch);

/** How the cells below the header look, by the labels of the columns. */
function lookOf({ name, layout }: SheetPatch) {
  const header = sheetNamed(after, name).rows[0] ?? [];
  const styles = (layout?.styles ?? []).filter(({ area }) => area.top > 1);
  const labels = (has: (style: (typeof styles)[number]["style"]) => boolean) =>
    styles.filter(({ style }) => has(style)).map(({ area }) => header[area.left - 1]);
  const numbers = (format: string) => labels((style) => style.numberFormat === format);
  return {
    name,
    points: numbers("0.00"),
    shares: numbers("0%"),
    bold: labels((style) => style.font?.bold === true),
    wrapped: labels((style) => style.wrap === true),
    conditional: (layout?.conditionalFormats ?? []).map(
      ({ area: { top, left, bottom, right }, formula }) =>
        `${columnLetters(left)}${top}:${columnLetters(right)}${bottom} ${formula}`,
    ),
  };
}

test("how 汇总, 结果, 各组情况 and 专家情况 look", () => {
  const last = 1 + sheetNamed(after, "专家情况").rows.length - 1;
  const score = ["平均分", "去极值平均分", "校准分", "标准误"];
  const dimensions = ["创新性", "实效性", "推广价值", "规范性"];
  expect(patch.sheets.slice(0, 4).map(lookOf)).toEqual([
    {
      name: "汇总",
      points: [...score, ...dimensions, "最终得分"],
      shares: ["获奖概率"],
      bold: ["名次", "最终得分", "奖项"],
      wrapped: ["案例名称", "备注"],
      conditional: ["A2:V7 LEN($D2)>0", "A2:V7 AND(LEN($B2)>0,LEN($A2)=0)", 'E2:E7 ISNUMBER(SEARCH("请在裁定表",$E2))'],
    },
    {
      name: "结果",
      points: ["最终得分"],
      shares: [],
      bold: ["名次", "最终得分", "奖项"],
      wrapped: ["案例名称", "推荐单位", "作者"],
      conditional: ["A2:I2 LEN($E2)>0"],
    },
    {
      name: "各组情况",
      points: ["获奖最低分", "平均分", "中位数", "最高分", "最低分"],
      shares: [],
      bold: ["组别", "获奖名额", "已获奖"],
      wrapped: [],
      conditional: [expect.stringMatching(/^D2:D\d AND\(ISNUMBER\(\$D2\),\$D2>0\)$/)],
    },
    {
      name: "专家情况",
      points: ["平均分", "宽严", "宽严标准误", "离散", "与同组一致性"],
      shares: ["打分雷同"],
      bold: ["宽严"],
      wrapped: ["状态", "待核实"],
      conditional: [`F2:F${last} AND(LEN($F2)>0,$F2<>"已交齐",$F2<>"无任务")`, `G2:G${last} LEN($G2)>0`],
    },
  ]);
});
