import { describe, expect, test } from "vitest";
import { buildScoreSheets, type ScoreSheetFile } from "../../../apps-script/core/score-sheets/packets.ts";
import { readScoreSheets } from "../../../apps-script/core/score-sheets/read-score-sheet.ts";
import { updateScoreSheet } from "../../../apps-script/core/score-sheets/update-score-sheet.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { type CellValue, emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
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

/** Links between 评分 and 案例正文 that do not lead to the row of the same 评审编号. */
const broken = (snapshot: WorkbookSnapshot): string[] => {
  const at = (sheet: string, row: number) => {
    const { rows } = sheetNamed(snapshot, sheet);
    return cellText(rows[row - 1]?.[(rows[2] ?? []).map(cellText).indexOf("评审编号")] ?? null);
  };
  return ["评分", "案例正文"].flatMap((name) =>
    sheetNamed(snapshot, name).rows.flatMap((cells, i) =>
      cells.flatMap((value) => {
        const link = typeof value === "object" && value?.kind === "link" ? value.target : undefined;
        const [, sheet = "", row] = /^#'(.+)'!A(\d+)$/.exec(link ?? "") ?? [];
        if (link === undefined || sheet === "评分标准") return [];
        return at(sheet, Number(row)) === at(name, i + 1) ? [] : [`${name} ${i + 1} → ${link}`];
      }),
    ),
  );
};

/** The sheet as versions made it that had 状态 and 总分 behind the items. */
const inEarlierOrder = (snapshot: WorkbookSnapshot): WorkbookSnapshot => {
  const labels = (sheetNamed(snapshot, "评分").rows[2] ?? []).map(cellText);
  const lead = ["评审编号", "领域", "学段", "案例名称", "评审材料"];
  const tail = ["总分", "评语", "回避", "状态"];
  const order = [...lead, ...labels.filter((label) => ![...lead, ...tail].includes(label)), ...tail];
  const moved = (row: readonly CellValue[]) => order.map((label) => row[labels.indexOf(label)] ?? null);
  return {
    sheets: snapshot.sheets.map((each) =>
      each.name === "评分" ? { ...each, rows: each.rows.map((row, i) => (i < 2 ? row : moved(row))) } : each,
    ),
  };
};

describe("a score sheet that an expert has", () => {
  test("gets the submissions assigned since, below", () => {
    const after = update(whole, made(earlier(2)));
    const ids = readScoreSheets(after.sheets, notice)[0]!.rows.map((row) => row.reviewId);
    expect(ids.slice(0, 2)).toEqual(earlier(2).submissions.map((s) => s.reviewId));
    expect([...ids].sort()).toEqual(whole.submissions.map((s) => s.reviewId).sort());
    const texts = (snapshot: WorkbookSnapshot) => sheetNamed(snapshot, "案例正文").rows.map((row) => row.map(cellText));
    expect(texts(after)).toEqual(texts(made(whole)));
    expect(broken(after)).toEqual([]);
    expect(sheetNamed(after, "评分标准").rows).toEqual(sheetNamed(made(whole), "评分标准").rows);
  });

  test("new rows calculate their own total and state", () => {
    const after = update(whole, made(earlier(2)));
    const formulas = scores(after)[6]!.flatMap((v) =>
      typeof v === "object" && v?.kind === "formula" ? v.formula : [],
    );
    expect(formulas.some((formula) => /^IF\(COUNT\([A-Z]+7:[A-Z]+7\)=0/.test(formula))).toBe(true);
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

  test("of an earlier version keeps the order of its columns", () => {
    const old = inEarlierOrder(made(earlier(2)));
    const column = (scores(old)[2] ?? []).map(cellText).indexOf("回避") + 1;
    const typed = typeCell(old, "评分", 4, column, "是，本人参与指导");
    const after = update(whole, typed);
    expect(scores(after)[2]).toEqual(scores(old)[2]);
    expect(broken(after)).toEqual([]);
    const read = readScoreSheets(after.sheets, notice)[0]!.rows;
    expect([...read.map((row) => row.reviewId)].sort()).toEqual(whole.submissions.map((s) => s.reviewId).sort());
    expect(cellText(scores(after)[3]?.[column - 1] ?? null)).toBe("是，本人参与指导");
    const [total, state] = ["总分", "状态"].map((label) => (scores(old)[2] ?? []).map(cellText).indexOf(label));
    expect(scores(after)[6]?.[total ?? 0]).toMatchObject({ kind: "formula" });
    expect(scores(after)[6]?.[state ?? 0]).toMatchObject({ kind: "formula" });
  });

  test("with a column renamed: refused with the remedy", () => {
    const existing = typeCell(made(whole), "评分", 3, 2, "别的");
    expect(() => updateScoreSheet(whole, existing, notice)).toThrow("第 3 行找不到“状态”");
  });
});
