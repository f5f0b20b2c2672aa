import { describe, expect, test } from "vitest";
import { layOutPrintedTable, type PrintedTable } from "../../../apps-script/core/tables/printed-table.ts";

const table: PrintedTable = {
  sheet: "表",
  title: "标题",
  landscape: true,
  heading: ["推荐单位（盖章）：甲", "年　月　日"],
  columns: [
    { label: "序号", width: 6 },
    { label: "名称", width: 20, align: "left" },
    { label: "得分", width: 8, numberFormat: "0.00" },
  ],
  rows: [{ heading: "一、甲" }, [1, "短", 90], [2, "一个很长很长、一行里放不下所以要折成好几行的案例名称", null]],
  closing: ["备注"],
};

const heightOf = (row: number) => layOutPrintedTable(table).layout?.heights?.find((h) => h.row === row)?.height ?? 0;

describe("a printed table", () => {
  const { layout, edits } = layOutPrintedTable(table);

  test("prints on A4 with its header on every page and a page number", () => {
    expect(layout?.print).toMatchObject({
      landscape: true,
      titleRows: [3, 3],
      area: { top: 1, left: 1, bottom: 7, right: 3 },
    });
    expect(layout?.print?.footer).toContain("&P");
  });

  test("title, group headings and closing lines run across the table", () => {
    const across = (layout?.merges ?? []).filter((m) => m.left === 1 && m.right === 3).map((m) => m.top);
    expect(across).toEqual([1, 4, 7]);
  });

  test("a long name gets the lines it needs", () => {
    expect(heightOf(6)).toBeGreaterThan(heightOf(5) * 1.8);
  });

  test("empty cells are not written", () => {
    expect(edits?.filter((e) => e.row === 6).map((e) => e.column)).toEqual([1, 2]);
  });

  test("no rows: 无", () => {
    const empty = layOutPrintedTable({ ...table, rows: [] });
    expect(empty.edits?.filter((e) => e.row === 4)).toEqual([{ row: 4, column: 1, value: "无" }]);
  });
});
