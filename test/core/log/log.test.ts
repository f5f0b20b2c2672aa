import { describe, expect, test } from "vitest";
import { appendLog, appendLogBelow, isLogRow, type LogEntry } from "../../../apps-script/core/log/log.ts";
import { logSheet } from "../../../apps-script/core/schema/application.ts";
import { applyPatch, blankApplicationWorkbook, sheetNamed } from "../in-memory-workbook.ts";

const entry = (n: number): LogEntry => ({
  time: `2025-11-03 09:00:0${n}`,
  actor: "a@example.org",
  action: "检查",
  parameters: "ningxia-2025",
  outcome: `错误 ${n}`,
  inputDigest: "0",
});

function logOf(count: number) {
  let snapshot = blankApplicationWorkbook();
  for (let n = 0; n < count; n++) snapshot = applyPatch(snapshot, { sheets: [appendLog(snapshot, entry(n))] });
  return { snapshot, rows: sheetNamed(snapshot, logSheet.label).rows };
}

describe("日志 from its end alone", () => {
  test.for([0, 1, 3])("after %i rows: the row that the whole log would get", (count) => {
    const { snapshot, rows } = logOf(count);
    const last = rows[rows.length - 1] ?? [];
    const end = { name: logSheet.label, headerRow: 1, header: rows[0] ?? [], lastRow: rows.length, last };
    expect(appendLogBelow(end, entry(9))).toEqual(appendLog(snapshot, entry(9)));
  });

  test.for([
    { name: "a row", cells: (rows: readonly unknown[]) => rows[1], isRow: true },
    { name: "the header", cells: (rows: readonly unknown[]) => rows[0], isRow: false },
    {
      name: "a row of a log whose columns were moved",
      cells: (rows: readonly unknown[]) => [...(rows[1] as [])].reverse(),
      isRow: false,
    },
  ])("$name", ({ cells, isRow }) => {
    expect(isLogRow(cells(logOf(1).rows) as never)).toBe(isRow);
  });
});
