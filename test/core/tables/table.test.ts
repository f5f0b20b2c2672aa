import { describe, expect, test } from "vitest";
import { defineSheet } from "../../../apps-script/core/schema/sheet-spec.ts";
import { layOut, newPlace, placeOfTable, rangeIn, readyRangeIn } from "../../../apps-script/core/tables/place.ts";
import { rowHeight, wrappedHeight } from "../../../apps-script/core/tables/row-height.ts";
import { asShown, isShownOtherwise, seenText, writeOutShown } from "../../../apps-script/core/tables/shown-cell.ts";
import { readTable, readTableIfThere, WorkbookStructureError } from "../../../apps-script/core/tables/table.ts";
import { editTable } from "../../../apps-script/core/tables/table-editor.ts";
import { headerNotes, tableLayout } from "../../../apps-script/core/tables/table-layout.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { palette } from "../../../apps-script/core/workbook/theme.ts";

const spec = defineSheet({
  key: "plans",
  label: "计划",
  columns: [
    { key: "id", label: "编号", kind: "identifier", width: 10 },
    { key: "name", label: "名称", kind: "text", width: 20 },
    { key: "due", label: "日期", kind: "date", width: 12 },
    { key: "count", label: "数量", kind: "number", width: 8 },
    { key: "words", label: "字数", kind: "computed", width: 8 },
    { key: "remark", label: "备注", kind: "text", width: 30, optional: true },
  ],
  frozenColumns: 2,
});
const header = ["编号", "名称", "日期", "数量", "字数"];
const sheetOf = (rows: readonly (readonly CellValue[])[], name = "计划") => ({
  name,
  hidden: false,
  rows,
  notes: new Map<string, string>(),
});
const book = (...sheets: ReturnType<typeof sheetOf>[]): WorkbookSnapshot => ({ sheets });
const read = (...sheets: ReturnType<typeof sheetOf>[]) => readTable(book(...sheets), spec, ["计划", "别的"]);

describe("a table is read by its labels", () => {
  test("wherever the columns stand, below a title, rows of nothing and of computed cells left out", () => {
    const table = read(
      sheetOf([
        ["某局的计划"],
        ["自加", "数量", " 编 号", "名称", "字数", "日期"],
        ["x", 3, "A1", " 甲 "],
        [],
        [null, null, null, null, 5],
        ["y"],
      ]),
    );
    expect(table).toMatchObject({ headerRow: 2, lastRow: 6, lastColumn: 6, added: [{ column: 1, label: "自加" }] });
    expect(
      table.rows.map((row) => [row.row, row.text("id"), row.text("name"), row.raw("count"), row.raw("remark")]),
    ).toEqual([
      [3, "A1", "甲", 3, null],
      [6, "", "", null, null],
    ]);
    expect(table.positions.has("remark")).toBe(false);
  });

  test("the header is the first row that holds most labels, within twenty", () => {
    const far = (rows: number) => sheetOf([...Array.from({ length: rows }, () => ["编号"]), header, ["A1"]]);
    expect(read(far(19)).headerRow).toBe(20);
    expect(() => read(far(20))).toThrow(WorkbookStructureError);
    expect(read(sheetOf([header, ["A1"], header])).headerRow).toBe(1);
  });

  test("an empty table ends at its header", () =>
    expect(read(sheetOf([header]))).toMatchObject({ headerRow: 1, lastRow: 1, lastColumn: 5, rows: [] }));

  test.for([
    { name: "renamed, nearly all labels there", columns: 5, isFound: true },
    { name: "renamed, a label short of nearly all that must be there", columns: 3, isFound: false },
  ])("$name", ({ columns, isFound }) => {
    const other = sheetOf([header.slice(0, columns)], "我的表");
    const found = readTableIfThere.bind(null, book(sheetOf([["a"]], "一"), other), spec, ["计划"]);
    if (isFound) expect(found()?.name).toBe("我的表");
    else expect(found()).toBeUndefined();
  });

  test("a sheet that bears another name of the contract is not taken for it, its own name however spelled is", () => {
    expect(readTableIfThere(book(sheetOf([header], "别的")), spec, ["计划", "别的"])).toBeUndefined();
    expect(read(sheetOf([header], "别的"), sheetOf([header], " 计 划 ")).name).toBe(" 计 划 ");
  });

  test.for([
    { name: "no sheet", sheets: [], says: "没有“计划”表" },
    { name: "columns missing", sheets: [sheetOf([["编号", "名称", "字数"]])], says: "缺少列“日期”、“数量”" },
    { name: "a label twice", sheets: [sheetOf([[...header, "名称"]])], says: "第 1 行有两列“名称”（B、F 列）" },
  ])("$name is refused with its place", ({ sheets, says }) => expect(() => read(...sheets)).toThrow(says));
});

