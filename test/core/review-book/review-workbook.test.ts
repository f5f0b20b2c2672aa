import { describe, expect, test } from "vitest";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { newReviewWorkbook } from "../../../apps-script/core/review-book/review-workbook.ts";
import { decisions } from "../../../apps-script/core/schema/choices.ts";
import { whichWorkbook } from "../../../apps-script/core/tables/which-workbook.ts";
import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { notice } from "../review-fixture.ts";

const patch = newReviewWorkbook(notice);
const made = applyPatch({ sheets: [] }, patch);
const rulings = patch.sheets.find(({ name }) => name === "裁定");

describe("裁定 of a new review workbook", () => {
  const { decisions: table } = readReview(made, notice).tables;
  const texts = sheetNamed(made, "裁定").rows.map((row) => row.map(cellText).join("\n"));

  test("has a title and says what each decision does, before the table", () => {
    expect(table).toMatchObject({ headerRow: 3, lastRow: 3, rows: [] });
    expect(texts[0]).toContain("裁定");
    for (const decision of Object.values(decisions)) expect(texts[1]).toContain(`${decision}：`);
    expect(rulings?.layout?.frozen).toEqual({ rows: 3, columns: 0 });
  });

  test("offers its choices from the first row below the header on", () => {
    const offered = (rulings?.layout?.validations ?? []).map(({ area }) => [area.left, area.top]);
    expect(offered).toEqual(["decision", "kind", "award"].map((key) => [table.positions.get(key as "kind"), 4]));
  });

  test("is yellow where a decision lacks what it needs", () => {
    const at = (key: "decision" | "kind" | "award") => `$${columnLetters(table.positions.get(key) ?? 0)}4`;
    expect((rulings?.layout?.conditionalFormats ?? []).map(({ formula }) => formula)).toEqual([
      `AND(${at("decision")}="取消资格",LEN(${at("kind")})=0)`,
      `AND(${at("decision")}="调整奖项",LEN(${at("award")})=0)`,
    ]);
  });
});

describe("说明 of a new review workbook", () => {
  const text = sheetNamed(made, "说明").rows.flat().map(cellText).join("\n");

  test("stands first, and the workbook is known as what it is", () => {
    expect(made.sheets[0]?.name).toBe("说明");
    expect(whichWorkbook(made.sheets.map(({ name }) => name))).toBe("review");
  });

  test("names every other sheet and whom the workbook is for", () => {
    for (const { name } of made.sheets.slice(1)) expect(text).toContain(name);
    expect(text).toMatch(/管理员[\s\S]*不要发给任何人/);
  });
});
