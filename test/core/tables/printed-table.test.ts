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

  test("heights follow the lines of each row, widths the columns", () => {
    const name = "一个很长很长、一行里放不下所以要折成好几行的案例名称";
    // 2.1 characters each, in 20 less the indent and a margin.
    const lines = Math.ceil((name.length * 2.1) / 17.5);
    expect(layout?.heights).toEqual([
      { row: 1, height: 38 },
      { row: 2, height: 24 },
      { row: 3, height: 26 },
      { row: 4, height: 22 },
      { row: 5, height: 22 },
      { row: 6, height: 15 * lines + 7 },
      { row: 7, height: 25 },
    ]);
    expect(layout?.widths).toEqual([6, 20, 8].map((width, i) => ({ column: i + 1, width })));
  });

  test("a column as wide as its text is one line, a character more makes two", () => {
    const height = (length: number) => {
      const columns = [{ label: "名", width: 23 }];
      const made = layOutPrintedTable({ ...table, columns, rows: [["字".repeat(length)]], closing: [] });
      return made.layout?.heights?.find(({ row }) => row === 4)?.height;
    };
    expect([height(10), height(11)]).toEqual([22, 37]);
  });

  test("a title takes twice the room of the table's letters", () => {
    const height = (length: number) =>
      layOutPrintedTable({ ...table, title: "题".repeat(length) }).layout?.heights?.find(({ row }) => row === 1)
        ?.height;
    expect([height(7), height(8)]).toEqual([38, 62]);
  });

  test("the heading line is halved where the columns are, its right half stands at the right", () => {
    const split = (widths: number[]) => {
      const columns = widths.map((width, i) => ({ label: String(i), width }));
      const { merges } = layOutPrintedTable({ ...table, columns, rows: [] }).layout ?? {};
      return merges?.filter(({ top, bottom }) => top === 2 && bottom === 2).map(({ left, right }) => [left, right]);
    };
    expect(split([6, 20, 8])).toEqual([
      [1, 2],
      [3, 3],
    ]);
    expect(split([10, 10, 10, 10])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(split([5, 5, 50])).toEqual([
      [1, 2],
      [3, 3],
    ]);
    expect(edits?.filter(({ row }) => row === 2)).toEqual([
      { row: 2, column: 1, value: "推荐单位（盖章）：甲" },
      { row: 2, column: 3, value: "年　月　日" },
    ]);
  });

  test("headings stand at the left with an indent, 无 in the middle, left columns are indented", () => {
    const styled = (made: typeof layout, row: number, column: number) =>
      Object.assign(
        {},
        ...(made?.styles ?? [])
          .filter(({ area }) => area.top <= row && row <= area.bottom && area.left <= column && column <= area.right)
          .map(({ style }) => style),
      );
    expect(styled(layout, 4, 1)).toMatchObject({ horizontal: "left", indent: 1, border: "thin" });
    expect(styled(layout, 5, 2)).toMatchObject({ horizontal: "left", indent: 1 });
    expect(styled(layout, 5, 3)).toMatchObject({ horizontal: "center", numberFormat: "0.00" });
    expect(styled(layout, 3, 2)).toMatchObject({ horizontal: "center" });
    expect(styled(layout, 7, 1)).toMatchObject({ wrap: true });
    expect(styled(layout, 7, 1).border).toBeUndefined();
    expect(styled(layout, 2, 3)).toMatchObject({ horizontal: "right" });
    expect(styled(layout, 2, 2)).toMatchObject({ horizontal: "left" });
    const empty = layOutPrintedTable({ ...table, rows: [] }).layout;
    expect(styled(empty, 4, 2)).toMatchObject({ horizontal: "center", indent: 0 });
  });
});