describe("edits of a table", () => {
  test("none where the cell says it already; empty is null; a column that is not there takes nothing", () => {
    const table = read(sheetOf([header, ["A1", "甲", null, 3]]));
    const editor = editTable(table);
    editor.set(2, "name", "甲");
    editor.set(2, "count", 3);
    editor.set(2, "due", "");
    editor.set(2, "remark", "话");
    expect(editor.edits).toEqual([]);
    editor.set(2, "count", "3");
    editor.set(2, "name", "");
    expect(editor.append({ id: "A2", name: "", count: 0 })).toBe(3);
    expect(editor.append({ id: "A3" })).toBe(4);
    expect(editor.lastRow()).toBe(4);
    expect(editor.edits).toEqual([
      { row: 2, column: 4, value: "3" },
      { row: 2, column: 2, value: null },
      { row: 3, column: 1, value: "A2" },
      { row: 3, column: 4, value: 0 },
      { row: 4, column: 1, value: "A3" },
    ]);
  });
});

describe("a number that a format shows otherwise", () => {
  test.for([
    { value: 12, display: "12", says: undefined },
    { value: 12, display: "0012", says: "0012" },
    { value: 12, display: "NX-0012", says: "NX-0012" },
    { value: 1234567, display: "1,234,567", says: undefined },
    { value: 12, display: "12.00", says: undefined },
    { value: 1.5, display: "1.50", says: "1.50" },
    { value: 12345, display: "1.2E+4", says: undefined },
    { value: 12345, display: "###", says: null },
    { value: 12.4, display: "12", says: null },
    { value: 12, display: null, says: null },
    { value: 1e15, display: null, says: undefined },
    { value: 1e15 - 1, display: null, says: null },
    { value: -1e15, display: null, says: undefined },
  ])("$value as $display: $says", ({ value, display, says }) => expect(seenText(value, display)).toBe(says));

  const shown = {
    shown: new Map<string, string | null>([
      ["2:1", "0012"],
      ["2:2", null],
    ]),
  };
  test("is its text where numbers name something, a number elsewhere", () => {
    expect(asShown(shown, 2, 1, "identifier", 12)).toBe("0012");
    expect(asShown(shown, 2, 1, "number", 12)).toBe(12);
    expect(asShown(shown, 2, 1, "identifier", 1e15)).toBe(1e15);
    expect(asShown(shown, 2, 1, "identifier", "12")).toBe("12");
    expect(asShown(shown, 2, 2, "identifier", 12)).toBe(12);
    expect(asShown(shown, 2, 1, "identifier", { kind: "formula", formula: "A1", result: 12 })).toEqual({
      ...{ kind: "formula", formula: "A1", result: "0012" },
    });
    expect(isShownOtherwise(shown, 2, 2, "identifier", 12)).toBe(true);
    expect(isShownOtherwise(shown, 2, 1, "identifier", 12)).toBe(false);
    expect(isShownOtherwise(shown, 2, 2, "number", 12)).toBe(false);
  });

  test("is written out below the header; formulas and plain numbers stay", () => {
    const rows = [[12], [12, 7], [{ kind: "formula" as const, formula: "A1", result: 12 }]];
    const all = new Map<string, string | null>([
      ["1:1", "0099"],
      ["2:1", "0012"],
      ["3:1", "0012"],
    ]);
    const positions = new Map([
      ["id", 1],
      ["name", 2],
    ]);
    expect(writeOutShown({ rows, shown: all }, { spec, positions, headerRow: 1 })).toEqual([
      { row: 2, column: 1, value: "0012" },
    ]);
  });

  test("durations that a spreadsheet took for times are written out as they are meant", () => {
    const films = defineSheet({
      key: "films",
      label: "视频",
      columns: [{ key: "length", label: "时长", kind: "duration", width: 10 }],
      frozenColumns: 0,
    });
    const rows: CellValue[][] = [
      ["时长"],
      [{ kind: "time", seconds: 250 }],
      [{ kind: "time", seconds: 63_000 }],
      ["17:30"],
    ];
    expect(writeOutShown({ rows }, { spec: films, positions: new Map([["length", 1]]), headerRow: 1 })).toEqual([
      { row: 2, column: 1, value: "00:04:10" },
      { row: 3, column: 1, value: "00:17:30" },
    ]);
  });
});

describe("heights", () => {
  test.for([
    { text: "", width: 12, height: 24 },
    { text: "字".repeat(5), width: 12, height: 24 },
    { text: "字".repeat(6), width: 12, height: 38 },
    { text: "a".repeat(11), width: 12, height: 38 },
    { text: "一\n二\n三", width: 12, height: 53 },
    { text: "字".repeat(1000), width: 12, height: 400 },
  ])("of “$text” in $width characters", ({ text, width, height }) => expect(rowHeight(text, width)).toBe(height));

  test("of a row is that of its longest cell, of one without cells that of one line", () => {
    expect(
      wrappedHeight([
        { text: "字", width: 12 },
        { text: "字".repeat(11), width: 12 },
      ]),
    ).toBe(51);
    expect(wrappedHeight([])).toBe(21);
  });
});

