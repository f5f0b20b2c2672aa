import { describe, expect, test } from "vitest";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellValue, SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { defaultExperts } from "../../core/review-fixture.ts";
import {
  administrator,
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, expertsWithAddresses, newReview } from "./review-desk.ts";

type Rows = readonly (readonly CellValue[])[];
const headerRow = 3;
/** So few that each has several submissions. */
const fewExperts = expertsWithAddresses(defaultExperts().filter((_, i) => i % 5 === 0));

function sheetOf(name: string, rows: Rows): SheetPatch {
  const edits = rows.flatMap((cells, r) =>
    cells.flatMap((value, c) => (value === null || value === "" ? [] : [{ row: r + 1, column: c + 1, value }])),
  );
  return { name, createBefore: null, edits };
}

/** An award whose first online score sheet is what `change` makes of its rows; its owner has taken the locks away. */
function returned(change: (blank: Rows, filled: Rows) => SheetPatch[]) {
  const award: LocalAward = newReview({ experts: fewExperts }, 12);
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  const [[name = "", file] = []] = [...scoreSheets(award)].filter(
    ([, { id }]) => cellsOf(award, id, "评分").length >= headerRow + 2,
  );
  const expert = name.replace("评分表-", "");
  const blank = cellsOf(award, file!.id, "评分");
  fillInScores(award);
  const filled = cellsOf(award, file!.id, "评分");
  const texts = sheetOf("案例正文", cellsOf(award, file!.id, "案例正文"));
  const replaced = award.google.addSpreadsheet("我评的", administrator, { sheets: [...change(blank, filled), texts] });
  const listed = cellsOf(award, award.review, "在线评分表");
  const row = listed.findIndex((cells) => cells[0] === expert) + 1;
  award.google.edit(award.review, administrator, { sheet: "在线评分表", row, column: 2, values: [[replaced]] });
  runReview(award, "collectScores");
  finishJob(award);
  const scores = cellsOf(award, award.review, "评分").filter((cells) => cells[1] === expert);
  const { problems } = runReview(award, "loadProgress") as { problems: readonly string[] };
  return { expert, count: filled.length - headerRow, filled, scores, problems };
}

describe("an online score sheet that somebody changed", () => {
  test.for(["评分 (2)", "“评分”的副本", "工作表1"])("%s, filled beside the empty sheet, is read", (name) => {
    const { count, scores, problems } = returned((blank, filled) => [sheetOf("评分", blank), sheetOf(name, filled)]);
    expect(scores).toHaveLength(count);
    expect(problems).toEqual([]);
  });

  test("two that disagree are told by their names", () => {
    const { problems } = returned((_, filled) => {
      const column = filled[headerRow - 1]!.findIndex((label) => String(label).startsWith("理念创新"));
      const other = filled.map((cells, r) =>
        cells.map((v, c) => (r === headerRow && c === column ? (v === 1 ? 2 : 1) : v)),
      );
      return [sheetOf("评分", filled), sheetOf("评分 (2)", other)];
    });
    expect(problems).toEqual([expect.stringMatching(/在 我评的（E\d+） 里有两处.*“评分”第 4 行.*“评分 \(2\)”第 4 行/)]);
  });

  test("titles and scores sorted without 评审编号: those rows are rejected", () => {
    const { expert, filled, scores, count, problems } = returned((_, rows) => {
      const [first, second] = [rows[headerRow]!, rows[headerRow + 1]!];
      const sorted = rows.map((cells, r) =>
        r === headerRow
          ? [first[0]!, ...second.slice(1)]
          : r === headerRow + 1
            ? [second[0]!, ...first.slice(1)]
            : cells,
      );
      return [sheetOf("评分", sorted)];
    });
    expect(scores).toHaveLength(count - 2);
    expect(problems).toHaveLength(2);
    for (const problem of problems) {
      for (const named of [
        `我评的（${expert}）`,
        cellText(filled[headerRow]![0]!),
        cellText(filled[headerRow + 1]![0]!),
        filled[headerRow]![3],
      ])
        expect(problem).toContain(named);
    }
  });
});

test("a link that tells who applies is hidden online too, and told", () => {
  const award = newReview({}, 8);
  assign(award);
  const reviewed = cellsOf(award, award.review, "参评案例");
  const cases = cellsOf(award, award.shared, "案例");
  const column = (rows: Rows, label: string) => rows[0]!.indexOf(label);
  const id = reviewed[1]![column(reviewed, "案例编号")];
  const author = cases.find((cells) => cells[column(cases, "案例编号")] === id)![column(cases, "第一作者")];
  const link = `https://example.org/v/${encodeURIComponent(String(author))}`;
  const at = column(reviewed, "评审材料") + 1;
  award.google.edit(award.review, administrator, { sheet: "参评案例", row: 2, column: at, values: [[link]] });
  runReview(award, "makeScoreSheets");
  finishJob(award);
  const shown = [...scoreSheets(award).values()].flatMap((file) => cellsOf(award, file.id, "评分").flat());
  expect(shown).not.toContain(link);
  expect((runReview(award, "loadProgress") as { message: string }).message).toContain("1 个案例");
});
