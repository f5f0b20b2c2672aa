import { describe, expect, test } from "vitest";
import {
  type GridTable,
  indexOfRow,
  planClearing,
  planPaste,
  rowAt,
  type Selection,
  showTable,
} from "../../../../../node-tools/page/app/unit/plan-paste.ts";
import type { FormField } from "../../../../../node-tools/page/unit/form-protocol.ts";

const field = (key: string, isLocked = false): FormField => ({
  sheet: "experts",
  key,
  label: key.toUpperCase(),
  kind: "text",
  choices: [],
  help: "",
  mostWords: 0,
  width: 10,
  isLocked,
});

/** Rows 2 and 4 are filled in. */
const table: GridTable = {
  sheet: "experts",
  label: "专家",
  fields: [field("nominator", true), field("name"), field("phone")],
  rows: [
    { row: 2, values: { nominator: "甲局", name: "张", phone: "1" }, findings: [] },
    { row: 4, values: { nominator: "甲局", name: "李", phone: "" }, findings: [] },
  ],
  nextRow: 5,
};
const at = (top: number, left: number, bottom = top, right = left): Selection => ({ top, left, bottom, right });
const written = (changes: ReturnType<typeof planPaste>["changes"]) =>
  changes.map(({ row, field: key, value }) => `${row} ${key} ${value}`);

describe("the table as it is shown", () => {
  const rowsOf = ({ rows }: GridTable) => rows.map(({ row, values }) => `${row} ${values.name ?? ""}`);
  const waiting = (row: number, value: string) => ({ row, field: "name", value });

  test("has what waits to be stored, in new rows as well; the next new row is below them", () => {
    const shown = showTable(table, [waiting(4, "王"), waiting(6, "赵"), waiting(7, "")], []);
    expect(rowsOf(shown)).toEqual(["2 张", "4 王", "6 赵"]);
    expect(shown.nextRow).toBe(7);
    expect(rowAt(shown, 3)).toBe(7);
  });

  test("keeps an emptied row while somebody is in it, so that its index is that of no other row", () => {
    const without = { ...table, rows: table.rows.slice(1) };
    const shown = showTable(without, [], [2, 4]);
    expect(rowsOf(shown)).toEqual(["2 ", "4 李"]);
    expect(rowAt(shown, indexOfRow(shown, 2))).toBe(2);
    expect(rowsOf(showTable(without, [], [4]))).toEqual(["4 李"]);
  });

  test("a new row is the one behind the last, where a row has gone from the end as well", () => {
    expect(showTable(table, [], [5, 9])).toEqual(table);
    expect(rowAt(table, indexOfRow(table, 9))).toBe(5);
  });

  test("is what pasting and clearing go by", () => {
    const shown = showTable(table, [waiting(2, "王"), waiting(4, "")], []);
    expect(written(planPaste(shown, at(0, 1), [["张"], ["李"]]).changes)).toEqual(["2 name 张", "4 name 李"]);
    expect(written(planPaste(shown, at(0, 1), [["王"]]).changes)).toEqual([]);
    expect(written(planClearing(shown, at(0, 1, 1)))).toEqual(["2 name "]);
  });
});

describe("pasting", () => {
  test("goes down the rows that are filled in, then into new ones; what stood there is told", () => {
    const plan = planPaste(table, at(0, 1), [
      ["张", "9"],
      ["王", "2"],
      ["赵", "3"],
      ["钱", "4"],
    ]);
    expect(written(plan.changes)).toEqual([
      "2 phone 9",
      "4 name 王",
      "4 phone 2",
      "5 name 赵",
      "5 phone 3",
      "6 name 钱",
      "6 phone 4",
    ]);
    expect(plan.overwritten.map(({ row, label, from }) => `${row} ${label} ${from}`)).toEqual([
      "2 PHONE 1",
      "4 NAME 李",
    ]);
    expect(plan.newRows).toBe(2);
  });

  test("locked cells stay, columns beyond the last are left out, both are told", () => {
    const plan = planPaste(table, at(0, 0), [["乙局", "张", "1", "多", "余"]]);
    expect(plan).toMatchObject({ changes: [], locked: 1, beyond: 2, newRows: 0 });
  });

  test("one cell fills the selection", () => {
    expect(written(planPaste(table, at(0, 1, 1, 2), [["同"]]).changes)).toEqual([
      "2 name 同",
      "2 phone 同",
      "4 name 同",
      "4 phone 同",
    ]);
  });

  test("clearing takes what may be taken, and no row that is not there", () => {
    expect(written(planClearing(table, at(0, 0, 5, 2)))).toEqual(["2 name ", "2 phone ", "4 name "]);
  });
});