describe("where a table stands", () => {
  const spare = { below: 50, least: 100 };
  test("rows are kept ready below the last one, and as many as a sheet has at least", () => {
    expect(newPlace(spec, 10, spare)).toMatchObject({ lastRow: 11, readyRow: 101, existing: false, lastColumn: 6 });
    expect(newPlace(spec, 200, spare)).toMatchObject({ lastRow: 201, readyRow: 251 });
    const table = read(sheetOf([["题"], header, ["A1"]]));
    expect(placeOfTable(table, spare)).toMatchObject({ headerRow: 2, lastRow: 3, readyRow: 102, existing: true });
  });

  test("live formulas look at the header and a hundred rows further than drop-downs", () => {
    const place = newPlace(spec, 10, spare);
    expect(readyRangeIn(place, "name")).toBe("'计划'!$B$2:$B$101");
    expect(rangeIn(place, "name")).toBe("'计划'!$B$1:$B$201");
    const table = placeOfTable(read(sheetOf([header])), spare);
    expect(() => rangeIn(table, "remark")).toThrow("计划 has no column 备注");
  });

  test("a new sheet gets its header, an old one keeps it, its widths, and loses what stands below", () => {
    const made = layOut(newPlace(spec, 0, spare), {});
    expect(made.edits?.map(({ row, column, value }) => [row, column, value])).toEqual(
      [...header, "备注"].map((label, i) => [1, i + 1, label]),
    );
    expect(made).toMatchObject({ createBefore: null, layout: { frozen: { rows: 1, columns: 2 } } });
    expect(made.clearFrom).toBeUndefined();
    const kept = layOut(placeOfTable(read(sheetOf([header, ["A1"]])), spare), {});
    expect(kept).toMatchObject({ edits: [], notes: [], clearFrom: 102 });
    expect(kept.createBefore).toBeUndefined();
    expect(kept.layout?.widths).toBeUndefined();
    expect(kept.layout?.frozen).toBeUndefined();
  });

  test("formats and locks reach to the ready row, filter and print to the last one", () => {
    const layout = tableLayout(spec, 3, { readyRow: 101, required: ["id"] });
    expect(layout.filter).toEqual({ top: 1, left: 1, bottom: 3, right: 6 });
    expect(layout.print?.area).toEqual({ top: 1, left: 1, bottom: 3, right: 6 });
    const body = (column: number) => layout.styles?.find(({ area }) => area.top === 2 && area.left === column);
    expect(body(1)).toMatchObject({ area: { bottom: 101, right: 1 }, style: { numberFormat: "@", locked: false } });
    expect(body(3)?.style).toMatchObject({ numberFormat: "yyyy-mm-dd", horizontal: "center" });
    expect(body(5)?.style).toMatchObject({ locked: true });
    expect(layout.protected).toBe(true);
    expect(tableLayout(spec, 1).filter).toMatchObject({ bottom: 2 });
  });

  test("colours tell what is typed, computed and required apart, in a sheet of ours what may be typed at all", () => {
    const fills = (made: ReturnType<typeof tableLayout>, row: number) =>
      [1, 2, 5].map(
        (column) =>
          made.styles?.filter(({ area }) => area.top === row && area.left === column && area.right === column).at(-1)
            ?.style.fill,
      );
    const own = tableLayout(spec, 3, { required: ["id"] });
    expect(fills(own, 2)).toEqual([undefined, undefined, palette.computed]);
    expect(fills(own, 1)).toEqual([palette.headerRequired, palette.header, palette.headerComputed]);
    const generated = tableLayout({ ...spec, generated: { editable: ["name"] } }, 3);
    expect(fills(generated, 2)).toEqual([undefined, palette.input, undefined]);
    expect(fills(generated, 1)).toEqual([palette.headerRequired, palette.headerRequired, palette.headerRequired]);
    expect(tableLayout({ ...spec, columns: spec.columns.slice(0, 2) }, 3).protected).toBe(false);
  });

  test("the help of a column stands on its header", () => {
    const helped = {
      ...spec,
      columns: spec.columns.map((each) => (each.key === "due" ? { ...each, help: "几号" } : each)),
    };
    expect(layOut(newPlace(helped, 0, spare), {}).notes).toEqual([{ row: 1, column: 3, text: "几号" }]);
    const moved = new Map([["due", 7]]);
    expect(headerNotes(helped, undefined, 4, moved)).toEqual([{ row: 4, column: 7, text: "几号" }]);
    expect(headerNotes(helped, undefined, 4, new Map())).toEqual([]);
  });

  test("columns in another place are not frozen, those that people added stay open", () => {
    const positions = new Map([
      ["id", 2],
      ["name", 1],
      ["due", 3],
      ["count", 4],
      ["words", 6],
    ]);
    const layout = tableLayout(spec, 3, { positions, lastColumn: 7, printThrough: "due" });
    expect(layout.frozen).toEqual({ rows: 1, columns: 0 });
    expect(layout.print?.area).toMatchObject({ right: 3 });
    expect(
      layout.styles?.filter(({ area }) => area.top === 2 && [5, 7].includes(area.left)).map(({ style }) => style),
    ).toEqual([{ locked: false }, { locked: false }]);
  });
});
