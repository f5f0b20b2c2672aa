import { expect, test } from "vitest";
import type { CellEdit, CellValue } from "../../../apps-script/core/workbook/port.ts";
import { sheetNamed } from "../../core/in-memory-workbook.ts";
import { newAdapterHost } from "./adapter-host.ts";

const name = "汇总";
/** The rows that a new sheet has. */
const gridRows = 1000;

const writes = (host: ReturnType<typeof newAdapterHost>) => host.dataCalls().filter((name) => !name.includes(".get"));

const rectangle = (top: number, rows: number, valueAt: (row: number, column: number) => CellValue): CellEdit[] =>
  Array.from({ length: rows * 3 }, (_, i) => {
    const [row, column] = [top + Math.floor(i / 3), 1 + (i % 3)];
    return { row, column, value: valueAt(row, column) };
  });

test.for([
  { name: "inside the grid", rows: 50 },
  { name: "beyond the grid", rows: gridRows + 200 },
])("a rectangle with an empty column is one write, $name", ({ rows }) => {
  const host = newAdapterHost({ sheets: [{ name, createBefore: null }] });
  const valueAt = (row: number, column: number) => (column === 2 ? null : `第${row}行`);
  host.apply({ sheets: [{ name, edits: rectangle(2, rows, valueAt) }] });
  expect(writes(host)).toEqual(["Range.setValues"]);
  expect(sheetNamed(host.read(), name).rows.slice(1)).toEqual(
    Array.from({ length: rows }, (_, i) => [1, 2, 3].map((column) => valueAt(i + 2, column))),
  );
});

test("cells apart beyond the grid are written without the empty ones between", () => {
  const host = newAdapterHost({ sheets: [{ name, createBefore: null }] });
  const edits = [
    ...rectangle(gridRows + 1, 1, () => "上"),
    { row: gridRows + 5, column: 2, value: null },
    ...rectangle(gridRows + 9, 1, () => "下"),
  ];
  host.apply({ sheets: [{ name, edits }] });
  expect(writes(host)).toEqual(["Range.setValues", "Range.setValues"]);
});
