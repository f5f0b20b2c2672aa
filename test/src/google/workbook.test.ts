import { beforeEach, describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  type CellEdit,
  type CellValue,
  noteKey,
  type SheetLayout,
  type SheetPatch,
  type WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { sheetNamed } from "../../core/in-memory-workbook.ts";
import { newAdapterHost } from "./adapter-host.ts";

const name = "案例";
const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const cells = (rows: readonly (readonly CellValue[])[]): CellEdit[] =>
  rows.flatMap((row, i) => row.map((value, j) => ({ row: i + 1, column: j + 1, value })));
const grid = (height: number, width: number) =>
  Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => `甲${i + 1}之${j + 1}`));

/** Snapshots as plain data, formulas without what Sheets calculated. */
const plain = ({ sheets }: WorkbookSnapshot) =>
  sheets.map((sheet) => ({
    ...sheet,
    notes: [...sheet.notes].sort(),
    rows: sheet.rows.map((row) =>
      row.map((value) => (typeof value === "object" && value?.kind === "formula" ? { ...value, result: null } : value)),
    ),
  }));

describe("adapter", () => {
  let host: ReturnType<typeof newAdapterHost>;
  const patch = (sheet: Omit<SheetPatch, "name">) => host.apply({ sheets: [{ name, ...sheet }] });
  const rows = () => sheetNamed(host.read(), name).rows;

  beforeEach(() => {
    host = newAdapterHost({ sheets: [{ name, createBefore: null }] });
  });

  test.for<{ name: string; patch: Omit<SheetPatch, "name"> }>([
    {
      name: "edits",
      patch: {
        edits: cells([
          ["新", null],
          [{ kind: "date", iso: "2025-09-01" }, "=1+1"],
        ]),
      },
    },
    { name: "characters that are left out", patch: { edits: cells([["a\u0000\r\nb"]]) } },
    { name: "insertions", patch: { insertRows: [{ before: 2, count: 2 }], edits: cells([["a"], ["b"]]) } },
    { name: "clearing", patch: { clearFrom: 2, edits: [{ row: 3, column: 1, value: "c" }] } },
    {
      name: "notes",
      patch: {
        notes: [
          { row: 1, column: 1, text: "新批注" },
          { row: 2, column: 2, text: null },
        ],
      },
    },
    { name: "a formula", patch: { edits: cells([[{ kind: "formula", formula: "1+1", result: null }]]) } },
    { name: "a link", patch: { edits: cells([[{ kind: "link", text: "链", target: `#'${name}'!B2` }]]) } },
    { name: "a hidden sheet", patch: { layout: { hidden: true } } },
  ])("after $name it tells the same as a workbook that is read anew", ({ patch: change }) => {
    patch({
      edits: cells([
        ["表头", "二"],
        [1, "两"],
        [true, { kind: "formula", formula: "A2*2", result: null }],
      ]),
      notes: [
        { row: 1, column: 1, text: "旧" },
        { row: 2, column: 2, text: "去" },
        { row: 3, column: 1, text: "留" },
      ],
    });
    const told = host.applyAndTell({
      sheets: [
        { name: "另一张", createBefore: name, edits: cells([["x"]]) },
        { name, ...change },
      ],
    });
    expect(plain(told)).toEqual(plain(host.read()));
  });

  test("a whole new shared workbook is made, and made again without a change", () => {
    const whole = newApplicationWorkbook(ningxia2025);
    host = newAdapterHost({ sheets: [] });
    host.apply(whole);
    const made = plain(host.read());
    expect(made.map((sheet) => sheet.name).filter((label) => label !== "工作表1")).toEqual(
      whole.sheets.map((sheet) => sheet.name),
    );
    host.apply(whole);
    expect(plain(host.read())).toEqual(made);
  });

  test("the number of calls does not grow with the rows", () => {
    const calls = [50, 900].map((height) => {
      host = newAdapterHost({ sheets: [{ name, createBefore: null }] });
      patch({ edits: cells(grid(height, 40)), notes: [{ row: height, column: 40, text: "末" }] });
      const writing = host.dataCalls();
      host.read();
      return [writing, host.dataCalls()];
    });
    expect(calls[1]).toEqual(calls[0]);
    expect(calls[0]).toEqual([
      ["Range.getNumberFormats", "Range.setValues", "Range.setNotes"],
      ["Range.getFormulas", "Range.getValues", "Range.getNotes"],
    ]);
  });

  test.for([true, false])(
    "one text in many cells is a text in each, whatever their formats (apostrophes stay: %s)",
    (set) => {
      for (const text of ["00123", "=1+1", "甲"]) {
        host = newAdapterHost({ sheets: [{ name, createBefore: null }] }, { apostrophesStay: set });
        patch({
          edits: cells([["表头"]]),
          layout: { styles: [{ area: area(1, 1, 40, 1), style: { numberFormat: "@" } }] },
        });
        const places = Array.from({ length: 12 }, (_, i) => 2 + 3 * i);
        patch({ edits: places.flatMap((row) => [1, 2].map((column) => ({ row, column, value: text }))) });
        expect(host.dataCalls().join()).toContain("RangeList.setValue");
        const seen = rows();
        expect(places.map((row) => seen[row - 1])).toEqual(places.map(() => [text, text]));
      }
    },
  );

  test("long texts go in several calls", () => {
    const text = "长".repeat(40_000);
    patch({ edits: cells(Array.from({ length: 100 }, () => [text])) });
    expect(host.dataCalls()).toEqual(Array.from({ length: 3 }, () => "Range.setValues"));
    expect(rows()).toHaveLength(100);
  });

  test("what somebody types between scattered edits while we write is kept", () => {
    patch({ edits: cells(grid(40, 3)) });
    let typed = false;
    host.google.surroundings = {
      beforeCall: (call) => {
        if (typed || call.name !== "Range.getValues") return;
        typed = true;
        host.google.edit(host.id, "admin@example.org", { sheet: name, row: 20, column: 2, values: [["刚输入"]] });
      },
    };
    const scattered = Array.from({ length: 13 }, (_, i) => ({ row: 3 * i + 1, column: 2, value: `新${i}` }));
    patch({ edits: scattered });
    expect(typed).toBe(true);
    const column = rows().map((row) => row[1]);
    expect(column[19]).toBe("刚输入");
    expect(column.filter((value) => String(value).startsWith("新"))).toHaveLength(13);
    expect(column[1]).toBe("甲2之2");
  });

  test("formulas, dates and texts between scattered edits stay what they are", () => {
    const each: CellValue[] = [
      { kind: "formula", formula: "1+1", result: 2 },
      { kind: "date", iso: "2025-09-01" },
      { kind: "time", seconds: 1053 },
      "00123",
      "=不是公式",
      "'引号",
      true,
      0.1,
      { kind: "link", text: "链", target: "https://example.org/" },
      { kind: "formula", formula: "$D$1&1", result: "甲1" },
    ];
    const array = { kind: "formula", formula: "D1:D1&1", result: "甲1", array: area(42, 1, 42, 1) } as const;
    const kept: CellValue[] = [...each, ...each, array];
    const edits = kept.map((value, i) => ({ row: 2 * (i + 1), column: 1, value }));
    patch({ edits: [{ row: 1, column: 4, value: "甲" }, ...edits] });
    const before = rows().map((row) => row[0]);
    patch({ edits: kept.map((_, i) => ({ row: 2 * i + 1, column: 1, value: `新${i}` })) });
    const after = rows().map((row) => row[0]);
    expect(after.filter((_, i) => i % 2 === 1)).toEqual(before.filter((_, i) => i % 2 === 1));
    expect(after.filter((_, i) => i % 2 === 0)).toEqual(kept.map((_, i) => `新${i}`));
  });

  test("what an array formula fills between scattered edits stays its own", () => {
    const formula = { kind: "formula", formula: "D1:D2&1", result: "甲1", array: area(2, 1, 3, 1) } as const;
    patch({
      edits: [
        { row: 1, column: 4, value: "甲" },
        { row: 2, column: 4, value: "乙" },
        { row: 2, column: 1, value: formula },
        { row: 12, column: 1, value: "下" },
      ],
    });
    const filled = () => [1, 2].map((row) => rows()[row]?.[0]);
    const before = filled();
    expect(before[1]).toBe("乙1");
    patch({
      edits: [1, ...Array.from({ length: 12 }, (_, i) => 2 * i + 4)].map((row) => ({
        row,
        column: 1,
        value: `新${row}`,
      })),
    });
    expect(filled()).toEqual(before);
    patch({ edits: [{ row: 2, column: 4, value: "丙" }] });
    expect(filled()[1]).toBe("丙1");
  });

  test("rows that are inserted move what stands below them, and are written", () => {
    patch({ edits: cells([["一"], ["二"], ["三"]]) });
    const insertRows = [
      { before: 2, count: 2 },
      { before: 3, count: 1 },
    ];
    patch({ insertRows, edits: [{ row: 3, column: 1, value: "新" }] });
    expect(rows().map((row) => row[0] ?? null)).toEqual(["一", null, "新", "二", null, "三"]);
  });

  test("rows come in: the formulas that name their sheet are read again, and no others", () => {
    const formula = (text: string): CellValue => ({ kind: "formula", formula: text, result: null });
    const apart = "小王's";
    host.apply({
      sheets: [
        { name, edits: cells([["一"], ["二"], [formula("A2")]]) },
        { name: apart, createBefore: null, edits: cells([["三"], ["四"]]) },
        { name: "旁", createBefore: null, edits: cells([[formula(`${name}!A2`)], [formula("A1")]]) },
        { name: "远", createBefore: null, edits: cells([[formula("1+1")], [formula("'小王''s'!A2")]]) },
      ],
    });
    const moved = host.applyAndTell({ sheets: [{ name, insertRows: [{ before: 2, count: 3 }] }] });
    // All four at first, then 案例 and the one that names it.
    expect(host.dataCalls().filter((call) => call === "Range.getFormulas")).toHaveLength(4 + 2);
    expect(plain(moved)).toEqual(plain(host.read()));
    const told = host.applyAndTell({ sheets: [{ name: apart, insertRows: [{ before: 2, count: 3 }] }] });
    expect(plain(told)).toEqual(plain(host.read()));
    expect(sheetNamed(host.read(), "远").rows[1]?.[0]).toMatchObject({ formula: "'小王''s'!A5" });
  });

  test("the grid grows where the patch reaches beyond it", () => {
    patch({
      edits: [{ row: 2_000, column: 62, value: "远" }],
      notes: [{ row: 2_100, column: 70, text: "更远" }],
    });
    expect(rows()[1_999]?.[61]).toBe("远");
    expect(sheetNamed(host.read(), name).notes.get(noteKey(2_100, 70))).toBe("更远");
  });

  test("a text too long for its cell is refused by name and place, and nothing is written", () => {
    const edits = [
      { row: 1, column: 1, value: "先" },
      { row: 12, column: 28, value: "字".repeat(50_001) },
    ];
    expect(() => patch({ edits })).toThrow("工作表「案例」第 12 行第 28 列（AB12）的文字有 50001 个字符");
    expect(rows()).toEqual([]);
  });

  test("a protection by somebody else is told with what to do", () => {
    host.google.share(host.id, "other@example.org", "edit");
    const layout: SheetLayout = { protected: true, styles: [] };
    patch({ layout });
    expect(() =>
      host.google.run(host.id, "other@example.org", "applyPatch", [{ sheets: [{ name, edits: cells([["a"]]) }] }]),
    ).toThrow("工作表「案例」里有受保护的单元格，当前账号不能修改。");
  });

  test("of a protected sheet the unlocked cells alone are open to others, also when it is laid out again", () => {
    const officer = "officer@example.org";
    host.google.share(host.id, officer, "edit");
    const layout = (right: number): SheetLayout => ({
      protected: true,
      styles: [
        { area: area(1, 1, 9, right), style: { locked: false } },
        { area: area(1, 1, 1, right), style: { locked: true } },
      ],
    });
    const type = (row: number, column: number) =>
      host.google.edit(host.id, officer, { sheet: name, row, column, values: [["甲"]] });
    patch({ layout: layout(2) });
    type(2, 2);
    expect(() => type(1, 1)).toThrow();
    expect(() => type(2, 3)).toThrow();
    patch({ layout: layout(3) });
    type(2, 3);
    expect(() => type(1, 3)).toThrow();
    patch({ layout: { protected: false } });
    type(1, 1);
  });

  test("a style's fill, a mark on it, and the mark taken off", () => {
    const fillOf = (row: number) =>
      host.google
        .contentOf(host.id)
        .sheets.find((sheet) => sheet.name === name)
        ?.layout?.styles?.filter(({ area, style }) => style.fill !== undefined && area.top <= row && row <= area.bottom)
        .map(({ style }) => style.fill?.toLowerCase());
    patch({ edits: cells([["a"], ["b"], ["c"]]), marks: [{ row: 2, column: 1, mark: "error" }] });
    const marked = fillOf(2);
    expect(marked).toHaveLength(1);
    patch({ marks: [{ row: 3, column: 1, mark: "error" }] });
    expect([fillOf(2), fillOf(3)]).toEqual([[], marked]);
  });

  test("after a failure the next look reads what is there", () => {
    let fail = true;
    host.google.surroundings = {
      beforeCall: (call) => {
        if (fail && call.name === "Range.setNotes") {
          fail = false;
          throw new Error("service error");
        }
      },
    };
    const whole = { edits: cells([["a"]]), notes: [{ row: 1, column: 1, text: "注" }] };
    expect(() => patch(whole)).toThrow("service error");
    patch(whole);
    expect(rows()).toEqual([["a"]]);
    expect(sheetNamed(host.read(), name).notes.get(noteKey(1, 1))).toBe("注");
  });
});
