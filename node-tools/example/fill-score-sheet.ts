import { parse } from "node:path";
import { defaultNotice } from "../../apps-script/core/notice/built-in.ts";
import { scoreSheet } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import type { CellEdit } from "../../apps-script/core/workbook/port.ts";
import { CalculatedWorkbook } from "../award-files/formula-values.ts";
import { readWorkbook } from "../office-files/workbook.ts";
import { inventScores } from "./invent-scores.ts";

/** Fills in a score sheet as an expert would, with invented scores: for the bundled example and for tests. */
export function fillScoreSheet(path: string, notice = defaultNotice, seed = notice.defaults.seed): Uint8Array {
  const workbook = new CalculatedWorkbook(readWorkbook(path), () => true);
  const table = readTable(workbook.snapshot, scoreSheet(notice), [scoreSheet(notice).label]);
  const rows = table.rows.filter((row) => row.text("reviewId") !== "");
  const invented = inventScores(
    seed,
    parse(path).name,
    rows.map((row) => row.text("reviewId")),
    notice.rubric.items,
  );
  const edits: CellEdit[] = rows.flatMap((row, i) =>
    notice.rubric.items.flatMap((item): CellEdit[] => {
      const column = table.positions.get(`item.${item.key}`);
      const value = invented[i]?.[item.key];
      return column === undefined || value === undefined ? [] : [{ row: row.row, column, value }];
    }),
  );
  workbook.apply({ sheets: [{ name: table.name, edits }] });
  return workbook.toBuffer();
}
