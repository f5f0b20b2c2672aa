import { describe, expect, test } from "vitest";
import { buildScoreSheets, type ScoreSheetFile } from "../../../apps-script/core/score-sheets/packets.ts";
import { readScoreSheets } from "../../../apps-script/core/score-sheets/read-score-sheet.ts";
import { updateScoreSheet } from "../../../apps-script/core/score-sheets/update-score-sheet.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, items, notice, shared } from "../review-fixture.ts";

const award = shared();
const whole = buildScoreSheets(award, assigned(award), notice).find((file) => file.submissions.length >= 4)!;
const made = (file: ScoreSheetFile) => applyPatch(emptySnapshot, file.patch);
/** The sheet as it was before the last submissions were assigned. */
const earlier = (left: number): ScoreSheetFile => {
  const ids = new Set(whole.submissions.slice(left).map((s) => s.reviewId));
  const review = assigned(award);
  const pairs = sheetNamed(review, "分派");
  const kept = pairs.rows.filter((row) => row[2] !== whole.expert || !ids.has(String(row[0])));
  const others = review.sheets.map((sheet) => (sheet === pairs ? { ...sheet, rows: kept } : sheet));
  return buildScoreSheets(award, { sheets: others }, notice).find((file) => file.expert === whole.expert)!;
};
const update = (file: ScoreSheetFile, existing: WorkbookSnapshot) =>
  applyPatch(existing, updateScoreSheet(file, existing, notice));
const scores = (snapshot: WorkbookSnapshot) => sheetNamed(snapshot, "评分").rows;
const firstItem =
  sheetNamed(made(whole), "评分").rows[2]!.findIndex((label) => String(label).startsWith(items[0]!.label)) + 1;

describe("a score sheet that an expert has", () => {
  test("gets the submissions assigned since, below", () => {
    const after = update(whole, made(earlier(2)));
    const ids = readScoreSheets(after.sheets, notice)[0]!.rows.map((row) => row.reviewId);
    expect(ids.slice(0, 2)).toEqual(earlier(2).submissions.map((s) => s.reviewId));
    expect([...ids].sort()).toEqual(whole.submissions.map((s) => s.reviewId).sort());
    expect(sheetNamed(after, "案例正文").rows).toEqual(sheetNamed(made(whole), "案例正文").rows);
    expect(sheetNamed(after, "评分标准").rows).toEqual(sheetNamed(made(whole), "评分标准").rows);
  });

  test("new rows calculate their own total and state", () => {
    const after = update(whole, made(earlier(2)));
    const total = scores(after)[6]!.find((value) => typeof value === "object" && value?.kind === "formula");
    expect(total).toMatchObject({ formula: expect.stringMatching(/^IF\(COUNT\([A-Z]+7:[A-Z]+7\)=0/) });
  });

  test("what was typed stays, wherever", () => {
    let existing = made(earlier(2));
    existing = typeCell(existing, "评分", 4, firstItem, 7.5);
    existing = typeCell(existing, "评分", 5, firstItem + items.length + 1, "很扎实");
    const after = update(whole, existing);
    expect(scores(after).slice(0, 5)).toEqual(scores(existing).slice(0, 5));
  });

  test("again changes nothing", () => {
    const once = update(whole, made(earlier(2)));
    expect(update(whole, once)).toEqual(once);
  });

  test("a material link filled in since is told", () => {
    const [first] = whole.submissions;
    const linked = {
      ...whole,
      submissions: whole.submissions.map((s) => (s === first ? { ...s, material: "https://example.org/p1" } : s)),
    };
    const after = update(linked, made(whole));
    expect(scores(after)[3]).toContain("https://example.org/p1");
    expect(scores(after).slice(4)).toEqual(scores(made(whole)).slice(4));
  });

  test("a row whose assignment was withdrawn stays", () => {
    const existing = made(whole);
    expect(scores(update(earlier(2), existing))).toEqual(scores(existing));
  });

  test("with its columns moved: refused with the remedy", () => {
    const existing = typeCell(made(whole), "评分", 3, 2, "别的");
    expect(() => updateScoreSheet(whole, existing, notice)).toThrow("第 3 行找不到“领域”");
  });
});
