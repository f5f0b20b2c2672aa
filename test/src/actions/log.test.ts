import { expect, test } from "vitest";
import { appendLog } from "../../../apps-script/core/log/log.ts";
import { logSheet } from "../../../apps-script/core/schema/application.ts";
import type { CellValue, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import type { ActionContext } from "../../../apps-script/src/actions/action.ts";
import { appendDescribed } from "../../../apps-script/src/actions/log.ts";
import type { GoogleWorkbook } from "../../../apps-script/src/google/workbook.ts";

const name = logSheet.label;
const header = logSheet.columns.map(({ label }) => label);
const logged = (time: string, action: string) => [time, "张三", action, "", "好", "a".repeat(64), "b".repeat(64)];
const swapped = (row: readonly string[]) => [...row].reverse();

/** Appends a row to a log that looks like this: what is written, and which cells were read for it. */
function append(rows: readonly (readonly string[])[]) {
  const read: string[] = [];
  const patches: WorkbookPatch[] = [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  const sheet = {
    getLastRow: () => rows.length,
    getLastColumn: () => width,
    getRange: (top: number, left: number, height: number, columns: number) => {
      if (Math.min(top, left, height, columns) < 1) throw new Error("The range must hold a cell");
      read.push(`${top}+${height}`);
      const cells = Array.from({ length: height }, (_, r) =>
        Array.from({ length: columns }, (_, c) => rows[top - 1 + r]?.[left - 1 + c] ?? ""),
      );
      return { getValues: () => cells };
    },
  };
  const book = {
    spreadsheet: { getSheetByName: (wanted: string) => (wanted === name ? sheet : null) },
    apply: (patch: WorkbookPatch) => patches.push(patch),
  } as unknown as GoogleWorkbook;
  const context = { ui: undefined, user: "李四", now: "2025-11-02 09:00:00", lastWords: [] } satisfies ActionContext;
  appendDescribed(book, context, { action: "推荐", parameters: "p", outcome: "o" }, "c".repeat(64));
  return { sheets: patches.flatMap((patch) => patch.sheets), read };
}

test.for<{ what: string; rows: string[][]; read: string[] }>([
  { what: "nothing but labels", rows: [header], read: ["1+1"] },
  { what: "one row", rows: [header, logged("2025-11-01 09:00:00", "导入")], read: ["2+1"] },
  {
    what: "rows",
    rows: [header, logged("2025-11-01 09:00:00", "导入"), logged("2025-11-01 10:00:00", "检查")],
    read: ["3+1"],
  },
  {
    what: "columns in another order",
    rows: [header, logged("2025-11-01 09:00:00", "导入"), logged("2025-11-01 10:00:00", "检查")].map(swapped),
    read: ["3+1", "1+3"],
  },
])("of a log with $what little is read, and the row is the one that reading all gives", ({ rows, read }) => {
  const cells: CellValue[][] = rows;
  const whole = { sheets: [{ name, hidden: false, rows: cells, notes: new Map<string, string>() }] };
  const entry = { time: "2025-11-02 09:00:00", actor: "李四", action: "推荐", parameters: "p", outcome: "o" };
  const found = append(rows);
  expect(found.sheets).toEqual([appendLog(whole, { ...entry, inputDigest: "c".repeat(64) })]);
  expect(found.read).toEqual(read);
});

test("a log that is empty altogether is refused in words", () => {
  expect(() => append([])).toThrow(/日志/);
});
